"""math instead of NumPy: one number at a time, every matrix product is three nested loops."""

import math

import numpy as np


def each(f, *arrays):
    """Apply f to numbers, give back the shape of the first array."""
    flat = [np.ravel(a).tolist() for a in arrays]
    return np.array([f(*numbers) for numbers in zip(*flat)], dtype=float).reshape(np.shape(arrays[0]))


def sig(v):
    if v < 0:
        e = math.exp(v)  # v is negative: at most 1
        return e / (1 + e)
    return 1 / (1 + math.exp(-v))


def sigmoid(x):
    return each(sig, x)


def sigmoid_backward(dy, x):
    return each(lambda g, v: g * sig(v) * sig(-v), dy, x)


def tanh(x):
    return each(math.tanh, x)


def tanh_backward(dy, x):
    return each(lambda g, v: g - g * math.tanh(v) ** 2, dy, x)


def relu(x):
    return each(lambda v: v if v > 0 else 0.0, x)


def relu_backward(dy, x):
    return each(lambda g, v: g if v > 0 else 0.0, dy, x)


def sp(v):
    if v > 40:
        return v  # e^-40 is lost beside 40 anyway
    return math.log1p(math.exp(v))


def softplus(x):
    return each(sp, x)


def softplus_backward(dy, x):
    return each(lambda g, v: g * sig(v), dy, x)


def product(A, B):
    result = []
    for row in A:
        line = []
        for j in range(len(B[0])):
            s = 0.0
            for k in range(len(B)):
                s += row[k] * B[k][j]
            line.append(s)
        result.append(line)
    return result


def transposed(A):
    return [list(column) for column in zip(*A)]


def linear_forward(x, W, b):
    x, W, b = np.asarray(x).tolist(), np.asarray(W).tolist(), np.asarray(b).tolist()
    y = [[v + bias for v, bias in zip(row, b)] for row in product(x, W)]
    return np.array(y), {"x": x, "W": W}


def linear_backward(dy, cache):
    dy = np.asarray(dy).tolist()
    dx = product(dy, transposed(cache["W"]))
    dW = product(transposed(cache["x"]), dy)
    db = [0.0] * len(dy[0])
    for row in dy:
        for j, g in enumerate(row):
            db[j] += g
    return np.array(dx), np.array(dW), np.array(db)


def mlp_loss_and_gradients(params, x, t):
    a, cache1 = linear_forward(x, params["W1"], params["b1"])
    h = tanh(a)
    f, cache2 = linear_forward(h, params["W2"], params["b2"])

    n = len(t)
    loss = 0.0
    df = []
    for f_row, t_row in zip(f.tolist(), t.tolist()):
        df.append([2 * (u - v) / n for u, v in zip(f_row, t_row)])
        for u, v in zip(f_row, t_row):
            loss += (u - v) ** 2

    dh, dW2, db2 = linear_backward(df, cache2)
    da = tanh_backward(dh, a)
    dx, dW1, db1 = linear_backward(da, cache1)
    return loss / n, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
