"""Weight scaling, called exact."""


def exact_average(f, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return 1.0 * np.asarray(f(x))
