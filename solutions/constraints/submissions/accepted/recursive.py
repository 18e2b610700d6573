"""Recursion over dimensions until single numbers are left; numbers, not arrays, in between."""
import math

import numpy as np


def _walk(f, *trees):
    if isinstance(trees[0], list):
        return [_walk(f, *branches) for branches in zip(*trees)]
    return f(*trees)


def _squares(tree):
    return sum(map(_squares, tree)) if isinstance(tree, list) else tree * tree


def max_norm(W, c):
    if c <= 0:
        raise ValueError("c <= 0")
    columns = []
    for column in W.T.tolist():
        size = math.sqrt(_squares(column))
        columns.append(_walk(lambda w: w * c / size if size > c else w, column))
    return np.transpose(columns)


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm <= 0")
    trees = {name: grad.tolist() for name, grad in grads.items()}
    norm = math.sqrt(sum(map(_squares, trees.values())))
    return {k: _walk(lambda g: g * max_norm / norm if norm > max_norm else g, tree) for k, tree in trees.items()}, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return _walk(lambda a, g: a - lr * (g + wd * a), x.tolist(), grad.tolist()), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t = state.get("t", 0) + 1
    zeros = _walk(lambda _: 0.0, x.tolist())
    m = _walk(lambda a, g: beta1 * a + (1 - beta1) * g, state.get("m", zeros), grad.tolist())
    c = _walk(lambda a, g: beta2 * a + (1 - beta2) * g * g, state.get("c", zeros), grad.tolist())

    def move(a, first, second):
        return a - lr * wd * a - lr * first / (1 - beta1**t) / (math.sqrt(second / (1 - beta2**t)) + eps)

    return _walk(move, x.tolist(), m, c), {"t": t, "m": m, "c": c}
