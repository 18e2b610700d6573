"""Python's own division raises where all was zero."""


def update_ratio(before, after):
    return {k: float(np.sqrt(np.sum((after[k] - w) ** 2))) / float(np.sqrt(np.sum(w**2))) for k, w in before.items()}
