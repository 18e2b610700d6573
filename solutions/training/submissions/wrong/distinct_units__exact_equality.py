"""Columns that differ by rounding only are counted twice."""

def distinct_units(W1):
    return np.unique(W1, axis=1).shape[1]
