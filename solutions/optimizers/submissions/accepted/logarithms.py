"""Unusual: squares, roots and quotients are done in the log domain (logaddexp); zero gradients pass through log 0 = -inf."""
import numpy as np


def log(a):
    # log(0) = -inf is wanted here; numpy prints a RuntimeWarning, which is fine
    return np.log(np.asarray(a, dtype=float))


def minibatches(n, batch_size, rng):
    # a race of exponential clocks: the order in which they ring is a fair shuffle
    rings = -log(1.0 - rng.random(n))
    order = rings.argsort()
    return [order[first:first + batch_size] for first in np.arange(0, n, batch_size)]


def sgd(x, grad, state, lr):
    return x - np.sign(grad) * np.exp(log(lr) + log(abs(grad))), state


def momentum(x, grad, state, lr, rho=0.9):
    v = grad + rho * state["v"] if state else 1.0 * grad
    return x - np.sign(v) * np.exp(log(lr) + log(np.abs(v))), {"v": v}


def nesterov(x, grad_fn, state, lr, rho=0.9):
    shift = rho * state["v"] if state else np.zeros(np.shape(x))
    g = np.asarray(grad_fn(x + shift))
    v = shift - np.sign(g) * np.exp(log(lr) + log(np.abs(g)))
    return x + v, {"v": v}


def _size(log_g, log_c, eps):
    """|g| / (sqrt(c) + eps)"""
    return np.exp(log_g - np.logaddexp(log_c / 2, log(eps)))


def adagrad(x, grad, state, lr, eps=1e-10):
    log_g = log(np.abs(grad))
    log_c = np.logaddexp(state.get("log_c", -np.inf), 2 * log_g)
    return x - lr * np.sign(grad) * _size(log_g, log_c, eps), {"log_c": log_c}


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    log_g = log(np.abs(grad))
    log_c = np.logaddexp(log(beta) + state.get("log_c", -np.inf), log(1 - beta) + 2 * log_g)
    return x - lr * np.sign(grad) * _size(log_g, log_c, eps), {"log_c": log_c}


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    nothing = np.full(np.shape(x), -np.inf)
    log_c, log_d = state.get("logs", (nothing, nothing))
    log_g = log(np.abs(grad))
    log_c = np.logaddexp(log(rho) + log_c, log(1 - rho) + 2 * log_g)
    ratio = np.logaddexp(log_d, log(eps)) - np.logaddexp(log_c, log(eps))
    log_delta = log_g + ratio / 2
    log_d = np.logaddexp(log(rho) + log_d, log(1 - rho) + 2 * log_delta)
    return x - lr * np.copysign(np.exp(log_delta), grad), {"logs": (log_c, log_d)}


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t, m, log_c = state.get("tmc", (0, np.zeros(np.shape(x)), np.full(np.shape(x), -np.inf)))
    t += 1
    m = beta1 * m + (1 - beta1) * grad
    log_c = np.logaddexp(log(beta2) + log_c, log(1 - beta2) + 2 * log(np.abs(grad)))
    log_m, log_ch = log(np.abs(m)), log_c
    if bias_correction:
        log_m = log_m - log(-np.expm1(t * log(beta1)))
        log_ch = log_c - log(-np.expm1(t * log(beta2)))
    return x - lr * np.sign(m) * _size(log_m, log_ch, eps), {"tmc": (t, m, log_c)}
