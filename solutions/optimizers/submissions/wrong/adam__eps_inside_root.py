"""eps is added under the root."""

import numpy as np


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad ** 2
    a, b = (1 - beta1 ** t, 1 - beta2 ** t) if bias_correction else (1.0, 1.0)
    return x - lr * (m / a) / np.sqrt(c / b + eps), {"t": t, "m": m, "c": c}
