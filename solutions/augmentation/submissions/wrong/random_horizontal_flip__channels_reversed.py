"""Reverses the last axis, which holds the channels."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    for i in range(len(images)):
        if rng.random() < p:
            out[i] = images[i][..., ::-1]
    return out
