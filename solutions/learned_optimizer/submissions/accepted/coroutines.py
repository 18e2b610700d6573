"""The state is a list of running coroutines, one a coordinate: weights and gradient are sent in, the step comes out."""
from itertools import repeat

import numpy as np


def _squash(v):
    return np.exp(np.minimum(v, 0)) / (1 + np.exp(-np.abs(v)))


def _gates(z, h, weights):
    names = ("W_ih", "b_ih", "W_hh", "b_hh")
    for number, function in enumerate((_squash, _squash, np.tanh, _squash)):
        W, b, U, d = (weights[name].reshape(4, h.shape[-1], -1)[number] for name in names)
        yield function(z @ W.T + h @ U.T + b.ravel() + d.ravel())


def lstm_cell(z, h, c, weights):
    gates = _gates(z, h, weights)
    written = next(gates)
    kept = next(gates) * c
    c_next = kept + written * next(gates)
    return [np.tanh(c_next) * next(gates), c_next]


def _pairs(grad, p):
    for g in grad:
        if np.abs(g) >= np.exp(-p):
            yield np.log(np.abs(g)) / p
            yield np.sign(g)
        else:
            yield from (-1.0, np.exp(p) * g)


def preprocess_gradient(grad, p=10.0):
    return np.fromiter(_pairs(grad, p), dtype=float, count=2 * len(grad)).reshape(-1, 2)


def _coordinate(hidden):
    h = c = np.zeros((1, hidden))
    step = None
    while True:
        g, weights = yield step
        h, c = lstm_cell(preprocess_gradient([g]), h, c, weights)
        step = (h @ weights["W_out"] + weights["b_out"]).item()


def learned_step(x, grad, state, weights, scale=0.1):
    if isinstance(state, dict):
        state = [_coordinate(len(weights["W_out"])) for _ in x]
        for coordinate in state:
            next(coordinate)
    steps = (coordinate.send(message) for coordinate, message in zip(state, zip(grad, repeat(weights))))
    return np.array([v + scale * s for v, s in zip(x, steps)]), state
