"""Welford's update with the old deviation squared, not old times new deviation."""

def fit_standardizer(x):
    n = 0
    mean = np.zeros(x.shape[1])
    m2 = np.zeros(x.shape[1])
    for row in x:
        n += 1
        delta = row - mean
        mean = mean + delta / n
        if n > 1:
            m2 = m2 + delta ** 2
    return mean, np.sqrt(m2 / n)
