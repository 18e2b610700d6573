"""Multiplies the two parts by lam and then their sum once more."""

import numpy as np


def elastic_net(W, lam, beta):
    squares = lam * beta * np.sum(W ** 2)
    absolute = lam * np.sum(np.abs(W))
    return lam * (squares + absolute), lam * (2 * beta * W + np.sign(W))
