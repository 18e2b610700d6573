"""Rounds the noisy pixels to whole grey levels."""
import numpy as np


def add_noise(images, std, rng):
    return np.rint(images + rng.normal(0, std, size=images.shape))
