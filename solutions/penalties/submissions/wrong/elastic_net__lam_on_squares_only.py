"""The brackets are missing: lam multiplies only the first part."""

import numpy as np


def elastic_net(W, lam, beta):
    return lam * beta * np.sum(W ** 2) + np.sum(np.abs(W)), lam * beta * 2 * W + np.sign(W)
