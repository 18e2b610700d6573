"""wd shrinks the gradient, not the weights."""


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return x - lr * (1 - wd) * grad, state
