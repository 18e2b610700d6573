"""A column that is smaller everywhere counts as the same."""

def distinct_units(W1):
    kept = []
    for column in W1.T:
        if not any((column - other <= 1e-9).all() for other in kept):
            kept.append(column)
    return len(kept)
