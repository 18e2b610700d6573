"""Only the upper end is checked."""


def dropout_moments(w, x, p):
    if p >= 1:
        raise ValueError
    return w @ x, p / (1 - p) * np.sum((w * x) ** 2)
