"""Clips the result to [0, 1], though nothing says that images lie there."""
import numpy as np


def add_noise(images, std, rng):
    return np.clip(images + rng.normal(0, std, size=images.shape), 0.0, 1.0)
