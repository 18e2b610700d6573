"""The L1 part enters the value, but not the gradient."""

import numpy as np


def elastic_net(W, lam, beta):
    value = lam * (beta * np.sum(W ** 2) + np.sum(np.abs(W)))
    return value, 2 * lam * beta * W
