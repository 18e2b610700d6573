"""The median, not the largest."""


def relative_error(a, b, floor=1e-8):
    return np.median(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b)))
