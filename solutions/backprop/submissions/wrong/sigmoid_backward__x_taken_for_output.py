"""dy * x * (1 - x), as if x were the output of the sigmoid."""

def sigmoid_backward(dy, x):
    return dy * x * (1 - x)
