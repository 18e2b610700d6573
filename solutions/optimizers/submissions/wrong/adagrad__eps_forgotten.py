"""No eps in the denominator: a coordinate whose gradients are all 0 becomes NaN."""

import numpy as np


def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + grad ** 2
    with np.errstate(all="ignore"):
        return x - lr * grad / np.sqrt(c), {"c": c}
