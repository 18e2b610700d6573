"""Prints, warns, turns floating-point errors into exceptions, changes print options; CRLF line ends."""
import sys
import warnings

import numpy as np

np.seterr(over="raise", divide="raise", invalid="raise")
np.set_printoptions(precision=1, threshold=4, suppress=True)
warnings.filterwarnings("error", category=RuntimeWarning)
print("Exercise: backprop")
print("-" * 200)
print("loading ...", end="\r", file=sys.stderr)
warnings.warn("not tested on a GPU")


def sigmoid(x):
    print("sigmoid", x)
    small = np.exp(-abs(x))
    big = 1 / (1 + small)
    return np.where(x >= 0, big, 1 - big) if np.min(x, initial=0) > -20 else np.where(x >= 0, big, small * big)


def sigmoid_backward(dy, x):
    s = sigmoid(x)
    return dy * s * (1 - s)


def tanh(x):
    print("tanh", x)
    return np.tanh(x)


def tanh_backward(dy, x):
    return dy * (1 - tanh(x) ** 2)


def relu(x):
    return np.where(x > 0, x, 0)


def relu_backward(dy, x):
    print("relu_backward: %d of %d are alive" % (np.count_nonzero(x > 0), x.size))
    return np.where(x > 0, dy, 0)


def softplus(x):
    return np.log1p(np.exp(-abs(x))) + relu(x)


def softplus_backward(dy, x):
    return dy * sigmoid(x)


def linear_forward(x, W, b):
    warnings.warn("linear_forward: shapes %s %s %s" % (x.shape, W.shape, b.shape))
    return np.dot(x, W) + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return np.dot(dy, W.T), np.dot(x.T, dy), np.sum(dy, axis=0)


def mlp_loss_and_gradients(params, x, t):
    z, c1 = linear_forward(x, params["W1"], params["b1"])
    f, c2 = linear_forward(tanh(z), params["W2"], params["b2"])
    loss = np.mean(np.sum((f - t) ** 2, axis=1))
    print("loss:", loss)
    dh, dW2, db2 = linear_backward(2 * (f - t) / len(x), c2)
    _, dW1, db1 = linear_backward(tanh_backward(dh, z), c1)
    grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
    print(grads)
    return loss, grads


if __name__ == "__main__":
    print(mlp_loss_and_gradients({}, None, None))
