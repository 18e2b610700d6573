"""0/0 for a column of zeros."""


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    n = np.linalg.norm(W, axis=0)
    return W * np.minimum(n, c) / n
