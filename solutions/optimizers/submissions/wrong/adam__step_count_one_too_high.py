"""The counter stands at 2 in the first step, so the bias correction is too weak."""

import numpy as np


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t = state.get("t", 1) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad ** 2
    mh, ch = m, c
    if bias_correction:
        mh = m / (1 - beta1 ** t)
        ch = c / (1 - beta2 ** t)
    return x - lr * mh / (np.sqrt(ch) + eps), {"t": t, "m": m, "c": c}
