"""Only brightens: the absolute value of the noise is added."""
import numpy as np


def add_noise(images, std, rng):
    return images + np.abs(rng.normal(0, std, size=images.shape))
