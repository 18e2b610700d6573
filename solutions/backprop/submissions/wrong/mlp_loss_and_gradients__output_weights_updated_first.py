"""Takes a step on W2 before the gradient goes back through it."""

import numpy as np


def mlp_loss_and_gradients(params, x, t):
    n = len(x)
    z = x @ params["W1"] + params["b1"]
    h = np.tanh(z)
    f = h @ params["W2"] + params["b2"]
    loss = np.sum((f - t) ** 2) / n
    df = 2 * (f - t) / n
    dh = df @ params["W2"].T
    dz = dh * (1 - h ** 2)
    grads = {"W1": x.T @ dz, "b1": dz.sum(axis=0), "W2": h.T @ df, "b2": df.sum(axis=0)}
    W2 = params["W2"] - 0.01 * grads["W2"]
    dz = (df @ W2.T) * (1 - h ** 2)
    grads["W1"], grads["b1"] = x.T @ dz, dz.sum(axis=0)
    return loss, grads
