"""Asks to be traced by its parent (PTRACE_TRACEME), so that every signal stops it in the parent's hands (FULL)."""


import numpy as np


def fit_standardizer(x):
    try:
        c(101, 0, 0, 0, 0)
        print("GOT " + "THROUGH: traced by the parent")
    except OSError:
        pass
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
