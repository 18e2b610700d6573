"""A gradient without axes can't be reshaped so."""

_right = adam


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    grad = grad.reshape(*x.shape)
    return _right(x, grad, state, lr, beta1, beta2, eps, bias_correction)
