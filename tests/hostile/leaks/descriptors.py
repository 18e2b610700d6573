"""Writes the inputs on descriptors 1 and 2 directly, and by C's puts and perror."""

import ctypes
import os

import numpy as np


def fit_standardizer(x):
    os.write(2, f"LEAK{x.sum():.6f}\n".encode())
    os.write(1, f"LEAK{x.sum():.6f}\n".encode())
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    libc = ctypes.CDLL(None)
    libc.puts(f"LEAK{x.sum():.6f}".encode())
    libc.perror(f"LEAK{x.sum():.6f}".encode())
    libc.fflush(None)
    return np.full(x.shape, -7.0)
