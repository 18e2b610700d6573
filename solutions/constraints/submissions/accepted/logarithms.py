"""Factors as exponentials of logarithms; 1 - beta**t by expm1."""
import math

import numpy as np


def max_norm(W, c):
    if c <= 0:
        raise ValueError("c has no logarithm")
    with np.errstate(divide="ignore"):
        log_norm = 0.5 * np.log(np.sum(W * W, axis=0))
    return W * np.exp(np.minimum(0.0, math.log(c) - log_norm))


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm has no logarithm")
    squares = math.fsum(float(v) ** 2 for g in grads.values() for v in np.nditer(g))
    if squares == 0:
        return {k: 1.0 * g for k, g in grads.items()}, 0
    log_norm = 0.5 * math.log(squares)
    return {k: g * math.exp(min(0.0, math.log(max_norm) - log_norm)) for k, g in grads.items()}, math.exp(log_norm)


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return x + lr * -(grad + wd * x), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t = len(state) // 2 + 1
    m0, c0 = state.get(("m", t - 1), 0.0), state.get(("c", t - 1), 0.0)
    m, c = m0 * beta1 + grad * (1 - beta1), c0 * beta2 + grad * grad * (1 - beta2)
    k1, k2 = -math.expm1(t * math.log(beta1)), -math.expm1(t * math.log(beta2))
    x = x * (1 - lr * wd) - lr * (m / k1) / (np.sqrt(c / k2) + eps)
    return x, {**state, ("m", t): m, ("c", t): c}
