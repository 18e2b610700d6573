"""A column that is too long is thrown away."""


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    return W * (np.linalg.norm(W, axis=0) <= c)
