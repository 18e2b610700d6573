"""Compares a normal draw with p."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    mask = rng.standard_normal(len(images)) < p
    out[mask] = out[mask][:, :, ::-1]
    return out
