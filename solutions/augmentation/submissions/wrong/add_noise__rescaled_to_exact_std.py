"""Rescales the drawn noise so that the batch has exactly the given std."""
import numpy as np


def add_noise(images, std, rng):
    noise = rng.standard_normal(images.shape)
    spread = noise.std()
    if spread > 0:
        noise = noise / spread
    return images + std * noise
