"""Counts different rows, the weights of an input."""

def distinct_units(W1):
    kept = []
    for row in W1:
        if not any(np.all(np.abs(row - other) <= 1e-9) for other in kept):
            kept.append(row)
    return len(kept)
