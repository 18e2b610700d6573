"""The decay is not multiplied by lr."""


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return (1 - wd) * x - lr * grad, state
