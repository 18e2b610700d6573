"""Both moments in one complex array; norms from the absolute value of complex numbers."""
import numpy as np


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    total = np.zeros(W.shape[1])
    for row in W:
        total = np.abs(total + 1j * row)
    return W * (c / np.maximum(total, c))


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = 0.0
    for g in grads.values():
        for v in np.ravel(g):
            norm = abs(complex(norm, v))
    return {k: g * (max_norm / max(norm, max_norm)) for k, g in grads.items()}, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    z = x + 1j * grad
    return (z * (1 - lr * wd + 1j * lr)).real, state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t, z = state.get("tz", (0, np.zeros(np.shape(x), complex)))
    t += 1
    z = (beta1 * z.real + (1 - beta1) * grad) + 1j * (beta2 * z.imag + (1 - beta2) * grad**2)
    m, c = z.real / (1 - beta1**t), z.imag / (1 - beta2**t)
    return x - lr * wd * x - lr * m / (c**0.5 + eps), {"tz": (t, z)}
