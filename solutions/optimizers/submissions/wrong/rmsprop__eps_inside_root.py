"""eps stands under the root."""

import numpy as np


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = beta * state.get("c", 0.0) + (1 - beta) * grad ** 2
    return x - lr * grad * (c + eps) ** -0.5, {"c": c}
