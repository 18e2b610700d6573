"""Value and gradient of lam/2 times the sum of squares."""

import numpy as np


def l2(W, lam):
    return 0.5 * lam * np.sum(W ** 2), lam * W
