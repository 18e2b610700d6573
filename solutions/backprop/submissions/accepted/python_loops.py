"""Plain Python loops over single elements, math instead of NumPy functions."""
import math

import numpy as np


def sigmoid(x):
    y = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        if x[i] >= 0:
            y[i] = 1.0 / (1.0 + math.exp(-x[i]))
        else:
            y[i] = math.exp(x[i]) / (1.0 + math.exp(x[i]))
    return y


def sigmoid_backward(dy, x):
    dx = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        e = math.exp(-abs(x[i]))
        dx[i] = dy[i] * e / (1.0 + e) ** 2
    return dx


def tanh(x):
    y = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        y[i] = math.tanh(x[i])
    return y


def tanh_backward(dy, x):
    dx = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        dx[i] = dy[i] * (1.0 - math.tanh(x[i]) * math.tanh(x[i]))
    return dx


def relu(x):
    y = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        if x[i] > 0:
            y[i] = x[i]
    return y


def relu_backward(dy, x):
    dx = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        if x[i] > 0:
            dx[i] = dy[i]
    return dx


def softplus(x):
    y = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        y[i] = max(x[i], 0.0) + math.log1p(math.exp(-abs(x[i])))
    return y


def softplus_backward(dy, x):
    dx = sigmoid(x)
    for i in np.ndindex(*x.shape):
        dx[i] = dx[i] * dy[i]
    return dx


def linear_forward(x, W, b):
    N, D = x.shape
    M = W.shape[1]
    y = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            s = b[m]
            for d in range(D):
                s += x[n, d] * W[d, m]
            y[n, m] = s
    return y, [x, W, b]


def linear_backward(dy, cache):
    x, W, b = cache
    dx, dW, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(b.shape)
    for n in range(dy.shape[0]):
        for m in range(dy.shape[1]):
            db[m] += dy[n, m]
            for d in range(W.shape[0]):
                dx[n, d] += dy[n, m] * W[d, m]
                dW[d, m] += dy[n, m] * x[n, d]
    return dx, dW, db


def mlp_loss_and_gradients(params, x, t):
    grads = {}
    for name in params:
        grads[name] = np.zeros(params[name].shape)
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    N, D = x.shape
    H, M = W2.shape
    loss = 0.0
    for n in range(N):
        h = []
        for j in range(H):
            z = b1[j]
            for d in range(D):
                z += x[n, d] * W1[d, j]
            h.append(math.tanh(z))
        dh = [0.0] * H
        for m in range(M):
            f = b2[m]
            for j in range(H):
                f += h[j] * W2[j, m]
            r = f - t[n, m]
            loss += r * r / N
            df = 2.0 * r / N
            grads["b2"][m] += df
            for j in range(H):
                grads["W2"][j, m] += df * h[j]
                dh[j] += df * W2[j, m]
        for j in range(H):
            dz = dh[j] * (1.0 - h[j] ** 2)
            grads["b1"][j] += dz
            for d in range(D):
                grads["W1"][d, j] += dz * x[n, d]
    return loss, grads
