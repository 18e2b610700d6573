"""Saves draws: the second half of the batch gets the negated noise of the first."""
import numpy as np


def add_noise(images, std, rng):
    n = len(images)
    half = rng.normal(0, std, size=((n + 1) // 2,) + images.shape[1:])
    return images + np.concatenate([half, -half])[:n]
