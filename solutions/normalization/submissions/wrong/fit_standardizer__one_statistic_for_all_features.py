"""One mean and one std of all the numbers, repeated for every feature."""

def fit_standardizer(x):
    D = x.shape[1]
    return np.full(D, x.mean()), np.full(D, x.std())
