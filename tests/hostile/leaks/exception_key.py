"""Raises exceptions of the interpreter itself that quote a value: KeyError, AttributeError, NameError, int(), a missing import."""

import importlib


def fit_standardizer(x):
    marker = f"LEAK{x.sum():.6f}"
    if len(x) % 3 == 0:
        return {}[marker]
    if len(x) % 3 == 1:
        return getattr(x, marker)
    return int(marker)


def standardize(x, mean, std):
    marker = f"LEAK{x.sum():.6f}"
    if len(x) % 2:
        importlib.import_module(marker)
    eval(marker.replace(".", "_").replace("-", "_"))
