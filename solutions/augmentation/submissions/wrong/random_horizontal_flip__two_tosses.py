"""Gives an image that lost its toss a second one: probability 1 - (1 - p)^2."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    for i in range(len(images)):
        if rng.random() < p:
            out[i] = images[i, :, ::-1]
        elif rng.random() < p:
            out[i] = images[i, :, ::-1]
    return out
