"""Forgets that survivors are scaled up, in the mean."""


def dropout_moments(w, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return (1 - p) * (w @ x), p / (1 - p) * np.sum((w * x) ** 2)
