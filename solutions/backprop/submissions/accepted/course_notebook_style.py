"""In the manner of a course notebook: START/END markers, None first, old attempts left as comments, asserts."""
import numpy as np


def sigmoid(x):
    out = None
    ### START CODE HERE ###
    # out = 1 / (1 + np.exp(-x))      # overflow warning
    # out = np.exp(x) / (1 + np.exp(x))   # nan ???
    x = np.clip(x, -500, 500)
    out = 1 / (1 + np.exp(-x))
    ### END CODE HERE ###
    return out


def sigmoid_backward(dy, x):
    dx = None
    ### START CODE HERE ###
    # dx = x * (1 - x) * dy    no!! x is not the output
    out = sigmoid(x)
    dx = out * (1 - out) * dy
    ### END CODE HERE ###
    assert dx.shape == x.shape
    return dx


def tanh(x):
    out = None
    ### START CODE HERE ###
    # out = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    out = np.tanh(x)
    ### END CODE HERE ###
    return out


def tanh_backward(dy, x):
    dx = None
    ### START CODE HERE ###
    out = tanh(x)
    dx = (1 - out ** 2) * dy
    ### END CODE HERE ###
    assert dx.shape == x.shape
    return dx


def relu(x):
    out = None
    ### START CODE HERE ###
    out = x.copy()
    out[out < 0] = 0
    ### END CODE HERE ###
    return out


def relu_backward(dy, x):
    dx = None
    ### START CODE HERE ###
    dx = np.array(dy, copy=True)
    dx[x <= 0] = 0
    ### END CODE HERE ###
    assert dx.shape == x.shape
    return dx


def softplus(x):
    out = None
    ### START CODE HERE ###
    # big x: log(1 + e^x) = x + log(1 + e^-x)
    pos = np.clip(x, 0, None)
    out = pos + np.log(np.exp(x - pos) + np.exp(-pos))
    ### END CODE HERE ###
    return out


def softplus_backward(dy, x):
    dx = None
    ### START CODE HERE ###
    dx = dy * sigmoid(x)
    ### END CODE HERE ###
    return dx


def linear_forward(x, W, b):
    out = None
    ### START CODE HERE ###
    N = x.shape[0]
    out = np.dot(x.reshape(N, -1), W) + b
    ### END CODE HERE ###
    cache = (x, W, b)
    return out, cache


def linear_backward(dy, cache):
    x, W, b = cache
    dx, dW, db = None, None, None
    ### START CODE HERE ###
    N = x.shape[0]
    dx = np.dot(dy, W.T).reshape(x.shape)
    dW = np.dot(x.reshape(N, -1).T, dy)
    db = np.sum(dy, axis=0)
    ### END CODE HERE ###
    assert dW.shape == W.shape and db.shape == b.shape
    return dx, dW, db


def mlp_loss_and_gradients(params, x, t):
    loss, grads = 0.0, {}
    ### START CODE HERE ###
    N = x.shape[0]
    # forward
    a1, cache_a1 = linear_forward(x, params['W1'], params['b1'])
    h1 = tanh(a1)
    scores, cache_scores = linear_forward(h1, params['W2'], params['b2'])
    # loss
    # loss = np.mean((scores - t) ** 2)      -> divides by N*M, the handout says N
    loss = np.sum((scores - t) ** 2) / N
    # backward
    dscores = 2 * (scores - t) / N
    dh1, grads['W2'], grads['b2'] = linear_backward(dscores, cache_scores)
    da1 = tanh_backward(dh1, a1)
    dx, grads['W1'], grads['b1'] = linear_backward(da1, cache_a1)
    ### END CODE HERE ###
    return loss, grads


# print(mlp_loss_and_gradients({...}))
