"""Asks to be traced by its parent (PTRACE_TRACEME), so that every signal stops it in the parent's hands (FULL)."""

import ctypes
import os

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long


def c(number, *args):
    """Make one raw system call; raise OSError where it fails."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in args]
    result = LIBC.syscall(ctypes.c_long(number), *words)
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def fit_standardizer(x):
    try:
        c(101, 0, 0, 0, 0)
        print("GOT " + "THROUGH: traced by the parent")
    except OSError:
        pass
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
