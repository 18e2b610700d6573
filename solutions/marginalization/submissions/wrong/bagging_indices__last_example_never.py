"""The bounds leave out the last example."""


def bagging_indices(n, rounds, rng):
    bags = []
    for _ in range(rounds):
        d = rng.integers(max(1, n - 1), size=n)
        bags.append((d, np.setdiff1d(np.arange(n), d)))
    return bags
