"""The step number lives in a default argument, so a second run does not start at 1."""

import numpy as np


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True, _count=[0]):
    _count[0] += 1
    t = _count[0]
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad ** 2
    mh = m / (1 - beta1 ** t) if bias_correction else m
    ch = c / (1 - beta2 ** t) if bias_correction else c
    return x - lr * mh / (np.sqrt(ch) + eps), {"m": m, "c": c}
