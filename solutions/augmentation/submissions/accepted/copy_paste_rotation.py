"""A student who thinks in np.roll: shift by rolling, then wipe out what came in from the other side."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    result = images.copy()
    n = images.shape[0]
    w = images.shape[2]
    for i in range(n):
        r = rng.random()
        if r < p:
            # swap columns pairwise
            for j in range(w // 2):
                tmp = result[i, :, j].copy()
                result[i, :, j] = result[i, :, w - 1 - j]
                result[i, :, w - 1 - j] = tmp
    return result


def random_crop(images, padding, rng):
    result = images.copy()
    n = images.shape[0]
    h = images.shape[1]
    w = images.shape[2]
    for i in range(n):
        up = int(rng.integers(-padding, padding + 1))
        left = int(rng.integers(-padding, padding + 1))
        # rows
        if abs(up) >= h:
            result[i] = 0
        else:
            result[i] = np.roll(result[i], -up, axis=0)
            if up > 0:
                result[i, h - up:] = 0
            if up < 0:
                result[i, :-up] = 0
        # columns, same again
        if abs(left) >= w:
            result[i] = 0
        else:
            result[i] = np.roll(result[i], -left, axis=1)
            if left > 0:
                result[i, :, w - left:] = 0
            if left < 0:
                result[i, :, :-left] = 0
    return result


def add_noise(images, std, rng):
    result = images.copy()
    n = images.shape[0]
    for i in range(n):
        for k in range(images.shape[3]):
            result[i, :, :, k] = result[i, :, :, k] + std * rng.standard_normal((images.shape[1], images.shape[2]))
    return result


def cutout(images, size, rng):
    result = images.copy()
    n = images.shape[0]
    h = images.shape[1]
    w = images.shape[2]
    for i in range(n):
        up = int(rng.integers(0, h - size + 1))
        left = int(rng.integers(0, w - size + 1))
        rolled = np.roll(result[i], (-up, -left), axis=(0, 1))
        rolled[:size, :size] = 0
        result[i] = np.roll(rolled, (up, left), axis=(0, 1))
    return result
