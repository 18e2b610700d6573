"""Refuses with a TypeError, which is no ValueError."""


def max_norm(W, c):
    if c <= 0:
        raise TypeError("c must be positive")
    n = np.linalg.norm(W, axis=0)
    return W * np.where(n > c, c / np.where(n > c, n, 1), 1)
