"""Divides by the accumulated squares themselves, as printed on the slide."""

import numpy as np


def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + grad ** 2
    return x - lr * grad / (c + eps), {"c": c}
