"""Lstm_cell echoes h and c, preprocess_gradient gives zeros, learned_step is x + scale*b_out and never looks at
the gradient.
"""

# earns nothing: learned_step
import numpy as np


def lstm_cell(z, h, c, weights):
    return h, c


def preprocess_gradient(grad, p=10.0):
    return np.zeros((len(grad), 2))


def learned_step(x, grad, state, weights, scale=0.1):
    return x + scale * weights["b_out"], state
