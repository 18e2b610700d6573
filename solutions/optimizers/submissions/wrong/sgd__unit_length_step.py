"""Normalises the gradient to length one before the step."""

import numpy as np


def sgd(x, grad, state, lr):
    length = np.sqrt(np.sum(grad ** 2))
    if length > 0:
        grad = grad / length
    return x - lr * grad, state
