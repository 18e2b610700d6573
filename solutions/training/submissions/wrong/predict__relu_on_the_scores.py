"""Sends the scores through a ReLU as well: where all are negative, all are 0, and the lowest class wins."""

import numpy as np


def predict(params, x):
    activations = x
    for layer in ("1", "2"):
        activations = np.maximum(activations @ params[f"W{layer}"] + params[f"b{layer}"], 0)
    return np.argmax(activations, axis=1)
