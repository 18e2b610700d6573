"""Activations that cancel count as dead."""


def dead_units(h):
    return np.mean(h.mean(axis=0) == 0)
