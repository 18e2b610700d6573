"""The state is the history of all gradients, replayed from zero in every step; features by clipping, no cases."""
import functools

import numpy as np


def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)


def lstm_cell(z, h, c, weights):
    a = np.add.reduce([z @ weights["W_ih"].T, h @ weights["W_hh"].T,
                       np.broadcast_to(weights["b_ih"], (len(z), 4 * h.shape[1])),
                       np.broadcast_to(weights["b_hh"], (len(z), 4 * h.shape[1]))])
    i, f, g, o = np.moveaxis(a.reshape(len(z), 4, -1), 1, 0)
    # a convex combination in disguise: f c + i g with g = 2 sigmoid(2 g) - 1
    c_next = sigmoid(f) * c + sigmoid(i) * (2 * sigmoid(2 * g) - 1)
    return sigmoid(o) * (2 * sigmoid(2 * c_next) - 1), c_next


def preprocess_gradient(grad, p=10.0):
    # log|g|/p >= -1 is the same as |g| >= exp(-p), and there exp(p)|g| >= 1: both columns are clipped at 1
    with np.errstate(divide="ignore"):
        first = np.fmax(np.log(np.abs(grad)) / p, -1)
    return np.transpose([first, np.clip(np.exp(p) * grad, -1, 1)])


def learned_step(x, grad, state, weights, scale=0.1):
    history = list(state.get("history", ())) + [(grad.copy(), weights)]
    zero = np.zeros((x.size, weights["W_out"].size))
    h, _ = functools.reduce(
        lambda hc, past: lstm_cell(preprocess_gradient(past[0]), *hc, past[1]), history, (zero, zero))
    return x + scale * (h @ weights["W_out"] + weights["b_out"]).squeeze(1), {"history": history}
