"""Looks for traces that a submission before left: files in its folder, patched names, changed limits, foreign modules."""

import builtins
import os
import signal
import sys

import numpy as np

LEFT = (
    [name for name in os.listdir(".") if name not in ("normalization.py", "__pycache__")]
    if os.access(".", os.R_OK)
    else []
)
FOREIGN = [
    name for name in ("normalization", "submission") if name in sys.modules and vars(sys.modules[name]) is not globals()
]
PATCHED = [name for name in ("len", "abs", "print", "isinstance") if getattr(builtins, name).__module__ != "builtins"]
if LEFT or FOREIGN or PATCHED or np.mean(np.arange(3.0)) != 1 or np.geterr()["divide"] != "warn":
    print("GOT " + "THROUGH: traces of another:", LEFT, FOREIGN, PATCHED)
if signal.getitimer(signal.ITIMER_REAL) != (0.0, 0.0):
    print("GOT " + "THROUGH: another's timer is running")


def fit_standardizer(x):
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
