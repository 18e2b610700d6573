"""np.piecewise and np.vectorize (with signatures too); a cell for one unit, a step for one coordinate."""
import math

import numpy as np


def sigmoid(a):
    return np.piecewise(a, [a < 0], [lambda t: np.exp(t) / (1 + np.exp(t)), lambda t: 1 / (1 + np.exp(-t))])


@np.vectorize
def _remember(i, f, g, c):
    return f * c + i * g


_row_times_matrix = np.vectorize(np.dot, signature="(m,n),(n)->(m)", excluded=[])


def lstm_cell(z, h, c, weights):
    a = _row_times_matrix(weights["W_ih"], z) + _row_times_matrix(weights["W_hh"], h)
    a = np.apply_along_axis(lambda row: row + weights["b_ih"] + weights["b_hh"], 1, a)
    H = h.shape[1]
    i, f, o = (sigmoid(np.take(a, np.arange(H) + k * H, axis=1)) for k in (0, 1, 3))
    g = np.tanh(np.take(a, np.arange(2 * H, 3 * H), axis=1))
    c = _remember(i, f, g, c)
    return o * np.tanh(c), c


def preprocess_gradient(grad, p=10.0):
    grad = np.asarray(grad, dtype=float)
    limit = math.exp(-p)
    first = np.piecewise(grad, [np.abs(grad) >= limit], [lambda g: np.log(np.abs(g)) / p, -1])
    second = np.piecewise(grad, [grad >= limit, grad <= -limit], [1, -1, lambda g: math.exp(p) * g])
    return np.dstack([first, second])[0]


def learned_step(x, grad, state, weights, scale=0.1):
    if isinstance(state, dict):
        state = np.zeros((len(x), 2, weights["W_out"].shape[0]))

    def one(point, g, memory):
        h, c = lstm_cell(preprocess_gradient(np.array([g])), memory[:1], memory[1:], weights)
        return point + scale * (h @ weights["W_out"] + weights["b_out"])[0, 0], np.vstack([h, c])

    return np.vectorize(one, signature="(),(),(s,h)->(),(s,h)")(x, grad, state)
