"""x >= 0: the gradient passes at exactly 0."""

def relu_backward(dy, x):
    return dy * (x >= 0)
