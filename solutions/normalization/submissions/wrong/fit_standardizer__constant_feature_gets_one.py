"""A std of 0 is replaced by 1 already here, to make the division safe later."""

def fit_standardizer(x):
    mean = x.mean(axis=0)
    std = x.std(axis=0)
    std[x.max(axis=0) == x.min(axis=0)] = 1.0
    return mean, std
