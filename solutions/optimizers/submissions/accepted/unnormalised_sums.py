"""Unusual: the state holds plain discounted sums of g and g*g; the (1 - beta) comes in only where they are read."""
import numpy as np


def minibatches(n, batch_size, rng):
    # inside-out Fisher-Yates; all random places are drawn at once
    places = rng.integers(np.arange(n), endpoint=True)
    deck = np.empty(n, dtype=np.intp)
    for i in range(n):
        deck[i] = deck[places[i]]
        deck[places[i]] = i
    cuts = range(0, n, batch_size)
    return tuple([deck[c:c + batch_size].copy() for c in cuts])


def discount(total, new, keep):
    return new if total is None else keep * total + new


def sgd(x, grad, state, lr):
    weights, sums = np.array([1.0, -lr]), np.array([x, grad])
    return np.tensordot(weights, sums, axes=1), state


def momentum(x, grad, state, lr, rho=0.9):
    total = discount(state.get("sum"), grad, rho)
    return x - lr * total, {"sum": total}


def nesterov(x, grad_fn, state, lr, rho=0.9):
    total = state.get("sum", np.zeros(x.shape))
    g = grad_fn(x - lr * (rho * total))
    total = discount(total, g, rho)
    return x - lr * total, {"sum": total}


def adagrad(x, grad, state, lr, eps=1e-10):
    squares = discount(state.get("squares"), np.power(grad, 2), 1)
    return x - lr * np.divide(grad, np.sqrt(squares) + eps), {"squares": squares}


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    squares = discount(state.get("squares"), np.power(grad, 2), beta)
    root = np.sqrt(1 - beta) * np.sqrt(squares)
    return x - lr * np.divide(grad, root + eps), {"squares": squares}


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    squares = discount(state.get("squares"), grad * grad, rho)
    moved = state.get("moved", np.zeros(x.shape))
    share = 1 - rho
    delta = grad * np.sqrt(share * moved + eps) / np.sqrt(share * squares + eps)
    moved = discount(moved, delta * delta, rho)
    return x - lr * delta, {"squares": squares, "moved": moved}


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    # 1 + beta + ... + beta^(t-1), built exactly like the sums, is their total weight
    s1 = discount(state.get("s1"), grad, beta1)
    s2 = discount(state.get("s2"), grad * grad, beta2)
    n1 = discount(state.get("n1"), 1.0, beta1)
    n2 = discount(state.get("n2"), 1.0, beta2)
    if bias_correction:
        m, c = s1 / n1, s2 / n2
    else:
        m, c = (1 - beta1) * s1, (1 - beta2) * s2
    return x - lr * m / (np.sqrt(c) + eps), dict(s1=s1, s2=s2, n1=n1, n2=n2)
