"""The square of the sum."""


def dropout_moments(w, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return w @ x, p / (1 - p) * (w @ x) ** 2
