"""Both moments start as the same array object and are updated in place, so each overwrites the other."""

import numpy as np


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    if not state:
        state = dict.fromkeys(("m", "c"), np.zeros(x.shape))
        state["t"] = 0
    state["t"] += 1
    m, c, t = state["m"], state["c"], state["t"]
    m *= beta1
    m += (1 - beta1) * grad
    c *= beta2
    c += (1 - beta2) * grad ** 2
    mh, ch = (m / (1 - beta1 ** t), c / (1 - beta2 ** t)) if bias_correction else (m, c)
    return x - lr * mh / (np.sqrt(np.abs(ch)) + eps), state
