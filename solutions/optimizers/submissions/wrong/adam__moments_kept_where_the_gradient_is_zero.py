"""Moves moments and parameters only where the gradient is not 0, as Adam for sparse gradients does."""

import numpy as np


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t = state.get("t", 0) + 1
    touched = grad != 0
    m, c = state.get("m", np.zeros_like(x)), state.get("c", np.zeros_like(x))
    m = np.where(touched, beta1 * m + (1 - beta1) * grad, m)
    c = np.where(touched, beta2 * c + (1 - beta2) * grad**2, c)
    m_hat, c_hat = (m / (1 - beta1**t), c / (1 - beta2**t)) if bias_correction else (m, c)
    return np.where(touched, x - lr * m_hat / (np.sqrt(c_hat) + eps), x), {"t": t, "m": m, "c": c}
