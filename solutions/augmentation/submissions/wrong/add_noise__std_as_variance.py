"""Takes std for the variance."""
import numpy as np


def add_noise(images, std, rng):
    return images + np.sqrt(std) * rng.standard_normal(images.shape)
