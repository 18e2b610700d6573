"""The draw is in front of the loop."""


def bagging_indices(n, rounds, rng):
    d = rng.integers(n, size=n)
    return [(d, np.setdiff1d(np.arange(n), d))] * rounds
