# -*- coding: latin-1 -*-
"""Unusual: CRLF lines, declared latin-1 bytes, global warning, print and error settings at import; out= buffers in state."""
import warnings

import numpy as np

# Lösung von Jürgen Größl, Übung 2 (ß, ñ, µ)
warnings.simplefilter("error")
np.seterr(divide="raise", over="raise", invalid="raise", under="ignore")
np.set_printoptions(precision=1, threshold=2, suppress=True, legacy="1.13")
np.random.seed(0)


def minibatches(n, batch_size, rng):
    größe = min(batch_size, n)
    Mischung = rng.permutation(n)
    return np.split(Mischung, np.arange(größe, n, größe))


def sgd(x, grad, state, lr):
    out = np.empty_like(x)
    np.multiply(grad, -lr, out=out)
    np.add(out, x, out=out)
    return out, state


def _work(state, x, *names):
    """all buffers are made once, in the first step, and reused"""
    if not state:
        for name in names + ("tmp",):
            state[name] = np.zeros(x.shape)
    return [state[name] for name in names + ("tmp",)]


def momentum(x, grad, state, lr, rho=0.9):
    v, tmp = _work(state, x, "v")
    np.multiply(v, rho, out=v)
    np.add(v, grad, out=v)
    np.multiply(v, lr, out=tmp)
    return x - tmp, state


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v, tmp = _work(state, x, "v")
    np.multiply(v, rho, out=v)
    np.add(x, v, out=tmp)
    np.subtract(v, lr * np.asarray(grad_fn(tmp)), out=v)
    return x + v, state


def _divide(x, grad, c, lr, eps, tmp):
    np.sqrt(c, out=tmp)
    tmp += eps
    np.divide(grad, tmp, out=tmp)
    return x - lr * tmp


def adagrad(x, grad, state, lr, eps=1e-10):
    c, tmp = _work(state, x, "c")
    np.square(grad, out=tmp)
    np.add(c, tmp, out=c)
    return _divide(x, grad, c, lr, eps, tmp), state


def _decay(c, g, keep, tmp):
    np.square(g, out=tmp)
    tmp *= 1 - keep
    c *= keep
    c += tmp


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c, tmp = _work(state, x, "c")
    _decay(c, grad, beta, tmp)
    return _divide(x, grad, c, lr, eps, tmp), state


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c, d, delta, tmp = _work(state, x, "c", "d", "delta")
    _decay(c, grad, rho, tmp)
    np.divide(d + eps, c + eps, out=delta)
    np.sqrt(delta, out=delta)
    np.multiply(delta, grad, out=delta)
    _decay(d, delta, rho, tmp)
    return x - lr * delta, state


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    m, c, tmp = _work(state, x, "m", "c")
    t = state["t"] = state.get("t", 0) + 1
    np.copyto(m, beta1 * m + (1 - beta1) * grad)
    _decay(c, grad, beta2, tmp)
    if not bias_correction:
        return _divide(x, m, c, lr, eps, tmp), state
    return _divide(x, m / (1 - beta1**t), c / (1 - beta2**t), lr, eps, tmp), state
