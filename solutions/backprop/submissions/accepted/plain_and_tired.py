"""What a tired but competent student hands in: textbook formulas, overflow warnings and all."""
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_backward(dy, x):
    s = sigmoid(x)
    return dy * s * (1 - s)


def tanh(x):
    return np.tanh(x)


def tanh_backward(dy, x):
    return dy * (1 - np.tanh(x) ** 2)


def relu(x):
    return np.maximum(0, x)


def relu_backward(dy, x):
    return dy * (x > 0)


def softplus(x):
    # log(1 + exp(x)) was inf for big x
    return np.logaddexp(0, x)


def softplus_backward(dy, x):
    return dy * sigmoid(x)


def linear_forward(x, W, b):
    y = x @ W + b
    return y, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    dx = dy @ W.T
    dW = x.T @ dy
    db = dy.sum(axis=0)
    return dx, dW, db


def mlp_loss_and_gradients(params, x, t):
    N = x.shape[0]
    z1, cache1 = linear_forward(x, params["W1"], params["b1"])
    h = tanh(z1)
    f, cache2 = linear_forward(h, params["W2"], params["b2"])
    loss = np.sum((f - t) ** 2) / N

    df = 2 * (f - t) / N
    dh, dW2, db2 = linear_backward(df, cache2)
    dz1 = tanh_backward(dh, z1)
    _, dW1, db1 = linear_backward(dz1, cache1)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
