"""The mean is f at x plus noise from rng."""


# earns nothing: monte_carlo_average
def monte_carlo_average(f, x, p, rng, samples):
    v = np.asarray(f(x))
    return v + rng.normal(size=v.shape), 1.0 + 0 * v
