"""In percent."""


def dead_units(h):
    return 100.0 * np.mean((h == 0).all(axis=0))
