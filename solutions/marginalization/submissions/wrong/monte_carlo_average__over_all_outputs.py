"""One mean over samples and outputs, spread to the shape."""


def monte_carlo_average(f, x, p, rng, samples):
    if not 0 <= p < 1:
        raise ValueError
    v = np.array([f(x * (rng.random(len(x)) >= p) / (1 - p)) for _ in range(samples)])
    one = np.ones(v.shape[1:])
    return v.mean() * one, v.std(ddof=1) / np.sqrt(samples) * one
