"""NumPy's default ddof."""


def monte_carlo_average(f, x, p, rng, samples):
    if not 0 <= p < 1:
        raise ValueError
    v = np.array([f(x * (rng.random(len(x)) >= p) / (1 - p)) for _ in range(samples)])
    return v.mean(axis=0), v.std(axis=0) / np.sqrt(samples)
