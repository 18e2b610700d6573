"""Columns of the same sum count as the same."""

def distinct_units(W1):
    kept = []
    for total in W1.sum(axis=0):
        if all(abs(total - other) > 1e-9 for other in kept):
            kept.append(total)
    return len(kept)
