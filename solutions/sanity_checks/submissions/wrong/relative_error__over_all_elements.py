"""Norm of the difference beside the norms."""


def relative_error(a, b, floor=1e-8):
    return np.linalg.norm(np.ravel(a - b)) / max(floor, np.linalg.norm(np.ravel(a)) + np.linalg.norm(np.ravel(b)))
