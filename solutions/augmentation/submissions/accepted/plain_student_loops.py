"""What an ordinary student hands in: one loop over the images in every function."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = images.copy()
    for i in range(len(images)):
        if rng.random() < p:
            out[i] = images[i, :, ::-1, :]
    return out


def random_crop(images, padding, rng):
    N, H, W, C = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    out = np.empty_like(images)
    for i in range(N):
        y = rng.integers(0, 2 * padding + 1)
        x = rng.integers(0, 2 * padding + 1)
        out[i] = padded[i, y:y + H, x:x + W]
    return out


def add_noise(images, std, rng):
    return images + rng.normal(0, std, images.shape)


def cutout(images, size, rng):
    N, H, W, C = images.shape
    out = images.copy()
    for i in range(N):
        y = rng.integers(0, H - size + 1)
        x = rng.integers(0, W - size + 1)
        out[i, y:y + size, x:x + size] = 0
    return out
