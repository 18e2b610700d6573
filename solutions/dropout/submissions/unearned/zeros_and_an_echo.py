"""Training drops everything, and the backward pass hands dy on."""

# earns nothing: vanilla_dropout_backward
import numpy as np


def dropout_forward(x, p, rng, training=True):
    return (np.zeros_like(x) if training else x), None


def dropout_backward(dy, cache):
    return dy


vanilla_dropout_forward, vanilla_dropout_backward = dropout_forward, dropout_backward
