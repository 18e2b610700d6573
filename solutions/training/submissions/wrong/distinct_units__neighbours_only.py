"""Compares each column with the one before it only."""

def distinct_units(W1):
    changes = np.abs(np.diff(W1, axis=1)).max(axis=0) > 1e-9
    return 1 + int(changes.sum())
