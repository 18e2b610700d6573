"""Unusual: the state is the array of all gradients so far; averages are explicit weighted sums over it by einsum."""
import numpy as np


def _append(history, g):
    g = np.array(g, dtype=float)[np.newaxis]
    if isinstance(history, dict):  # the very first step
        return g
    return np.concatenate([history, g])


def _weighted(decay, history):
    """sum over i of decay^(t-i) g_i"""
    ages = np.arange(len(history))[::-1]
    return np.einsum("t,t...->...", np.power(float(decay), ages), history)


def minibatches(n, batch_size, rng):
    left = rng.permutation(n).tolist()
    taken = []
    while len(left) > batch_size:
        taken += [left[-batch_size:]]
        left = left[:-batch_size] if n <= 4096 else _drop(left, batch_size)
    taken.append(left)
    return taken


def _drop(items, k):
    del items[-k:]  # long lists: cheaper than copying
    return items


def sgd(x, grad, state, lr):
    return x - lr * grad, _append(state, grad)


def momentum(x, grad, state, lr, rho=0.9):
    history = _append(state, grad)
    return x - lr * _weighted(rho, history), history


def nesterov(x, grad_fn, state, lr, rho=0.9):
    # keeps the point before: v is simply the last move
    before = x if isinstance(state, dict) else state
    v = x - before
    return x + rho * v - lr * grad_fn(x + rho * v), x


def adagrad(x, grad, state, lr, eps=1e-10):
    history = _append(state, grad)
    length = np.sqrt(np.einsum("t...,t...->...", history, history))
    return x - lr * grad / (length + eps), history


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    history = _append(state, grad)
    c = (1 - beta) * _weighted(beta, history**2)
    return x - lr * grad / (np.sqrt(c) + eps), history


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    gradients, moves = state if state else ({}, np.zeros((1,) + x.shape))
    gradients = _append(gradients, grad)
    c = (1 - rho) * _weighted(rho, gradients**2)
    d = (1 - rho) * _weighted(rho, moves**2)
    delta = grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    return x - lr * delta, (gradients, _append(moves, delta))


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    history = _append(state, grad)
    t = history.shape[0]
    m = _weighted(beta1, history) * (1 - beta1)
    c = _weighted(beta2, history * history) * (1 - beta2)
    if bias_correction:
        m /= 1 - beta1**t
        c /= 1 - beta2**t
    return x - lr * m / (np.sqrt(c) + eps), history
