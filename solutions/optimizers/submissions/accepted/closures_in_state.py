"""Unusual: the state is a closure made in the first step, which also remembers that step's rho, beta and eps."""
import numpy as np


def minibatches(n, batch_size, rng):
    order = rng.choice(n, size=n, replace=False)

    def cut(start):
        return order[start:min(start + batch_size, n)]

    return list(map(cut, range(0, n, batch_size)))


def _go(state, make, *args):
    """The first state is an empty dict: build the closure then, afterwards just call it."""
    step = state if callable(state) else make()
    return step(*args), step


def sgd(x, grad, state, lr):
    return _go(state, lambda: (lambda p, g, rate: p - rate * g), x, grad, lr)


def momentum(x, grad, state, lr, rho=0.9):
    def make():
        v = 0.0

        def step(p, g, rate):
            nonlocal v
            v = rho * v + g
            return p - rate * v

        return step

    return _go(state, make, x, grad, lr)


def nesterov(x, grad_fn, state, lr, rho=0.9):
    def make():
        v = np.zeros_like(x)

        def step(p, slope, rate):
            nonlocal v
            v = rho * v - rate * slope(p + rho * v)
            return p + v

        return step

    return _go(state, make, x, grad_fn, lr)


def _scaled(mix, eps):
    c = 0.0

    def step(p, g, rate):
        nonlocal c
        c = mix(c, g * g)
        return p - rate * g / (np.sqrt(c) + eps)

    return step


def adagrad(x, grad, state, lr, eps=1e-10):
    return _go(state, lambda: _scaled(lambda c, q: c + q, eps), x, grad, lr)


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    return _go(state, lambda: _scaled(lambda c, q: beta * c + (1 - beta) * q, eps), x, grad, lr)


def _averager(decay):
    total = 0.0

    def average(new=None):
        nonlocal total
        if new is not None:
            total = decay * total + (1 - decay) * new
        return total

    return average


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    def make():
        c, d = _averager(rho), _averager(rho)

        def step(p, g, rate):
            delta = g * np.sqrt(d() + eps) / np.sqrt(c(g * g) + eps)
            d(delta * delta)
            return p - rate * delta

        return step

    return _go(state, make, x, grad, lr)


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    def make():
        first, second, count = _averager(beta1), _averager(beta2), [0]

        def step(p, g, rate):
            count[0] += 1
            k1, k2 = (1 - beta1 ** count[0], 1 - beta2 ** count[0]) if bias_correction else (1, 1)
            return p - rate * first(g) / k1 / (np.sqrt(second(g * g) / k2) + eps)

        return step

    return _go(state, make, x, grad, lr)
