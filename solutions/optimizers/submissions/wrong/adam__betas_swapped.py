"""beta1 and beta2 have changed roles."""

import numpy as np


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t = state.get("t", 0) + 1
    m = beta2 * state.get("m", 0.0) + (1 - beta2) * grad
    c = beta1 * state.get("c", 0.0) + (1 - beta1) * grad ** 2
    mh, ch = (m / (1 - beta2 ** t), c / (1 - beta1 ** t)) if bias_correction else (m, c)
    return x - lr * mh / (np.sqrt(ch) + eps), {"t": t, "m": m, "c": c}
