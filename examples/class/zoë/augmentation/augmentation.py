"""Augmentation, by Zoë."""

import numpy as np


def random_horizontal_flip(images, p, rng):
    return np.array([image[:, ::-1] if rng.random() < p else image for image in images])


def random_crop(images, padding, rng):
    height, width = images.shape[1:3]
    out = np.zeros_like(images)
    for image, new in zip(images, out):
        # down and right by so many pixels; negative: up and left
        down, right = rng.integers(-padding, padding + 1, size=2)
        rows = slice(max(down, 0), min(height + down, height))
        columns = slice(max(right, 0), min(width + right, width))
        from_rows = slice(max(-down, 0), min(height - down, height))
        from_columns = slice(max(-right, 0), min(width - right, width))
        if abs(down) < height and abs(right) < width:
            new[rows, columns] = image[from_rows, from_columns]
    return out


def add_noise(images, std, rng):
    return images + std * rng.normal(size=images.shape)


def cutout(images, size, rng):
    height, width = images.shape[1:3]
    out = images.copy()
    for image in out:
        top, left = rng.integers(height), rng.integers(width)
        while top + size > height or left + size > width:
            top, left = top % height, left % width  # once around, until the square fits
        image[top : top + size, left : left + size] = 0
    return out
