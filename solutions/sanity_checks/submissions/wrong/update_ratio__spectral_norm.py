"""np.linalg.norm(..., 2) of matrices."""


def update_ratio(before, after):
    def norm(a):
        return np.linalg.norm(a, 2) if a.ndim == 2 else np.sqrt(np.sum(a**2))

    out = {}
    for k in before:
        n, c = norm(before[k]), norm(after[k] - before[k])
        out[k] = c / n if n else (np.inf if c else 0.0)
    return out
