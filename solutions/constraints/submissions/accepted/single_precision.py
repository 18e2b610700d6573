"""Everything in float32."""
import numpy as np

f = np.float32


def max_norm(W, c):
    if c <= 0:
        raise ValueError("radius")
    W = W.astype(f)
    norms = np.sqrt((W * W).sum(axis=0, keepdims=True))
    return W * np.minimum(f(1), f(c) / np.maximum(norms, f(1e-12)))


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("limit")
    grads = {k: np.asarray(g, dtype=f) for k, g in grads.items()}
    norm = np.sqrt(sum((g ** 2).sum(dtype=f) for g in grads.values()), dtype=f)
    s = min(f(1), f(max_norm) / max(norm, f(1e-20)))
    return {k: (g * s).astype(f) for k, g in grads.items()}, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    x, grad = x.astype(f), grad.astype(f)
    return (x - f(lr) * (grad + f(wd) * x)).astype(f), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    x, g = np.asarray(x, f), np.asarray(grad, f)
    m, v, t = state.get("mvt", (np.zeros_like(x), np.zeros_like(x), 0))
    t += 1
    m = f(beta1) * m + f(1 - beta1) * g
    v = f(beta2) * v + f(1 - beta2) * g * g
    mh, vh = m / f(1 - beta1 ** t), v / f(1 - beta2 ** t)
    x = x - f(lr * wd) * x - f(lr) * mh / (np.sqrt(vh) + f(eps))
    return x.astype(f), {"mvt": (m, v, t)}
