"""Reads and writes at address 0 by ctypes, and jumps there."""

import ctypes


def fit_standardizer(x):
    return ctypes.string_at(0)


def standardize(x, mean, std):
    ctypes.CFUNCTYPE(None)(1)()
