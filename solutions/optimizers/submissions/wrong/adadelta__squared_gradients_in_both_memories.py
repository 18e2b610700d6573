"""The memory that should hold squared steps accumulates squared gradients, as the other one does."""

import numpy as np


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    if not state:
        state = {"squares": np.zeros_like(x), "steps": np.zeros_like(x)}
    squares = rho * state["squares"] + (1 - rho) * grad * grad
    step = np.sqrt(state["steps"] + eps) / np.sqrt(squares + eps) * grad
    steps = rho * state["steps"] + (1 - rho) * grad * grad
    return x - lr * step, {"squares": squares, "steps": steps}
