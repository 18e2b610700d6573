"""Limits the largest singular value."""


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    return W * min(1.0, c / max(np.linalg.norm(W, 2), 1e-300))
