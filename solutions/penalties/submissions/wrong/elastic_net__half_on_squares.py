"""The quadratic part has the factor 1/2."""

import numpy as np


def elastic_net(W, lam, beta):
    value = lam * (beta / 2 * np.sum(W ** 2) + np.sum(np.abs(W)))
    return value, lam * (beta * W + np.sign(W))
