"""One-dimensional parameters are taken for biases and do not decay."""


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    decay = wd * x if x.ndim != 1 else 0.0
    return x - lr * (grad + decay), state
