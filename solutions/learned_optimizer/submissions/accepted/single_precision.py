"""float32 throughout: arguments are cast on entry, results and state stay float32."""
import numpy as np

F = np.float32
HALF = F(0.5)
ONE = F(1)


def cast(weights):
    return {name: np.asarray(w, dtype=F) for name, w in weights.items()}


def sigmoid(a):
    return HALF * np.tanh(HALF * a) + HALF


def lstm_cell(z, h, c, weights):
    z, h, c = (np.asarray(v, dtype=F) for v in (z, h, c))
    w = cast(weights)
    a = z @ w["W_ih"].T + h @ w["W_hh"].T + (w["b_ih"] + w["b_hh"])
    n = h.shape[1]
    c_next = sigmoid(a[:, n:2 * n]) * c + sigmoid(a[:, :n]) * np.tanh(a[:, 2 * n:3 * n])
    h_next = sigmoid(a[:, 3 * n:]) * np.tanh(c_next)
    return h_next, c_next


def preprocess_gradient(grad, p=10.0):
    g = np.asarray(grad, dtype=F)
    p = F(p)
    out = np.empty((g.size, 2), dtype=F)
    for row, v in zip(out, g):
        if abs(v) >= np.exp(-p):
            row[:] = np.log(abs(v)) / p, np.sign(v)
        else:
            row[:] = -ONE, np.exp(p) * v
    return out


def learned_step(x, grad, state, weights, scale=0.1):
    w = cast(weights)
    if not state:
        zero = np.zeros((len(x), w["W_hh"].shape[1]), dtype=F)
        state = {"h": zero, "c": zero}
    h, c = lstm_cell(preprocess_gradient(grad), state["h"], state["c"], w)
    step = (h @ w["W_out"] + w["b_out"])[:, 0]
    return np.asarray(x, dtype=F) + F(scale) * step, {"h": h, "c": c}
