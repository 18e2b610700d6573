"""Takes the absolute value of a bad c."""


def max_norm(W, c):
    c = abs(c)
    if c == 0:
        raise ValueError
    n = np.linalg.norm(W, axis=0)
    return W * np.where(n > c, c / np.where(n > c, n, 1), 1)
