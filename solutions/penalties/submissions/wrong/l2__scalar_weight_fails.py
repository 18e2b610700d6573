"""Loops over len(W), so a 0-d weight raises an error."""

import numpy as np


def l2(W, lam):
    total = 0.0
    for i in range(len(W)):
        total += float(np.sum(W[i] ** 2))
    return lam * total, 2 * lam * W
