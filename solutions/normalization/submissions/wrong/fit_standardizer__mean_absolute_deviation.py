"""The student returns the mean absolute deviation instead of the standard deviation."""


def fit_standardizer(x):
    mean = np.sum(x, axis=0) / x.shape[0]
    deviation = np.abs(x - mean)
    return mean, np.sum(deviation, axis=0) / x.shape[0]
