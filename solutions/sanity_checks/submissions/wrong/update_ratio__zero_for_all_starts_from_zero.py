"""0 wherever all was zero."""


def update_ratio(before, after):
    out = {}
    for k, w in before.items():
        n = np.sqrt(np.sum(w**2))
        out[k] = np.sqrt(np.sum((after[k] - w) ** 2)) / n if n > 0 else 0.0
    return out
