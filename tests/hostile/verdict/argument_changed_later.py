"""Returns its argument itself and changes it afterwards, from a timer's signal and from __del__."""

import signal

KEPT = []


def change(*_):
    for value in KEPT:
        try:
            value[...] = -9.0
        except (ValueError, TypeError):
            continue


signal.signal(signal.SIGALRM, change)


def fit_standardizer(x):
    KEPT.append(x)
    signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
    return x, x


def standardize(x, mean, std):
    KEPT.append(x)
    x[...] = 12.0
    signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
    return x
