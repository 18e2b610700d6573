"""Changes the argument in place and gives it back."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    for image in images:
        if rng.random() < p:
            image[...] = image[:, ::-1].copy()
    return images


def random_crop(images, padding, rng):
    H, W = images.shape[1], images.shape[2]
    for i in range(images.shape[0]):
        padded = np.pad(images[i], ((padding, padding), (padding, padding), (0, 0)))
        r, c = rng.integers(0, 2 * padding + 1), rng.integers(0, 2 * padding + 1)
        images[i] = padded[r:r + H, c:c + W]
    return images


def add_noise(images, std, rng):
    images += rng.normal(0.0, std, size=images.shape)
    return images


def cutout(images, size, rng):
    N, H, W, C = images.shape
    for i in range(N):
        r = rng.integers(0, H - size, endpoint=True)
        c = rng.integers(0, W - size, endpoint=True)
        images[i, r:r + size, c:c + size, :] = 0
    return images
