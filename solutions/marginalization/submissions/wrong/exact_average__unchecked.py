"""No check of p."""


def exact_average(f, x, p):
    with np.errstate(all="ignore"):
        q = np.float64(1) / np.float64(1 - p)
        return sum(np.prod(np.where(m, 1 - p, p)) * np.asarray(f(np.nan_to_num(x * np.array(m) * q))) for m in np.ndindex(*[2] * len(x)))
