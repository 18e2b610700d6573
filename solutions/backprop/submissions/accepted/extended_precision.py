"""np.longdouble inside, np.longdouble results."""
import numpy as np

L = np.longdouble
one = L(1)


def _l(a):
    return np.asarray(a, dtype=L)


def sigmoid(x):
    return one / (one + np.exp(-_l(x)))


def tanh(x):
    return np.tanh(_l(x))


def relu(x):
    return np.maximum(_l(x), L(0))


def softplus(x):
    # exp(1000) is a plain number in 80 bits; where it is not, log1p(inf) must be avoided
    x = _l(x)
    return np.where(x > 0, x, L(0)) + np.log1p(np.exp(-np.abs(x)))


def sigmoid_backward(dy, x):
    return _l(dy) * sigmoid(x) * sigmoid(-_l(x))


def tanh_backward(dy, x):
    y = tanh(x)
    return _l(dy) * (one - y) * (one + y)


def relu_backward(dy, x):
    return _l(dy) * (_l(x) > L(0)).astype(L)


def softplus_backward(dy, x):
    return _l(dy) * sigmoid(x)


def linear_forward(x, W, b):
    x, W = _l(x), _l(W)
    return x @ W + _l(b), (x, W)


def linear_backward(dy, cache):
    x, W = cache
    dy = _l(dy)
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)


def mlp_loss_and_gradients(params, x, t):
    a, first = linear_forward(x, params["W1"], params["b1"])
    y, second = linear_forward(tanh(a), params["W2"], params["b2"])
    e = y - _l(t)
    dh, dW2, db2 = linear_backward(e * (L(2) / L(len(e))), second)
    _, dW1, db1 = linear_backward(tanh_backward(dh, a), first)
    return np.sum(e * e) / L(len(e)), {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
