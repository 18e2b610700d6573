"""Start Python processes that import nothing from the current folder.

A command may have been started in a submission's folder, and a process of ours would run the `pickle.py` in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

VARIABLE = "PYTHONSAFEPATH"  # what Python's option -P is as a variable


@contextmanager
def safe_path() -> Iterator[None]:
    """Have every Python process that is started meanwhile leave the current folder out of its import path."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
