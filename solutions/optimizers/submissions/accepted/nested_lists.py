"""Unusual: every result is a nested Python list (a float for a 0-d x), worked out by recursion over the nesting."""
import numpy as np


def walk(f, *trees):
    """Apply f to the leaves of equally nested lists; f may return one number."""
    if isinstance(trees[0], list):
        return [walk(f, *branches) for branches in zip(*trees)]
    return f(*trees)


def lists(a):
    return np.asarray(a).tolist()


def blank(tree):
    return walk(lambda _: 0.0, tree)


def minibatches(n, batch_size, rng):
    # every index is inserted at a random place between those that are in already
    order = []
    for i, place in enumerate(rng.integers(0, np.arange(1, n + 1)).tolist()):
        order.insert(place, i)
    return [order[k:k + batch_size] for k in range(0, n, batch_size)]


def sgd(x, grad, state, lr):
    return [walk(lambda a, g: a - lr * g, lists(x), lists(grad)), []]


def momentum(x, grad, state, lr, rho=0.9):
    xs, gs = lists(x), lists(grad)
    v = state[0] if state else blank(xs)
    v = walk(lambda old, g: rho * old + g, v, gs)
    return [walk(lambda a, b: a - lr * b, xs, v), [v]]


def nesterov(x, grad_fn, state, lr, rho=0.9):
    xs = lists(x)
    v = state[0] if state else blank(xs)
    ahead = np.array(walk(lambda a, b: a + rho * b, xs, v))
    gs = lists(grad_fn(ahead))
    v = walk(lambda b, g: rho * b - lr * g, v, gs)
    return [walk(lambda a, b: a + b, xs, v), [v]]


def adagrad(x, grad, state, lr, eps=1e-10):
    xs, gs = lists(x), lists(grad)
    c = walk(lambda old, g: old + g * g, state[0] if state else blank(xs), gs)
    return [walk(lambda a, g, s: a - lr * g / (s ** 0.5 + eps), xs, gs, c), [c]]


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    xs, gs = lists(x), lists(grad)
    c = walk(lambda old, g: beta * old + (1 - beta) * g * g, state[0] if state else blank(xs), gs)
    return [walk(lambda a, g, s: a - lr * g / (s ** 0.5 + eps), xs, gs, c), [c]]


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    xs, gs = lists(x), lists(grad)
    c, d = state if state else (blank(xs), blank(xs))
    average = lambda old, new: rho * old + (1 - rho) * new ** 2
    c = walk(average, c, gs)
    delta = walk(lambda g, top, bottom: g * ((top + eps) / (bottom + eps)) ** 0.5, gs, d, c)
    d = walk(average, d, delta)
    return [walk(lambda a, b: a - lr * b, xs, delta), [c, d]]


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    xs, gs = lists(x), lists(grad)
    if not state:
        state = [0, blank(xs), blank(xs)]
    t, m, c = state
    t += 1
    m = walk(lambda old, g: beta1 * old + (1 - beta1) * g, m, gs)
    c = walk(lambda old, g: beta2 * old + (1 - beta2) * g * g, c, gs)
    k1 = 1 - beta1 ** t if bias_correction else 1
    k2 = 1 - beta2 ** t if bias_correction else 1
    moved = walk(lambda a, p, q: a - lr * (p / k1) / ((q / k2) ** 0.5 + eps), xs, m, c)
    return [moved, [t, m, c]]
