"""Also short columns get norm c; zeros are left alone."""


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    n = np.linalg.norm(W, axis=0)
    return c * W / np.where(n == 0, 1, n)
