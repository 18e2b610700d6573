"""The gradient is multiplied by lam twice."""

import numpy as np


def l2(W, lam):
    penalty = lam * np.sum(W ** 2)
    dW = 2 * lam * W
    return penalty, lam * dW
