"""Corrects the bias in the first step and never again."""

import numpy as np


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    first = not state
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad ** 2
    mh, ch = m, c
    if bias_correction and first:
        mh, ch = m / (1 - beta1), c / (1 - beta2)
    return x - lr * mh / (np.sqrt(ch) + eps), {"m": m, "c": c}
