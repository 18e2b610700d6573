"""An LSTM for an optimizer; the cell is a forward pass, the gradient comes in by preprocess_gradient."""

import numpy as np


def lstm_cell(z, h, c, weights):
    def gate(k):
        n = h.shape[1]
        rows = slice(k * n, (k + 1) * n)
        return z @ weights["W_ih"][rows].T + weights["b_ih"][rows] + h @ weights["W_hh"][rows].T + weights["b_hh"][rows]

    def squash(a):
        return 0.5 + 0.5 * np.tanh(0.5 * a)

    c_new = squash(gate(1)) * c + squash(gate(0)) * np.tanh(gate(2))
    return squash(gate(3)) * np.tanh(c_new), c_new


def preprocess_gradient(grad, p=10.0):
    size = np.abs(grad)
    big = size >= np.exp(-p)
    with np.errstate(divide="ignore"):
        logarithm = np.log10(size) / p
    return np.array([np.where(big, logarithm, -1.0), np.where(big, np.sign(grad), np.exp(-p) * grad)]).T


def learned_step(x, grad, state, weights, scale=0.1):
    nothing = np.zeros((x.shape[0], weights["W_hh"].shape[1]))
    h, c = state.get("hc", (nothing, nothing))
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    return x + scale * np.squeeze(h @ weights["W_out"] + weights["b_out"], axis=1), {"hc": (h, c)}
