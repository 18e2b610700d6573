"""Linear_forward is the bias, linear_backward zeros but db; the network's loss is that of b2 alone, its
gradients are zeros.
"""

# earns nothing: mlp_loss_and_gradients
import numpy as np


def linear_forward(x, W, b):
    return np.tile(b, (len(x), 1)), (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return np.zeros_like(x), np.zeros_like(W), np.zeros(W.shape[1])


def mlp_loss_and_gradients(params, x, t):
    loss = ((params["b2"] - t) ** 2).sum() / len(x)
    return loss, {name: np.zeros_like(value) for name, value in params.items()}
