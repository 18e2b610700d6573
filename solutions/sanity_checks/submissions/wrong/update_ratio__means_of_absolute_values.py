"""Means in the place of norms."""


def update_ratio(before, after):
    out = {}
    for k in before:
        n, c = np.abs(before[k]).mean(), np.abs(after[k] - before[k]).mean()
        out[k] = c / n if n else (np.inf if c else 0.0)
    return out
