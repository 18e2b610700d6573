# augmentation, john
import numpy as np


def random_horizontal_flip(images, p, rng):
    flips = rng.random(len(images)) < p
    new = images.copy()
    for i in np.nonzero(flips)[0]:
        new[i] = new[i][:, ::-1]
    return new, flips


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    big = np.zeros((n, h + 2 * padding, w + 2 * padding, c))
    for i in range(n):
        # moving the image in the frame is the same as moving the window
        a = rng.integers(0, 2 * padding + 1)
        b = rng.integers(0, 2 * padding + 1)
        big[i, a : a + h, b : b + w] = images[i]
    return big


def add_noise(images, std, rng):
    noisy = []
    for image in images:
        noisy.append(image + std * rng.standard_normal(image.shape))
    return noisy


def cutout(images, size, rng):
    for image in images:
        a = rng.integers(0, image.shape[0] - size + 1)
        b = rng.integers(0, image.shape[1] - size + 1)
        image[a : a + size, b : b + size] = 0
