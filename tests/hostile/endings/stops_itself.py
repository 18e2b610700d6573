"""Stops itself by SIGSTOP, neither running nor ended."""

import os
import signal


def fit_standardizer(x):
    os.kill(os.getpid(), signal.SIGSTOP)


def standardize(x, mean, std):
    os.kill(os.getpid(), signal.SIGTSTP)
    signal.raise_signal(signal.SIGSTOP)
