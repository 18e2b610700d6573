"""The state is a coroutine that keeps h and c in its local variables."""
import numpy as np


def _sigmoid(a):
    return np.exp(-np.logaddexp(0, -a))


def lstm_cell(z, h, c, weights):
    pre = np.matmul(z, weights["W_ih"].T) + np.matmul(h, weights["W_hh"].T)
    pre += weights["b_ih"] + weights["b_hh"]
    H = pre.shape[1] // 4
    i = _sigmoid(pre[:, :H])
    f = _sigmoid(pre[:, H:2 * H])
    g = np.tanh(pre[:, 2 * H:3 * H])
    o = _sigmoid(pre[:, 3 * H:])
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next


def preprocess_gradient(grad, p=10.0):
    out = np.column_stack([np.full(len(grad), -1.0), np.exp(p) * grad])
    big = np.flatnonzero(np.abs(grad) >= np.exp(-p))
    out[big, 0] = np.log(np.abs(grad[big])) / p
    out[big, 1] = np.sign(grad[big])
    return out


def _optimiser(K, H):
    h = np.zeros((K, H))
    c = np.zeros((K, H))
    x_next = None
    while True:
        x, grad, weights, scale = yield x_next
        h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
        x_next = x + scale * (h @ weights["W_out"] + weights["b_out"])[:, 0]


def learned_step(x, grad, state, weights, scale=0.1):
    if isinstance(state, dict):
        state = _optimiser(len(x), weights["W_hh"].shape[1])
        next(state)
    return state.send((x, grad, weights, scale)), state
