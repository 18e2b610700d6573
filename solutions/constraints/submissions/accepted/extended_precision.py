"""np.longdouble throughout."""
import numpy as np

Q = np.longdouble


def max_norm(W, c):
    c = Q(c)
    if c <= 0:
        raise ValueError("radius must be positive")
    W = np.array(W, dtype=Q)
    n = np.sqrt(np.sum(W * W, axis=0))
    return np.where(n > c, W * (c / np.where(n > c, n, Q(1))), W)


def clip_by_global_norm(grads, max_norm):
    limit = Q(max_norm)
    if limit <= 0:
        raise ValueError("limit must be positive")
    grads = {k: np.asarray(v).astype(Q) for k, v in grads.items()}
    norm = np.sqrt(sum([np.sum(v * v) for v in grads.values()], start=Q(0)))
    return {k: v * (limit / norm) if norm > limit else v for k, v in grads.items()}, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    x, grad = np.asarray(x, Q), np.asarray(grad, Q)
    return x - Q(lr) * (grad + Q(wd) * x), {}


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    x, grad = np.asarray(x, Q), np.asarray(grad, Q)
    t = state.get("t", 0) + 1
    m = Q(beta1) * state.get("m", Q(0)) + (1 - Q(beta1)) * grad
    c = Q(beta2) * state.get("c", Q(0)) + (1 - Q(beta2)) * grad * grad
    step = m / (1 - Q(beta1) ** t) / (np.sqrt(c / (1 - Q(beta2) ** t)) + Q(eps))
    return x * (1 - Q(lr) * Q(wd)) - Q(lr) * step, {"t": t, "m": m, "c": c}
