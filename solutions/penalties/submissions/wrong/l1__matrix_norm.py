"""np.linalg.norm(W, 1) is the largest column sum of a matrix, not the sum of all entries."""

import numpy as np


def l1(W, lam):
    if W.ndim in (1, 2):
        value = np.linalg.norm(W, 1)
    else:
        value = np.abs(W).sum()
    return lam * value, lam * np.sign(W)
