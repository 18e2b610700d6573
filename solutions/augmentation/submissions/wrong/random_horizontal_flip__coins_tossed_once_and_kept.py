"""Keeps the coins of the first call in a cache and uses them in every later call."""
import numpy as np

_coins = {}


def random_horizontal_flip(images, p, rng):
    n = len(images)
    if n not in _coins:
        _coins[n] = rng.random(n)
    flip = _coins[n] < p
    return np.where(flip[:, None, None, None], images[:, :, ::-1], images)
