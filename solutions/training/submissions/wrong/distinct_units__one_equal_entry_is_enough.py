"""any where all is meant."""

def distinct_units(W1):
    kept = []
    for column in W1.T:
        if not any(np.any(np.abs(column - other) <= 1e-9) for other in kept):
            kept.append(column)
    return len(kept)
