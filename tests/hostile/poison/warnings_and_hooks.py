"""Leaves filters and hooks: warnings as errors, excepthook, displayhook, unraisablehook, trace functions, gc callbacks, codecs."""

import codecs
import gc
import sys
import warnings

import numpy as np


def broken(*values, **more):
    raise RuntimeError("poisoned by the submission before")


warnings.simplefilter("error")
warnings.showwarning = broken
sys.excepthook = sys.unraisablehook = sys.displayhook = broken
codecs.register(lambda name: None)
gc.disable()
gc.freeze()
gc.set_threshold(1, 1, 1)
sys.setswitchinterval(1000)
sys.set_int_max_str_digits(640)
sys.setrecursionlimit(200)


def fit_standardizer(x):
    sys.settrace(broken)
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
