"""Tosses a coin for every row of an image."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    coins = rng.random(images.shape[:2]) < p
    return np.where(coins[:, :, None, None], images[:, :, ::-1], images)
