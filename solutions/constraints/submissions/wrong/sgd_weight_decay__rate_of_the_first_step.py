"""The rate is remembered from the first step."""


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    lr = state.setdefault("lr", lr)
    return x - lr * (grad + wd * x), state
