"""Below 1e-6 is dead."""


def dead_units(h):
    return np.mean(np.abs(h).max(axis=0) < 1e-6)
