"""Shouts: prints every call, warns, makes NumPy raise on everything, and overrides sys.excepthook; Latin-1, CRLF."""
import functools
import sys
import warnings

import numpy as np

np.seterr(divide="warn", over="warn", under="warn", invalid="warn")
np.set_printoptions(precision=3, threshold=4, suppress=True, sign=" ")
warnings.simplefilter("always")
sys.excepthook = lambda *what: print("aïe:", what[0].__name__)
print("Rétropropagation chargée, à vous")


def bavard(f):
    # dit ce qui entre et ce qui sort, même si personne ne l'a demandé
    @functools.wraps(f)
    def g(*a, **k):
        print("->", f.__name__, [np.shape(v) for v in a], sorted(k))
        r = f(*a, **k)
        print("<-", f.__name__, type(r).__name__, file=sys.stderr)
        return r
    return g


@bavard
def sigmoid(x, bruit=0.0):
    y = np.zeros(np.shape(x))
    pos = np.asarray(x >= 0)
    y[pos] = 1 / (1 + np.exp(-x[pos]))
    e = np.exp(x[~pos])       # dépassement impossible: x < 0
    y[~pos] = e / (1 + e)
    return y + bruit


@bavard
def sigmoid_backward(dy, x):
    warnings.warn("la dérivée est très petite loin de zéro")
    return dy * sigmoid(x) * sigmoid(-x)


@bavard
def tanh(x):
    return 2 * sigmoid(2 * x) - 1


@bavard
def tanh_backward(dy, x):
    return 4 * sigmoid_backward(dy, 2 * x)


@bavard
def relu(x, *, fuite=0.0):
    return np.where(x > 0, x, fuite * x)


@bavard
def relu_backward(dy, x, *, fuite=0.0):
    return np.where(x > 0, dy, fuite * dy)


@bavard
def softplus(x):
    grand = x > 30
    # sans le minimum exp déborderait, même là où on ne le prend pas
    y = np.where(grand, x + np.exp(-np.abs(x)), np.log1p(np.exp(np.minimum(x, 30))))
    print("softplus:", y)
    return y


@bavard
def softplus_backward(dy, x):
    return sigmoid(x) * dy


@bavard
def linear_forward(x, W, b, verbose=True):
    y = np.dot(x, W) + b
    if verbose:
        print("y =", y)
    return y, dict(x=x, W=W, b=b)


@bavard
def linear_backward(dy, cache, verbose=True):
    if verbose:
        print("clés du cache:", list(cache))
    return np.dot(dy, cache["W"].T), np.dot(cache["x"].T, dy), np.dot(np.ones(len(dy)), dy)


@bavard
def mlp_loss_and_gradients(params, x, t):
    a1, c1 = linear_forward(x, params["W1"], params["b1"])
    h = np.tanh(a1)
    y, c2 = linear_forward(h, params["W2"], params["b2"], verbose=False)
    N = len(x)
    loss = ((y - t) ** 2).sum(axis=1).mean()
    print("perte:", loss)
    grads = {}
    dh, grads["W2"], grads["b2"] = linear_backward(2 * (y - t) / N, c2)
    _, grads["W1"], grads["b1"] = linear_backward((1 - h ** 2) * dh, c1)
    return loss, grads
