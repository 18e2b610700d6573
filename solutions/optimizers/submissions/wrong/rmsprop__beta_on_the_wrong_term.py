"""beta and 1 - beta have changed places."""

import numpy as np


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = state.get("c", np.zeros(np.shape(x)))
    c = (1 - beta) * c + beta * grad ** 2
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}
