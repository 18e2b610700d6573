"""Whole numbers: the copy is made with a dtype that cuts off decimals."""


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    out = np.zeros(W.shape, dtype=int)
    n = np.linalg.norm(W, axis=0)
    out[:] = W * np.where(n > c, c / np.where(n > c, n, 1), 1)
    return out
