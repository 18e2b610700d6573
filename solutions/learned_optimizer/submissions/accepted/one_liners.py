"""Lambdas and one-liners, walrus operators, hardly a statement."""
import numpy as np
s = lambda a: np.exp(-np.logaddexp(0, -a))
cell = lambda i, f, g, o, c: (s(o) * np.tanh(n := s(f) * c + s(i) * np.tanh(g)), n)
lstm_cell = lambda z, h, c, weights: cell(*np.hsplit(
    np.c_[z, h] @ np.c_[weights["W_ih"], weights["W_hh"]].T + weights["b_ih"] + weights["b_hh"], 4), c)
preprocess_gradient = lambda grad, p=10.0: np.array(
    [(np.log(m) / p, g / m) if (m := abs(g)) >= np.exp(-p) else (-1, g * np.exp(p)) for g in grad])
learned_step = lambda x, grad, state, weights, scale=0.1: (
    x + scale * (np.ravel((t := lstm_cell(preprocess_gradient(grad), *(state or [np.zeros((
        x.size, weights["W_out"].size))] * 2), weights))[0] @ weights["W_out"]) + weights["b_out"]), t)
