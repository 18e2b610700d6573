"""One matrix product for all four gates, and a sigmoid that is a tanh in disguise."""

import numpy as np


def lstm_cell(z, h, c, weights):
    zh = np.concatenate([z, h, np.ones((len(z), 1))], axis=1)
    bias = weights["b_ih"] + weights["b_hh"]
    M = np.concatenate([weights["W_ih"], weights["W_hh"], bias[:, None]], axis=1)
    a = (zh @ M.T).reshape(len(z), 4, -1)
    # sigmoid(a) = (1 + tanh(a/2))/2: halve three of the gates, one tanh for all of them
    t = np.tanh(a * np.array([0.5, 0.5, 1.0, 0.5])[:, None])
    i, f, o = ((1 + t[:, k]) / 2 for k in (0, 1, 3))
    c = f * c + i * t[:, 2]
    return o * np.tanh(c), c


def preprocess_gradient(grad, p=10.0):
    """Both columns are continuous at |g| = e^-p, so each one is a single clipped expression."""
    floor = np.exp(-p)
    size = np.log(np.maximum(np.abs(grad), floor)) / p
    direction = np.clip(grad / floor, -1.0, 1.0)
    return np.stack([size, direction], axis=-1)


def learned_step(x, grad, state, weights, scale=0.1):
    hc = state["hc"] if state else np.zeros((2, x.size, weights["W_hh"].shape[1]))
    hc = np.stack(lstm_cell(preprocess_gradient(grad), hc[0], hc[1], weights))
    proposal = np.einsum("kh,ho->k", hc[0], weights["W_out"]) + weights["b_out"]
    return x + scale * proposal, {"hc": hc}
