"""The student counts changes between neighbouring columns, so equal columns that are apart count twice."""


def distinct_units(W1):
    count = 1
    for j in range(1, W1.shape[1]):
        if np.max(np.abs(W1[:, j] - W1[:, j - 1])) > 1e-9:
            count += 1
    return count
