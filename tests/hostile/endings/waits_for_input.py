"""Waits for input that never comes: input(), select, a lock, a pipe of its own."""

import os
import threading


def fit_standardizer(x):
    out, _ = os.pipe()
    return os.read(out, 1)


def standardize(x, mean, std):
    try:
        input("points? ")
    except (EOFError, OSError):
        pass
    threading.Lock().acquire()
    threading.Event().wait()
