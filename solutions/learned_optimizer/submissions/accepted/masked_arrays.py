"""Masked arrays do the case distinctions, and masked arrays (with nothing masked any more) come back."""
import numpy as np
import numpy.ma as ma


def sigmoid(a):
    right = ma.masked_less(a, 0)
    left = ma.masked_greater_equal(a, 0)
    e = ma.exp(left)
    return ma.array(ma.where(ma.getmaskarray(left), 1 / (1 + ma.exp(-right)), e / (1 + e)))


def lstm_cell(z, h, c, weights):
    a = ma.array(z @ weights["W_ih"].T + weights["b_ih"] + h @ weights["W_hh"].T + weights["b_hh"])
    n = a.shape[1] // 4
    i, f, g, o = a[:, :n], a[:, n:2 * n], a[:, 2 * n:-n], a[:, -n:]
    c_next = sigmoid(f) * c + sigmoid(i) * ma.tanh(g)
    h_next = sigmoid(o) * ma.tanh(c_next)
    return ma.array(h_next.filled(np.nan)), ma.array(c_next.filled(np.nan))


def preprocess_gradient(grad, p=10.0):
    large = ma.masked_where(np.abs(grad) < np.exp(-p), grad)
    small = ma.masked_where(~ma.getmaskarray(large), grad)
    size = (ma.log(abs(large)) / p).filled(-1)
    side = (large / abs(large)).filled(0) + (small * np.exp(p)).filled(0)
    return ma.stack([ma.array(size), ma.array(side)], axis=1)


def learned_step(x, grad, state, weights, scale=0.1):
    h = state.get("h", ma.zeros((len(x), weights["W_hh"].shape[1])))
    c = state.get("c", ma.zeros((len(x), weights["W_hh"].shape[1])))
    h, c = lstm_cell(preprocess_gradient(grad).data, h.data, c.data, weights)
    step = ma.dot(h, weights["W_out"]) + weights["b_out"]
    return ma.array(x) + scale * step.compressed(), {"h": h, "c": c}
