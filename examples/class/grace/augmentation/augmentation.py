"""Image by image, row by row, pixel by pixel."""

import numpy as np


def random_horizontal_flip(images, p, rng):
    result = []
    for image in images.tolist():
        if rng.random() < p:
            image = [row[::-1] for row in image]
        result.append(image)
    return np.array(result)


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    result = np.zeros((n, h, w, c))
    for k in range(n):
        # where the window begins, seen from the old image: -padding ... padding
        down = int(rng.integers(2 * padding + 1)) - padding
        right = int(rng.integers(2 * padding + 1)) - padding
        for i in range(h):
            for j in range(w):
                if 0 <= i + down < h and 0 <= j + right < w:
                    result[k, i, j] = images[k, i + down, j + right]
    return result


def add_noise(images, std, rng):
    noisy = [v + std * rng.standard_normal() for v in images.ravel().tolist()]
    return np.array(noisy).reshape(images.shape)


def cutout(images, size, rng):
    n, h, w, c = images.shape
    corners = [(i, j) for i in range(h - size + 1) for j in range(w - size + 1)]
    result = []
    for image in images.tolist():
        top, left = corners[int(rng.integers(len(corners)))]
        for i in range(top, top + size):
            for j in range(left, left + size):
                image[i][j] = [0.0] * c
        result.append(image)
    return np.array(result)
