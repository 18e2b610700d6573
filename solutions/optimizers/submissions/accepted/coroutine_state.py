"""Unusual: the state is a running generator that is sent (x, gradient, lr) and yields the next x; not copyable."""
import random

import numpy as np


def minibatches(n, batch_size, rng):
    def batches():
        deck = list(range(n))
        random.Random(int(rng.integers(2**63))).shuffle(deck)
        while deck:
            yield np.array(deck[:batch_size])
            del deck[:batch_size]

    return [*batches()]


def _resume(state, coroutine, *message):
    if isinstance(state, dict):  # {}: nothing runs yet
        state = coroutine
        state.send(None)
    return state.send(message), state


def _plain():
    x = None
    while True:
        x, g, lr = yield x
        x = x - lr * g


def _with_velocity(rho):
    v, x = 0, None
    while True:
        x, g, lr = yield x
        v = g + rho * v
        x = x - lr * v


def _looking_ahead(rho):
    v, x = 0, None
    while True:
        x, slope, lr = yield x
        target = x + rho * v  # where the momentum alone would lead
        new = target - lr * slope(target)
        v, x = new - x, new


def _per_coordinate(keep, add, eps):
    c, x = 0, None
    while True:
        x, g, lr = yield x
        c = keep * c + add * g**2
        x = x - lr * g / (c**0.5 + eps)


def _two_averages(rho, eps):
    c = d = 0.0
    x = None
    while True:
        x, g, lr = yield x
        c = c * rho + g**2 * (1 - rho)
        delta = g * np.sqrt(d + eps) * (c + eps) ** -0.5
        d = d * rho + delta**2 * (1 - rho)
        x = x - lr * delta


def _moments(b1, b2, eps, corrected):
    m = c = 0.0
    x, t = None, 0
    while True:
        x, g, lr = yield x
        t += 1
        m = b1 * m + (1 - b1) * g
        c = b2 * c + (1 - b2) * g**2
        if corrected:
            x = x - lr * (m / (1 - b1**t)) / (np.sqrt(c / (1 - b2**t)) + eps)
        else:
            x = x - lr * m / (np.sqrt(c) + eps)


def sgd(x, grad, state, lr):
    return _resume(state, _plain(), x, grad, lr)


def momentum(x, grad, state, lr, rho=0.9):
    return _resume(state, _with_velocity(rho), x, grad, lr)


def nesterov(x, grad_fn, state, lr, rho=0.9):
    return _resume(state, _looking_ahead(rho), x, grad_fn, lr)


def adagrad(x, grad, state, lr, eps=1e-10):
    return _resume(state, _per_coordinate(1, 1, eps), x, grad, lr)


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    return _resume(state, _per_coordinate(beta, 1 - beta, eps), x, grad, lr)


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    return _resume(state, _two_averages(rho, eps), x, grad, lr)


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    return _resume(state, _moments(beta1, beta2, eps, bias_correction), x, grad, lr)
