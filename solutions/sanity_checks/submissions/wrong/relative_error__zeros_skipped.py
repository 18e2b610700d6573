"""Elements below the floor count as equal."""


def relative_error(a, b, floor=1e-8):
    size = np.abs(a) + np.abs(b)
    return np.max(np.where(size < floor, 0.0, np.abs(a - b) / np.where(size < floor, 1, size)))
