"""The gradient shrinks with W as that of L2 does."""

import numpy as np


def l1(W, lam):
    return lam * np.sum(np.abs(W)), 2 * lam * W
