"""Negative units count as dead."""


def dead_units(h):
    return np.mean(h.max(axis=0) <= 0)
