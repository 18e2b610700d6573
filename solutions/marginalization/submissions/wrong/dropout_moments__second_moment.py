"""The second moment, from which nothing is subtracted."""


def dropout_moments(w, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return w @ x, np.sum((w * x) ** 2) / (1 - p)
