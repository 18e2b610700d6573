"""Constants and empty bags."""


# earns nothing: dropout_moments, exact_average, geometric_mean_softmax, bagging_indices
def dropout_moments(w, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return 1.0, 1.0


def exact_average(f, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return 0 * np.asarray(f(x))


def geometric_mean_softmax(scores):
    return np.full(scores.shape[1:], 1 / scores.shape[2])


def bagging_indices(n, rounds, rng):
    return [(np.zeros(n, dtype=int), np.arange(1, n)) for _ in range(rounds)][: rounds - 1]
