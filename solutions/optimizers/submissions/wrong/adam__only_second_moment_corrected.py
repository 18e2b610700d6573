"""Bias correction for the squares only."""

import numpy as np


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t, m, c = state if state else (0, np.zeros_like(x), np.zeros_like(x))
    t += 1
    m = beta1 * m + (1 - beta1) * grad
    c = beta2 * c + (1 - beta2) * grad ** 2
    c_hat = c / (1 - beta2 ** t) if bias_correction else c
    return x - lr * m / (np.sqrt(c_hat) + eps), (t, m, c)
