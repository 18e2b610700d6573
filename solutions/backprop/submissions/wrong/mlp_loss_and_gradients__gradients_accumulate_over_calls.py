"""Gradients are added to those of all earlier calls with the same shapes (zero_grad forgotten)."""

import numpy as np


_collected = {}


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
    for k, g in grads.items():
        key = (k, g.shape)
        _collected[key] = _collected.get(key, 0) + g
        grads[k] = _collected[key]
    return loss, grads
