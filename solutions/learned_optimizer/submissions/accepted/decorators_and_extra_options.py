"""Decorated functions, extra optional parameters, keyword-only switches, **kwargs that swallow the rest."""
import functools
import inspect

import numpy as np

CALLS = {}


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        CALLS[function.__name__] = CALLS.get(function.__name__, 0) + 1
        return function(*args, **kwargs)
    return wrapper


def finite(function):
    signature = inspect.signature(function)

    def wrapper(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        out = function(*bound.args, **bound.kwargs)
        assert np.all(np.isfinite(out[0])), "something exploded"
        return out
    return wrapper


def sigmoid(a, slope=1.0):
    return np.reciprocal(1 + np.exp(-slope * a))


@counted
@finite
def lstm_cell(z, h, c, weights, forget_bias=0.0, *, activation=np.tanh, order="ifgo", clip=None):
    a = np.dot(z, weights["W_ih"].T) + np.dot(h, weights["W_hh"].T) + (weights["b_ih"] + weights["b_hh"])
    gate = dict(zip(order, np.split(a, len(order), axis=1)))
    c = c * sigmoid(gate["f"] + forget_bias) + sigmoid(gate["i"]) * activation(gate["g"])
    if clip is not None:
        c = np.clip(c, -clip, clip)
    return sigmoid(gate["o"]) * activation(c), c


@counted
def preprocess_gradient(grad, p=10.0, *unused, floor=None, dtype=float, **ignored):
    if floor is None:
        floor = np.exp(-p)
    size = np.abs(grad)
    return np.array([
        np.select([size >= floor], [np.log(np.maximum(size, floor)) / p], default=-1),
        np.select([size >= floor], [np.sign(grad)], default=grad / floor),
    ], dtype=dtype).T


@finite
@counted
def learned_step(x, grad, state=None, weights=None, scale=0.1, p=10.0, *, cell=None, start=0.0, verbose=False, **more):
    cell = cell or functools.partial(lstm_cell, weights=weights)
    shape = len(x), weights["W_hh"].shape[-1]
    h, c = (state or {}).get("hc", (np.full(shape, start), np.full(shape, start)))
    h, c = cell(c=c, h=h, z=preprocess_gradient(p=p, grad=grad))
    if verbose:
        print(np.linalg.norm(h))
    update = h.dot(weights["W_out"]).T[0] + weights["b_out"]
    return np.add(x, np.multiply(scale, update)), {"hc": (h, c), **more}
