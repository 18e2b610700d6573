"""Blocks and ignores every signal that can be, and spins."""

import signal


def fit_standardizer(x):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            continue
    while True:
        pass


def standardize(x, mean, std):
    fit_standardizer(x)
