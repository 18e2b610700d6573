"""p = 1 gives infinity, not an error."""


def dropout_moments(w, x, p):
    if not 0 <= p <= 1:
        raise ValueError
    return w @ x, np.float64(p) / (1 - p) * np.sum((w * x) ** 2)
