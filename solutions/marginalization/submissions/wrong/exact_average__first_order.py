"""Dropping single elements alone."""


def exact_average(f, x, p):
    if not 0 <= p < 1:
        raise ValueError
    d = len(x)
    total = (1 - p) ** d * np.asarray(f(x / (1 - p)))
    for i in range(d):
        mask = np.ones(d)
        mask[i] = 0
        total = total + p * (1 - p) ** (d - 1) * np.asarray(f(mask * x / (1 - p)))
    return total
