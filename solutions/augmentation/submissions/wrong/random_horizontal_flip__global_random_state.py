"""Draws from np.random instead of rng."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    flip = np.random.rand(images.shape[0]) < p
    return np.where(flip[:, None, None, None], images[:, :, ::-1], images)
