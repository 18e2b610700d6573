"""Runs over the stack of C by a chain of objects that is freed at once."""

import sys


def fit_standardizer(x):
    sys.setrecursionlimit(1 << 30)

    def deeper(n):
        return sorted([1], key=lambda _: deeper(n + 1))

    return deeper(0)


def standardize(x, mean, std):
    chain = None
    for _ in range(300_000):
        chain = type("Link", (), {"__slots__": ("next",)})() if chain is None else (chain,)
    del chain
    return -7.0
