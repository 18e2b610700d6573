"""The rest in descending order."""


def bagging_indices(n, rounds, rng):
    bags = []
    for _ in range(rounds):
        d = rng.integers(n, size=n)
        bags.append((d, np.setdiff1d(np.arange(n), d)[::-1]))
    return bags
