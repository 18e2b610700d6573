"""Counts linearly independent columns."""

def distinct_units(W1):
    return int(np.linalg.matrix_rank(W1, tol=1e-9))
