"""np.linalg.norm(W, 2) is the largest singular value for a matrix."""

import numpy as np


def l2(W, lam):
    if W.ndim == 2:
        return lam * np.linalg.norm(W, 2) ** 2, 2 * lam * W
    return lam * np.sum(W ** 2), 2 * lam * W
