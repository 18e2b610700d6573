"""A scale of 0 is taken for a missing one."""

_right = learned_step


def learned_step(x, grad, state, weights, scale=None):
    return _right(x, grad, state, weights, scale or 0.1)
