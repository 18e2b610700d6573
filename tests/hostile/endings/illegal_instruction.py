"""Runs machine code that is none, and divides by zero in C: SIGILL, SIGFPE, SIGTRAP, SIGBUS."""

import os
import signal


def fit_standardizer(x):
    signal.raise_signal(signal.SIGILL)


def standardize(x, mean, std):
    for number in (signal.SIGTRAP, signal.SIGBUS, signal.SIGFPE):
        os.kill(os.getpid(), number)
