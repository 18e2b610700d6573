"""Transposes everything to one example per column, as some courses do, and back at the end (results not contiguous)."""
import numpy as np


def sigmoid(x):
    A = x.T
    return (1 / (1 + np.exp(-A))).T


def tanh(x):
    return np.tanh(x.T).T


def relu(x):
    return np.maximum(0, x.T).T


def softplus(x):
    return np.logaddexp(0, x.T).T


def sigmoid_backward(dy, x):
    A = sigmoid(x).T
    return (dy.T * A * (1 - A)).T


def tanh_backward(dy, x):
    A = np.tanh(x).T
    return (dy.T * (1 - np.power(A, 2))).T


def relu_backward(dy, x):
    dZ = dy.T.copy()
    dZ[x.T <= 0] = 0
    return dZ.T


def softplus_backward(dy, x):
    return dy.T.T * sigmoid(x)


def linear_forward(x, W, b):
    A_prev, W, b = x.T, W.T, b.reshape(-1, 1)
    Z = np.dot(W, A_prev) + b
    return Z.T, (A_prev, W, b)


def linear_backward(dy, cache):
    A_prev, W, b = cache
    dZ = dy.T
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev.T, dW.T, db.ravel()


def mlp_loss_and_gradients(params, x, t):
    m = x.shape[0]
    X, Y = x.T, t.T
    W1, W2 = params["W1"].T, params["W2"].T
    b1, b2 = params["b1"][:, None], params["b2"][:, None]
    A1 = np.tanh(W1 @ X + b1)
    A2 = W2 @ A1 + b2
    cost = np.sum(np.square(A2 - Y)) / m
    dZ2 = 2 * (A2 - Y)
    dW2 = 1 / m * dZ2 @ A1.T
    db2 = 1 / m * np.sum(dZ2, axis=1)
    dZ1 = (W2.T @ dZ2) * (1 - A1 ** 2)
    dW1 = 1 / m * dZ1 @ X.T
    db1 = 1 / m * np.sum(dZ1, axis=1)
    return np.squeeze(cost), {"W1": dW1.T, "b1": db1, "W2": dW2.T, "b2": db2}
