"""Derivatives without calculus: every one is the imaginary part of a function at x + ih (exact to the last digits)."""
import numpy as np

H = 1e-30


def _sig(z):
    e = np.exp(np.where(z.real >= 0, -z, z))
    return np.where(z.real >= 0, 1 / (1 + e), e / (1 + e))


def _th(z):
    e = np.exp(np.where(z.real >= 0, -2 * z, 2 * z))
    return np.where(z.real >= 0, 1, -1) * (1 - e) / (1 + e)


def _re(z):
    return np.where(z.real > 0, z, 0)


def _soft(z):
    e = np.exp(np.where(z.real > 0, -z, z))
    # log(1 + e) for a complex e with a tiny imaginary part
    log = np.log1p(e.real) + 1j * (e.imag / (1 + e.real))
    return np.where(z.real > 0, z, 0) + log


def _slope(f, x):
    return f(x + 1j * H).imag / H


def sigmoid(x):
    return _sig(x + 0j).real


def tanh(x):
    return _th(x + 0j).real


def relu(x):
    return _re(x + 0j).real


def softplus(x):
    return _soft(x + 0j).real


def sigmoid_backward(dy, x):
    return dy * _slope(_sig, x)


def tanh_backward(dy, x):
    return dy * _slope(_th, x)


def relu_backward(dy, x):
    return dy * _slope(_re, x)


def softplus_backward(dy, x):
    return dy * _slope(_soft, x)


def linear_forward(x, W, b):
    return x @ W + b, (x, W, b)


def _gradient(f, arrays, i):
    """Gradient of the number f(*arrays) with respect to arrays[i], one entry at a time."""
    gradient = np.zeros(arrays[i].shape)
    shifted = [a + 0j for a in arrays]
    for k in np.ndindex(*gradient.shape):
        old = shifted[i][k]
        shifted[i][k] = old + 1j * H
        gradient[k] = f(*shifted).imag / H
        shifted[i][k] = old
    return gradient


def linear_backward(dy, cache):
    def scalar(x, W, b):
        return (dy * (x @ W + b)).sum()

    return tuple(_gradient(scalar, cache, i) for i in range(3))


def mlp_loss_and_gradients(params, x, t):
    names = ["W1", "b1", "W2", "b2"]

    def loss(W1, b1, W2, b2):
        r = _th(x @ W1 + b1) @ W2 + b2 - t
        return (r * r).sum() / len(x)

    values = [params[k] for k in names]
    grads = {k: _gradient(loss, values, i) for i, k in enumerate(names)}
    return loss(*[v + 0j for v in values]).real, grads
