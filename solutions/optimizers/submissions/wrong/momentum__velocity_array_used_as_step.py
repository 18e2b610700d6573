"""Scales the stored velocity by lr in place while computing the step, so the next velocity is too small."""

import numpy as np


def momentum(x, grad, state, lr, rho=0.9):
    v = np.array(state.get("v", np.zeros_like(x)))
    v *= rho
    v += grad
    state = {"v": v}
    v *= lr
    return x - v, state
