"""The floor is always 1e-8."""


def relative_error(a, b, floor=1e-8):
    return np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b)))
