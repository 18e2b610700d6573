"""Both results have shape (1, D)."""

def fit_standardizer(x):
    mean = x.mean(axis=0, keepdims=True)
    return mean, np.sqrt(((x - mean) ** 2).mean(axis=0, keepdims=True))
