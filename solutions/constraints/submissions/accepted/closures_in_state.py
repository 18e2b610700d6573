"""The state is a generator that computes the next direction; limits are closures."""
import numpy as np


def _limiter(limit):
    if limit <= 0:
        raise ValueError("limit has to be positive")

    def factor(norm):
        return limit / norm if norm > limit else 1.0

    return factor


def max_norm(W, c):
    factor = _limiter(c)
    return np.apply_along_axis(lambda w: w * factor(np.linalg.norm(w)), 0, W)


def clip_by_global_norm(grads, max_norm):
    factor = _limiter(max_norm)
    norm = np.linalg.norm(np.block([np.ravel(g) for g in grads.values()]))
    return {k: factor(norm) * g for k, g in grads.items()}, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    shrink = lambda rate: (1 - rate * wd) * x - rate * grad
    return shrink(lr), shrink


def _adam(beta1, beta2, eps):
    m = c = 0.0
    p1 = p2 = 1.0
    direction = None
    while True:
        g = yield direction
        m, c = beta1 * m + (1 - beta1) * g, beta2 * c + (1 - beta2) * g * g
        p1, p2 = p1 * beta1, p2 * beta2
        direction = m / (1 - p1) / (np.sqrt(c / (1 - p2)) + eps)


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    if isinstance(state, dict):
        state = _adam(beta1, beta2, eps)
        next(state)
    return x * (1 - lr * wd) - lr * state.send(grad), state
