"""Drops the same number of elements in every sample."""


def monte_carlo_average(f, x, p, rng, samples):
    if not 0 <= p < 1:
        raise ValueError
    keep = np.arange(len(x)) >= round(p * len(x))
    v = np.array([f(x * rng.permutation(keep) / (1 - p)) for _ in range(samples)])
    return v.mean(axis=0), v.std(axis=0, ddof=1) / np.sqrt(samples)
