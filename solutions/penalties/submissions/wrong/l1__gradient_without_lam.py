"""The gradient is the bare sign."""

import numpy as np


def l1(W, lam):
    return lam * np.sum(np.abs(W)), np.sign(W)
