"""Leaves out entries that are 0, as if they were missing values."""

def fit_standardizer(x):
    D = x.shape[1]
    mean, std = np.zeros(D), np.zeros(D)
    for j in range(D):
        values = x[:, j][x[:, j] != 0]
        if len(values) > 0:
            mean[j] = values.mean()
            std[j] = values.std()
    return mean, std
