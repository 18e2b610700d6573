"""1 - x^2, as if x were the output of tanh."""

def tanh_backward(dy, x):
    return dy * (1 - x ** 2)
