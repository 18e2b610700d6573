"""Changes how numbers are computed: np.seterr, error callbacks, print options, decimal context, the processor's rounding mode."""

import ctypes
import decimal

import numpy as np

np.seterr(all="raise")
np.seterrcall(lambda *values: None)
np.set_printoptions(precision=1, threshold=1)
np.setbufsize(16)
decimal.getcontext().prec = 1
decimal.DefaultContext.traps[decimal.Inexact] = True
ctypes.CDLL("libm.so.6").fesetround(0x400)


def fit_standardizer(x):
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
