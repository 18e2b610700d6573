"""Puts lr into the velocity, which is wrong as soon as lr changes between steps."""

import numpy as np


def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) + lr * grad
    return x - v, {"v": v}
