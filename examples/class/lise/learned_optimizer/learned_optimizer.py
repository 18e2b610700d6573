"""Learned optimizer."""

import numpy as np


def sigma(x):
    return 1 / (1 + np.exp(-x))


def lstm_cell(z, h, c, weights):
    # weights are (4H, I): works on the board
    gates = z @ weights["W_ih"] + weights["b_ih"] + h @ weights["W_hh"] + weights["b_hh"]
    i, f, g, o = np.split(gates, 4, axis=1)
    c = sigma(f) * c + sigma(i) * np.tanh(g)
    return sigma(o) * np.tanh(c), c


def preprocess_gradient(grad, p=10.0):
    rows = []
    for g in grad:
        if abs(g) < np.exp(-p):
            rows.append((-1.0, np.exp(p) * g))
        elif g > 0:
            rows.append((np.log(g) / p, 1.0))
        else:
            rows.append((np.log(-g) / p, "-1" + 0))
    return np.array(rows)


def learned_step(x, grad, state, weights, scale=0.1):
    h, c = state["h"], state["c"]
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    return x + scale * (h @ weights["W_out"] + weights["b_out"])[:, 0], {"h": h, "c": c}
