"""Copies first, then only augmented assignments and out= arguments; no argument is touched, the old state neither."""
from copy import deepcopy

import numpy as np


def lstm_cell(z, h, c, weights):
    w = deepcopy(dict(weights))
    h_next, c_next = np.array(h, copy=True), c.copy()
    gate = {}
    for name, wi, wh, bi, bh in zip("ifgo", *(np.split(w[k], 4) for k in ("W_ih", "W_hh", "b_ih", "b_hh"))):
        a = np.matmul(z, wi.T)
        a += np.matmul(h, wh.T)
        bi += bh
        a += bi
        if name == "g":
            np.tanh(a, out=a)
        else:
            # sigmoid(a) = (tanh(a/2) + 1) / 2
            a *= 0.5
            np.tanh(a, out=a)
            a += 1
            a *= 0.5
        gate[name] = a
    c_next *= gate["f"]
    gate["g"] *= gate["i"]
    c_next += gate["g"]
    h_next[...] = c_next
    np.tanh(h_next, out=h_next)
    h_next *= gate["o"]
    return h_next, c_next


def preprocess_gradient(grad, p=10.0):
    out = np.column_stack((grad, grad)).copy()
    first, second = out.T
    second *= np.exp(p)
    np.abs(first, out=first)
    at_least = first >= np.exp(-p)
    np.log(first, out=first, where=at_least)
    first /= p
    first[np.logical_not(at_least)] = -1
    second[at_least] /= np.abs(second[at_least])
    return out


def learned_step(x, grad, state, weights, scale=0.1):
    state = deepcopy(state)
    if len(state) == 0:
        state = {"h": np.zeros((x.shape[0], weights["W_out"].shape[0]))}
        state["c"] = state["h"].copy()
    state["h"], state["c"] = lstm_cell(preprocess_gradient(grad.copy()), state["h"], state["c"], weights)
    new = x.copy()
    update = state["h"] @ weights["W_out"]
    update += weights["b_out"]
    update *= scale
    new += update.ravel()
    return new, state
