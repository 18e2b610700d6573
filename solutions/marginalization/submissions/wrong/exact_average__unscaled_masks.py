"""Vanilla dropout's masks."""


def exact_average(f, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return sum(np.prod(np.where(m, 1 - p, p)) * np.asarray(f(x * np.array(m))) for m in np.ndindex(*[2] * len(x)))
