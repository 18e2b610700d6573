"""einsum for every sum; the projection is a product with a diagonal matrix."""
import numpy as np


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    n = np.einsum("dm,dm->m", W, W) ** 0.5
    D = np.diag(np.where(n > c, c / np.where(n == 0, 1, n), 1))
    return np.einsum("dm,mk->dk", W, D)


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    n = sum(np.einsum("i,i->", g.ravel(), g.ravel()) for g in grads.values()) ** 0.5
    s = np.where(n > max_norm, max_norm / np.where(n > 0, n, 1), 1)
    return {k: np.einsum("...,->...", g, s) for k, g in grads.items()}, n


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    both = np.stack([x, grad])
    return np.einsum("i,i...->...", np.array([1 - lr * wd, -lr]), both), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t = state.get("t", 0) + 1
    moments = state.get("moments", np.zeros((2, *x.shape)))
    beta = np.array([beta1, beta2])
    moments = np.einsum("i,i...->i...", beta, moments) + np.einsum("i,i...->i...", 1 - beta, np.stack([grad, grad**2]))
    m, c = np.einsum("i,i...->i...", 1 / (1 - beta**t), moments)
    return np.einsum("...,->...", x, 1 - lr * wd) - lr * m / (np.sqrt(c) + eps), {"t": t, "moments": moments}
