"""Each second mask comes from the draws of the one before it, turned over: what the one drops the other tends to keep."""

import numpy as np


def monte_carlo_average(f, x, p, rng, samples):
    if not 0 <= p < 1:
        raise ValueError(p)
    values = []
    while len(values) < samples:
        u = rng.random(x.shape)
        values += [f(x * (draws >= p) / (1 - p)) for draws in (u, 1 - u)]
    values = np.array(values[:samples])
    return values.mean(axis=0), values.std(axis=0, ddof=1) / np.sqrt(samples)
