"""Never finishes a call."""


def fit_standardizer(x):
    while True:
        pass


def standardize(x, mean, std):
    while True:
        pass
