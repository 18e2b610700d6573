"""Two nested loops over rows and columns: other than 2-d weights fail."""

import numpy as np


def l1(W, lam):
    total, dW = 0.0, np.zeros_like(W)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            total += abs(W[i, j])
            dW[i, j] = lam if W[i, j] > 0 else (-lam if W[i, j] < 0 else 0.0)
    return lam * total, dW
