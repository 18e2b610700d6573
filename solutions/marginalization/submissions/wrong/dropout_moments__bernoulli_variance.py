"""p(1 − p), as for zeros and ones."""


def dropout_moments(w, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return w @ x, p * (1 - p) * np.sum((w * x) ** 2)
