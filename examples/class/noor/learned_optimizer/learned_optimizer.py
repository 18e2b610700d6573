"""float32, as the weights of such a network would be stored; h and c stay float32 in the state."""

import numpy as np

F = np.float32


def _sig(a):
    return np.reciprocal(F(1) + np.exp(-a))


def lstm_cell(z, h, c, weights):
    w = {k: np.asarray(v, F) for k, v in weights.items()}
    z, h, c = (np.asarray(a, F) for a in (z, h, c))
    n = h.shape[1]
    a = z @ w["W_ih"].T + h @ w["W_hh"].T + (w["b_ih"] + w["b_hh"])
    i, f = _sig(a[:, :n]), _sig(a[:, n : 2 * n])
    g, o = np.tanh(a[:, 2 * n : 3 * n]), _sig(a[:, 3 * n :])
    c = f * c + i * g
    return o * np.tanh(c), c


def preprocess_gradient(grad, p=10.0):
    g = np.asarray(grad, F)
    out = np.empty((len(g), 2), dtype=F)
    big = np.abs(grad) >= np.exp(-p)
    out[big, 0] = np.log(np.abs(g[big])) / F(p)
    out[big, 1] = np.sign(g[big])
    out[~big, 0] = -1
    out[~big, 1] = F(np.exp(p)) * g[~big]
    return out


def learned_step(x, grad, state, weights, scale=0.1):
    K, H = len(x), len(weights["W_out"])
    h = state.get("h", np.zeros((K, H), F))
    c = state.get("c", np.zeros((K, H), F))
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    out = h @ np.asarray(weights["W_out"], F) + np.asarray(weights["b_out"], F)
    return np.asarray(x, F) + F(scale) * out.ravel(), {"h": h, "c": c}
