"""Divides by N - 1 (and treats a single row apart, so that nothing becomes NaN)."""

def fit_standardizer(x):
    ddof = 1 if len(x) > 1 else 0
    return np.mean(x, axis=0), np.std(x, axis=0, ddof=ddof)
