"""Counts the columns that have no twin at all."""

def distinct_units(W1):
    same = np.abs(W1[:, :, None] - W1[:, None, :]).max(axis=0) <= 1e-9
    return int(np.sum(same.sum(axis=0) == 1))
