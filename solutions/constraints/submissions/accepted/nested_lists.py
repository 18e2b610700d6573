"""Returns lists, Python floats and dicts of lists."""
import numpy as np


def max_norm(W, c):
    if c <= 0:
        raise ValueError("c is not positive")
    norms = np.linalg.norm(W, axis=0).tolist()
    return [[w * (c / n if n > c else 1) for w, n in zip(row, norms)] for row in W.tolist()]


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm is not positive")
    everything = np.hstack([np.ravel(g) for g in grads.values()])
    norm = float(np.sqrt(everything @ everything))
    factor = 1 if norm <= max_norm else max_norm / norm
    return [{k: (g * factor).tolist() for k, g in grads.items()}, norm]


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return [((1 - lr * wd) * x - lr * grad).tolist(), None]


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t, m, c = state if state else (0, 0, 0)
    t += 1
    m = np.array(m) * beta1 + (1 - beta1) * grad
    c = np.array(c) * beta2 + (1 - beta2) * grad ** 2
    step = m / (1 - beta1 ** t) / ((c / (1 - beta2 ** t)) ** 0.5 + eps)
    return [(x - lr * (step + wd * x)).tolist(), [t, m.tolist(), c.tolist()]]
