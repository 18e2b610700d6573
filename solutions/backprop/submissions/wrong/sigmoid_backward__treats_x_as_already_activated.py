"""The student thinks x is the output of sigmoid and uses x(1 - x) as the derivative."""


def sigmoid_backward(dy, x):
    grad = x * (1.0 - x)
    return dy * grad
