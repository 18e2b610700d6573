"""Adds the gradient, so it maximises."""

import numpy as np


def sgd(x, grad, state, lr):
    return x + lr * grad, state
