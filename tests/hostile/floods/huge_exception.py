"""Raises exceptions with texts of a hundred megabytes, many notes and long chains (FULL)."""


def fit_standardizer(x):
    raise ValueError("passed " * 15_000_000)


def standardize(x, mean, std):
    error = ValueError("x")
    for number in range(20000):
        error.add_note(f"note {number} " * 20)
        following = ValueError(number)
        following.__cause__ = error.__cause__
        error.__cause__ = following
    raise error
