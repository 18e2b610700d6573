"""Cuts off singular values at c, which is another projection."""


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    U, s, V = np.linalg.svd(W, full_matrices=False)
    return U * np.minimum(s, c) @ V
