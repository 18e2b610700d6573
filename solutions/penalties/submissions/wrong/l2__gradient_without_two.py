"""The value is right, the gradient is lam * W."""

import numpy as np


def l2(W, lam):
    return lam * np.sum(W * W), lam * W
