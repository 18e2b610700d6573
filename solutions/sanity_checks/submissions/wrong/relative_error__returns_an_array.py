"""The maximum is forgotten."""


def relative_error(a, b, floor=1e-8):
    return np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))
