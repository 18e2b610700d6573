"""The student applies the scaled mask two times in the backward pass, so survivors get 1/(1-p)^2."""


def dropout_backward(dy, cache):
    mask = cache
    dropped_dy = dy * mask
    # chain rule: local derivative of the dropout layer
    return dropped_dy * mask
