"""Largest change beside the largest element."""


def update_ratio(before, after):
    out = {}
    for k in before:
        n, c = np.abs(before[k]).max(), np.abs(after[k] - before[k]).max()
        out[k] = c / n if n else (np.inf if c else 0.0)
    return out
