"""Tosses a coin for every second image only and repeats it."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    n = len(images)
    coins = np.repeat(rng.random((n + 1) // 2) < p, 2)[:n]
    return np.where(coins[:, None, None, None], images[:, :, ::-1], images)
