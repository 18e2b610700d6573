"""Clips the result to the smallest and the largest pixel of the batch."""
import numpy as np


def add_noise(images, std, rng):
    noisy = images + rng.normal(0, std, size=images.shape)
    return noisy.clip(images.min(), images.max())
