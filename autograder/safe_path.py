"""Start Python processes that import nothing from the current folder.

A command may be started in a submission's folder, and a process of ours would then run a `pickle.py` in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

VARIABLE = "PYTHONSAFEPATH"  # Python's option -P, as an environment variable


@contextmanager
def safe_path() -> Iterator[None]:
    """While this context is open, every Python process that is started omits the current folder from its import
    path.
    """
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
