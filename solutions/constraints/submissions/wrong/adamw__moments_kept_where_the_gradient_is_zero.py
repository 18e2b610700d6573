"""Moves moments only where the gradient is not 0, as Adam for sparse gradients does; everything decays."""

import numpy as np


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t = state.get("t", 0) + 1
    touched = grad != 0
    m, c = state.get("m", np.zeros_like(x)), state.get("c", np.zeros_like(x))
    m = np.where(touched, beta1 * m + (1 - beta1) * grad, m)
    c = np.where(touched, beta2 * c + (1 - beta2) * grad**2, c)
    step = np.where(touched, m / (1 - beta1**t) / (np.sqrt(c / (1 - beta2**t)) + eps), 0)
    return x * (1 - lr * wd) - lr * step, {"t": t, "m": m, "c": c}
