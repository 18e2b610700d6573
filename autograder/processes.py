"""Start processes of ours: how many at the same time, with one thread each, without imports from the current folder.

A command may be started in a submission's folder, and a process of ours would then run a `pickle.py` in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

# Read by numerical libraries when they are imported.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
# The C library keeps the memory of large arrays for the next ones; else each of them is new pages, which the kernel
# fills with zeros one by one: a fifth of a process's time where arrays have half a megabyte.
KEEPS_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(2**26), "MALLOC_TRIM_THRESHOLD_": str(2**30)}
VARIABLE = "PYTHONSAFEPATH"  # Python's option -P, as an environment variable


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
