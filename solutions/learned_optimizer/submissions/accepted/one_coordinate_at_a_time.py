"""Coordinates and rows one by one, named tuples for pairs; scalars of all kinds: 0-d arrays, np.float32, int, bool."""
from collections import namedtuple

import numpy as np

Memory = namedtuple("Memory", "h_next c_next")
Result = namedtuple("Result", ["x_next", "state_next"])


def sigmoid(v):
    return np.float64(1) / (np.float64(1) + np.exp(-np.float64(v)))


def one_row(z, h, c, weights):
    H = h.size
    a = weights["W_ih"].dot(z) + weights["W_hh"].dot(h) + weights["b_ih"] + weights["b_hh"]
    new_h, new_c = np.zeros(H), np.zeros(H)
    for u in range(H):
        new_c[u] = sigmoid(a[u + H]) * c[u] + sigmoid(a[u]) * np.tanh(a[u + 2 * H])
        new_h[u] = sigmoid(a[u + 3 * H]) * np.tanh(new_c[u])
    return new_h, new_c


def lstm_cell(z, h, c, weights):
    rows = [one_row(*row, weights) for row in zip(z, h, c)]
    return Memory([row[0] for row in rows], tuple(row[1] for row in rows))


def preprocess_gradient(grad, p=10.0):
    rows = []
    for g in grad:
        if abs(g) < np.exp(-p):
            rows.append((-1, np.array(g * np.exp(p))))
        elif g > 0:
            rows.append((np.float32(np.log(g) / p), True))
        else:
            rows.append([np.array(np.log(-g) / p), -1])
    return rows


def learned_step(x, grad, state, weights, scale=0.1):
    new_x, new_state = [], {}
    for k in range(len(x)):
        # one entry per coordinate, the number of the coordinate is its key
        h, c = state.get(k, (np.zeros(len(weights["W_out"])),) * 2)
        z = np.array(preprocess_gradient([grad[k]])[0], dtype=float)
        h, c = one_row(z, h, c, weights)
        new_state[k] = (h, c)
        step = sum(h[u] * weights["W_out"][u, 0] for u in range(len(h))) + weights["b_out"][0]
        new_x.append(np.array(x[k] + scale * step) if k % 2 else float(x[k] + scale * step))
    return Result(x_next=new_x, state_next=new_state)
