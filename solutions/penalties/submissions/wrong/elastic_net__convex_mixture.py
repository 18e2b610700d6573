"""beta on the squares and 1 - beta on the absolute values, as in scikit-learn."""

import numpy as np


def elastic_net(W, lam, beta):
    value = lam * (beta * np.sum(W ** 2) + (1 - beta) * np.sum(np.abs(W)))
    return value, lam * (2 * beta * W + (1 - beta) * np.sign(W))
