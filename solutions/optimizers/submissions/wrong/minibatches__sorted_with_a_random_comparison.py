"""Sorting with a comparison that tosses a coin is no shuffle."""

from functools import cmp_to_key


def minibatches(n, batch_size, rng):
    order = sorted(range(n), key=cmp_to_key(lambda a, b: 1 if rng.random() < 0.5 else -1))
    return [np.array(order[start : start + batch_size]) for start in range(0, n, batch_size)]
