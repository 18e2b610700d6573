"""Carries the inputs in __notes__, in the cause and in the context of an exception, and in the parts of a group."""


def fit_standardizer(x):
    error = ValueError("wrong")
    error.add_note(f"LEAK{x.sum():.6f}")
    raise error from KeyError(f"LEAK{x.sum():.6f}")


def standardize(x, mean, std):
    try:
        raise LookupError(f"LEAK{x.sum():.6f}")
    except LookupError:
        raise ExceptionGroup(f"LEAK{x.sum():.6f}", [ValueError(f"LEAK{mean.sum():.6f}")])
