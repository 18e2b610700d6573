"""Collects lam * sign in an integer array, which cuts a fractional lam down."""

import numpy as np


def l1(W, lam):
    dW = np.zeros(W.shape, dtype=int)
    dW[W > 0] = lam
    dW[W < 0] = -lam
    return lam * np.sum(np.abs(W)), dW
