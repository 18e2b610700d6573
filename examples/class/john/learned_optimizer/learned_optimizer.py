# learned optimizer, john
import numpy as np


def s(x):
    return 1 / (1 + np.exp(-x))


def lstm_cell(z, h, c, weights):
    W_ih, W_hh, b_ih, b_hh = weights["W_ih"], weights["W_hh"], weights["b_ih"], weights["b_hh"]
    i, f, g, o = np.split(z @ W_ih.T + h @ W_hh.T + b_ih + b_hh, 4, axis=1)
    c = s(f) * c + s(i) * np.tanh(g)
    h = s(o) * np.tanh(c)
    return c, h


def preprocess_gradient(grad, p=10.0):
    rows = []
    for g in grad:
        if abs(g) >= np.exp(-p):
            rows.append([np.log(abs(g)) / p, np.sign(g)])
        else:
            rows.append([-1.0, np.exp(p) * g])
    return rows


def learned_step(x, grad, state, weights, scale=0.1):
    K = len(x)
    H = len(weights["W_out"])
    if "h" not in state:
        state = {"h": np.zeros((K, H)), "c": np.zeros((K, H))}
    c, h = lstm_cell(np.array(preprocess_gradient(grad)), state["h"], state["c"], weights)
    update = h @ weights["W_out"] + weights["b_out"]
    return x.reshape(K, 1) + scale * update, {"h": h, "c": c}
