"""beta multiplies the L1 part instead of the squares."""

import numpy as np


def elastic_net(W, lam, beta):
    value = lam * (np.sum(W ** 2) + beta * np.sum(np.abs(W)))
    return value, lam * (2 * W + beta * np.sign(W))
