"""Shrinks smoothly: c·tanh(n/c) in the place of the smaller one of n and c."""


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    n = np.linalg.norm(W, axis=0)
    return W * np.where(n > 0, c * np.tanh(n / c) / np.where(n > 0, n, 1), 1)
