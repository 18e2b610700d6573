"""A rate of 0 is taken for a missing one."""

def sgd(x, grad, state, lr):
    return x - (lr or 0.01) * grad, state
