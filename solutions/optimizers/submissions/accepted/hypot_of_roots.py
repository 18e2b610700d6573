"""Unusual: root mean squares are kept instead of mean squares and updated by np.hypot, so nothing is ever squared."""
import bisect
import math

import numpy as np

hyp = np.hypot


def minibatches(n, batch_size, rng):
    # cards are slid into a hand that is sorted by a random number
    hand = []
    for card in range(n):
        bisect.insort(hand, (rng.random(), card))
    ordered = np.fromiter((card for _, card in hand), dtype=np.int64, count=n)
    pieces = []
    for k in range(math.ceil(n / batch_size)):
        pieces.append(ordered[k * batch_size:][:batch_size])
    return pieces


def mixed(root, new, keep):
    """sqrt(keep * root^2 + (1 - keep) * new^2)"""
    return hyp(math.sqrt(keep) * root, math.sqrt(1 - keep) * new)


def sgd(x, grad, state, lr):
    return [x - lr * grad, state]


def momentum(x, grad, state, lr, rho=0.9):
    v = np.add(np.multiply(state.get("v", 0), rho), grad)
    return [np.add(x, np.multiply(v, -lr)), {"v": v}]


def nesterov(x, grad_fn, state, lr, rho=0.9):
    # the state is y = x + rho*v, the only place where a gradient is ever needed; x itself follows from y and v
    y, v = state.get("yv", (x, np.zeros_like(x)))
    g = grad_fn(y)
    v = rho * v - lr * g
    y = y + rho * v - lr * g
    return [y - rho * v, {"yv": (y, v)}]


def adagrad(x, grad, state, lr, eps=1e-10):
    norm = hyp(state.get("norm", 0.0), grad)
    return [x - lr * grad / (norm + eps), {"norm": norm}]


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    rms = mixed(state.get("rms", 0.0), grad, beta)
    return [x - lr * grad / (rms + eps), {"rms": rms}]


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    floor = math.sqrt(eps)
    rms_g = mixed(state.get("rms_g", 0.0), grad, rho)
    rms_d = state.get("rms_d", 0.0)
    delta = grad * (hyp(rms_d, floor) / hyp(rms_g, floor))
    return [x - lr * delta, {"rms_g": rms_g, "rms_d": mixed(rms_d, delta, rho)}]


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t, m, rms = state.get("adam", (0, 0.0, 0.0))
    t += 1
    m = beta1 * m + (1 - beta1) * grad
    rms = mixed(rms, grad, beta2)
    top, bottom = m, rms
    if bias_correction:
        top = m / (1 - beta1**t)
        bottom = rms / math.sqrt(1 - beta2**t)
    return [x - lr * top / (bottom + eps), {"adam": (t, m, rms)}]
