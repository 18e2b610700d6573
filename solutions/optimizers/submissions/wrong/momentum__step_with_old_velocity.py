"""Moves with the velocity from before this gradient was added."""

import numpy as np


def momentum(x, grad, state, lr, rho=0.9):
    v_old = state.get("v", np.zeros(np.shape(x)))
    v_new = rho * v_old + grad
    return x - lr * v_old, {"v": v_new}
