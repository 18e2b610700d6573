"""Loops over len(x)."""


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return np.array([x[i] - lr * (grad[i] + wd * x[i]) for i in range(len(x))]), state
