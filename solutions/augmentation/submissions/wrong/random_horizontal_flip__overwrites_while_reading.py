"""Copies columns within one array, so the left half is lost and the image becomes a palindrome."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    width = images.shape[2]
    for i in range(len(images)):
        if rng.random() < p:
            for j in range(width):
                out[i, :, j] = out[i, :, width - 1 - j]
    return out
