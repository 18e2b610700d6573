"""Adds eps to both roots instead of under them."""

import numpy as np


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c, d = state if state else (np.zeros_like(x), np.zeros_like(x))
    c = rho * c + (1 - rho) * grad ** 2
    delta = grad * (np.sqrt(d) + eps) / (np.sqrt(c) + eps)
    d = rho * d + (1 - rho) * delta ** 2
    return x - lr * delta, (c, d)
