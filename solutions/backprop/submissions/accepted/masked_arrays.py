"""Masked arrays do the case distinctions, and masked arrays (with an empty mask) come back."""
import numpy as np
import numpy.ma as ma


def _pick(condition, where_true, where_false):
    """Hide where_false under a mask and fill the holes."""
    kept = ma.masked_array(where_true, mask=np.logical_not(condition))
    return ma.asarray(np.where(ma.getmaskarray(kept), where_false, ma.getdata(kept)))


def sigmoid(x):
    e = np.exp(-abs(x))
    return _pick(x >= 0, 1 / (1 + e), e / (1 + e))


def tanh(x):
    return np.tanh(ma.masked_array(x))


def relu(x):
    return ma.asarray(ma.filled(ma.masked_less_equal(x, 0, copy=True), 0))


def softplus(x):
    e = np.log1p(np.exp(-np.abs(x)))
    return _pick(x > 0, x + e, e)


def sigmoid_backward(dy, x):
    s = sigmoid(x)
    return dy * s * (1 - s)


def tanh_backward(dy, x):
    s = np.tanh(x)
    return ma.masked_array(dy * (1 - s * s))


def relu_backward(dy, x):
    alive = ma.masked_array(dy, mask=(x <= 0))
    return ma.masked_array(alive.filled(0.0))


def softplus_backward(dy, x):
    return dy * sigmoid(x)


def linear_forward(x, W, b):
    return ma.masked_array(ma.dot(x, W) + b), (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return ma.dot(dy, W.T), ma.dot(x.T, dy), ma.masked_array(dy).sum(axis=0)


def mlp_loss_and_gradients(params, x, t):
    z = ma.dot(x, params["W1"]) + params["b1"]
    h = np.tanh(z)
    r = ma.dot(h, params["W2"]) + params["b2"] - t
    d2 = 2 * r / len(x)
    d1 = ma.dot(d2, params["W2"].T) * (1 - h ** 2)
    grads = {"W1": ma.dot(x.T, d1), "b1": d1.sum(axis=0), "W2": ma.dot(h.T, d2), "b2": d2.sum(axis=0)}
    return (r ** 2).sum() / len(x), grads
