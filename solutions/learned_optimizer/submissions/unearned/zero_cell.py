"""The cell and the features are zero, so a step is its bias alone."""

# earns nothing: lstm_cell, preprocess_gradient, learned_step
import numpy as np


def lstm_cell(z, h, c, weights):
    return 0 * h, 0 * c


def preprocess_gradient(grad, p=10.0):
    return np.zeros((len(grad), 2))


def learned_step(x, grad, state, weights, scale=0.1):
    return x + scale * weights["b_out"], state
