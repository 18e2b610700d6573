"""Inputs, hidden state and a 1 are one vector, weights and biases one matrix; coordinates are columns."""
import numpy as np


def stacked(weights):
    return np.block([weights["W_ih"], weights["W_hh"], (weights["b_ih"] + weights["b_hh"])[:, np.newaxis]])


def columns_through_cell(zc, hc, cc, big):
    """All arguments have one column a coordinate."""
    H = hc.shape[0]
    a = big @ np.vstack([zc, hc, np.ones((1, zc.shape[1]))])
    # sigmoid(v) = (1 + tanh(v/2)) / 2: with the right factors one tanh does all four gates
    factor = np.repeat([0.5, 0.5, 1.0, 0.5], H)[:, None]
    t = np.tanh(factor * a)
    g = t[2 * H:3 * H]
    i, f, o = ((1 + t[k * H:(k + 1) * H]) / 2 for k in (0, 1, 3))
    cc = f * cc + i * g
    return np.asfortranarray(o * np.tanh(cc)), np.asfortranarray(cc)


def lstm_cell(z, h, c, weights):
    hc, cc = columns_through_cell(z.T, h.T, c.T, stacked(weights))
    return hc.T, cc.T


def preprocess_gradient(grad, p=10.0):
    table = np.vstack([np.log(np.abs(grad)) / p, np.sign(grad), np.full(grad.shape, -1.0), np.exp(p) * grad])
    start = np.where(np.abs(grad) >= np.exp(-p), 0, 2)
    return table[[start, start + 1], np.arange(len(grad))].T


def learned_step(x, grad, state, weights, scale=0.1):
    H = weights["W_out"].shape[0]
    memory = state["memory"] if state else np.zeros((2 * H, len(x)), order="F")
    h, c = columns_through_cell(preprocess_gradient(grad).T, memory[:H], memory[H:], stacked(weights))
    head = np.append(weights["W_out"], weights["b_out"])
    return x + head @ np.vstack([scale * h, scale * np.ones(len(x))]), {"memory": np.vstack([h, c])}
