"""Without replacement."""


def bagging_indices(n, rounds, rng):
    return [(rng.permutation(n), np.array([], dtype=int)) for _ in range(rounds)]
