"""The velocity starts at the first gradient and then gets that gradient added again."""

import numpy as np


def momentum(x, grad, state, lr, rho=0.9):
    if "v" not in state:
        state = {"v": np.array(grad)}
    v = rho * state["v"] + grad
    return x - lr * v, {"v": v}
