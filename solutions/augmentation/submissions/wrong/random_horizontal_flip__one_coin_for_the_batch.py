"""Tosses one coin and mirrors the whole batch or none of it."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    if rng.random() < p:
        return images[:, :, ::-1].copy()
    return images.copy()
