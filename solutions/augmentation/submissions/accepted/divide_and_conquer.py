"""Recursion: halves the batch until a single image is left."""
import numpy as np


def _halves(f, images, amount, rng):
    n = len(images)
    if n <= 1:
        return f(images, amount, rng)
    left = _halves(f, images[:n // 2], amount, rng)
    right = _halves(f, images[n // 2:], amount, rng)
    return np.concatenate((left, right), axis=0)


def _reverse(columns):
    """The columns (axis 2) in reverse order, recursively."""
    w = columns.shape[2]
    if w < 2:
        return columns
    return np.concatenate((_reverse(columns[:, :, w // 2:]), _reverse(columns[:, :, :w // 2])), axis=2)


def _shift(image, steps, axis):
    """Moves the content by |steps| cells along the axis, one cell a call, zeros moving in."""
    if steps == 0:
        return image
    zero = np.zeros_like(np.take(image, [0], axis=axis))
    size = image.shape[axis]
    if abs(steps) >= size:
        return np.zeros_like(image)
    if steps > 0:
        moved = np.concatenate((zero, np.take(image, range(size - 1), axis=axis)), axis=axis)
        return _shift(moved, steps - 1, axis)
    moved = np.concatenate((np.take(image, range(1, size), axis=axis), zero), axis=axis)
    return _shift(moved, steps + 1, axis)


def random_horizontal_flip(images, p, rng):
    return _halves(lambda one, q, g: _reverse(one) if g.random() < q else one, images, p, rng)


def random_crop(images, padding, rng):
    def one_crop(one, pad, g):
        down = pad - int(g.integers(0, 2 * pad + 1))
        right = pad - int(g.integers(0, 2 * pad + 1))
        return _shift(_shift(one, down, 1), right, 2)
    return _halves(one_crop, images, padding, rng)


def add_noise(images, std, rng):
    return _halves(lambda one, s, g: one + g.normal(0, s, one.shape), images, std, rng)


def cutout(images, size, rng):
    def one_hole(one, s, g):
        top = int(g.integers(one.shape[1] - s + 1))
        left = int(g.integers(one.shape[2] - s + 1))
        above, middle, below = np.split(one, [top, top + s], axis=1)
        west, hole, east = np.split(middle, [left, left + s], axis=2)
        middle = np.concatenate((west, 0 * hole, east), axis=2)
        return np.concatenate((above, middle, below), axis=1)
    return _halves(one_hole, images, size, rng)
