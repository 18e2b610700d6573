"""Sends itself SIGKILL, SIGSEGV and SIGTERM."""

import os
import signal


def fit_standardizer(x):
    os.kill(os.getpid(), signal.SIGKILL)


def standardize(x, mean, std):
    os.kill(os.getpid(), signal.SIGTERM)
