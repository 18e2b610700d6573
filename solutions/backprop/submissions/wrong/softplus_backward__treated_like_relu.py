"""Uses the step function, the derivative of ReLU."""

def softplus_backward(dy, x):
    return dy * (x > 0)
