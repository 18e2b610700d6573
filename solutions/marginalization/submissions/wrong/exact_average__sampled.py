"""A thousand random masks are no exact average."""


def exact_average(f, x, p):
    if not 0 <= p < 1:
        raise ValueError
    rng = np.random.default_rng(0)
    return np.mean([f(x * (rng.random(len(x)) >= p) / (1 - p)) for _ in range(1000)], axis=0)
