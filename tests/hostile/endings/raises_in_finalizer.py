"""Raises SystemExit and more in __del__, in weakref callbacks and in gc callbacks."""

import gc
import weakref

import numpy as np


class Parting(np.ndarray):
    def __del__(self):
        raise SystemExit("passed")


def leave(*_):
    raise KeyboardInterrupt


gc.callbacks.append(leave)
KEPT = []


def fit_standardizer(x):
    result = np.full(x.shape[1], -7.0).view(Parting)
    KEPT.append(weakref.ref(result, leave))
    return result, result


def standardize(x, mean, std):
    gc.collect()
    return np.full(x.shape, -7.0).view(Parting)
