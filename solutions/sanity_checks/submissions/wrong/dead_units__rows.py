"""Examples that are silent."""


def dead_units(h):
    return np.mean((h == 0).all(axis=1))
