"""Every channel of an image is mirrored on its own."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    n, _, _, c = images.shape
    coins = rng.random((n, 1, 1, c)) < p
    return np.where(coins, images[:, :, ::-1, :], images)
