"""Linear_forward is the bias; the network's loss is that of b2 alone: no layer at all."""

# earns nothing: mlp_loss_and_gradients
import numpy as np


def linear_forward(x, W, b):
    return np.tile(b, (len(x), 1)), (x, W)


def mlp_loss_and_gradients(params, x, t):
    e = params["b2"] - t
    second = 2 * e.sum(axis=0) / len(x)
    return (e**2).sum() / len(x), {
        "W1": 0 * params["W1"],
        "b1": 0 * params["b1"],
        "W2": np.tanh(np.tile(params["b1"], (len(x), 1))).T @ (2 * e / len(x)),
        "b2": second,
    }
