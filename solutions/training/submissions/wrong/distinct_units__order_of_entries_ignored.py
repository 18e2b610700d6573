"""Sorts each column before it compares them."""

def distinct_units(W1):
    kept = []
    for column in np.sort(W1, axis=0).T:
        if not any(np.abs(column - other).max() <= 1e-9 for other in kept):
            kept.append(column)
    return len(kept)
