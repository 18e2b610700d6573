"""Changes its arguments in place and returns them."""
import numpy as np


def max_norm(W, c):
    if c <= 0:
        raise ValueError(c)
    for j in range(W.shape[1]):
        n = np.linalg.norm(W[:, j])
        if n > c:
            W[:, j] *= c / n
    return W


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError(max_norm)
    norm = np.linalg.norm([np.linalg.norm(g) for g in grads.values()])
    if norm > max_norm:
        for g in grads.values():
            g *= max_norm / norm
    return grads, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    x *= 1 - lr * wd
    grad *= lr
    x -= grad
    return x, state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    if not state:
        state.update(t=0, m=np.zeros_like(x), c=np.zeros_like(x))
    state["t"] += 1
    state["m"] *= beta1
    state["m"] += (1 - beta1) * grad
    state["c"] *= beta2
    state["c"] += (1 - beta2) * grad * grad
    x *= 1 - lr * wd
    x -= lr * state["m"] / (1 - beta1 ** state["t"]) / (np.sqrt(state["c"] / (1 - beta2 ** state["t"])) + eps)
    return x, state
