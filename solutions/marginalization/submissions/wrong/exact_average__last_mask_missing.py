"""range(2**D − 1)."""


def exact_average(f, x, p):
    if not 0 <= p < 1:
        raise ValueError
    total = 0.0
    for k in range(2 ** len(x) - 1):
        m = np.array([k >> i & 1 for i in range(len(x))])
        total = total + np.prod(np.where(m, 1 - p, p)) * np.asarray(f(x * m / (1 - p)))
    return total
