"""Grows."""


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return x * (1 + lr * wd) - lr * grad, state
