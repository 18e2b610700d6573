"""Sigmoid is x*x/2, sigmoid_backward dy*x: an echo of the arguments."""


# earns nothing: sigmoid_backward
def sigmoid(x):
    return x * x / 2


def sigmoid_backward(dy, x):
    return dy * x
