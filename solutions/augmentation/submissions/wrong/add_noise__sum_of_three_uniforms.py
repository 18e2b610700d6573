"""Sums three uniform numbers for a normal one: right mean and variance, no tails beyond three std."""
import numpy as np


def add_noise(images, std, rng):
    u = rng.random((3,) + images.shape)
    return images + std * 2 * (u.sum(axis=0) - 1.5)
