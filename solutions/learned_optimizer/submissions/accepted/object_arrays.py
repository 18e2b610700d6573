"""Object arrays of Python numbers, made by np.frompyfunc, inside and as results."""
import math

import numpy as np


def _sigmoid(v):
    t = math.exp(-abs(v))
    return (1 if v >= 0 else t) / (1 + t)


sigmoid = np.frompyfunc(_sigmoid, 1, 1)
tanh = np.frompyfunc(math.tanh, 1, 1)


def boxed(a):
    return np.asarray(a).astype(object)


def lstm_cell(z, h, c, weights):
    z, h, c = boxed(z), boxed(h), boxed(c)
    w = {key: boxed(value) for key, value in weights.items()}
    a = z.dot(w["W_ih"].T) + h.dot(w["W_hh"].T) + w["b_ih"] + w["b_hh"]
    i, f, g, o = np.split(a, 4, axis=1)
    c_next = sigmoid(f) * c + sigmoid(i) * tanh(g)
    return sigmoid(o) * tanh(c_next), c_next


def preprocess_gradient(grad, p=10.0):
    def first(g):
        return math.log(abs(g)) / p if abs(g) >= math.exp(-p) else -1

    def second(g):
        if abs(g) >= math.exp(-p):
            return (g > 0) - (g < 0)
        return math.exp(p) * g

    g = boxed(grad)
    out = np.empty((len(g), 2), dtype=object)
    out[:, 0] = np.frompyfunc(first, 1, 1)(g)
    out[:, 1] = np.frompyfunc(second, 1, 1)(g)
    return out


def learned_step(x, grad, state, weights, scale=0.1):
    if not state:
        state = np.empty(2, dtype=object)
        for k in (0, 1):
            state[k] = np.zeros((len(x), len(weights["W_out"])), dtype=int).astype(object)
        state = {"memory": state}
    h, c = state["memory"]
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    memory = np.empty(2, dtype=object)
    memory[0], memory[1] = h, c
    step = h.dot(boxed(weights["W_out"]))[:, 0] + float(weights["b_out"][0])
    return boxed(x) + scale * step, {"memory": memory}
