"""Crop by padding once and rolling, hole by rolling a template, flip by recursion over halves."""
import functools
import numpy as np


def _walk(rng, steps):
    """argmax of i.i.d. numbers is uniform."""
    return int(np.argmax(rng.standard_exponential(steps)))


def random_horizontal_flip(images, p, rng):
    if len(images) == 1:
        # sign of the comparison of one exponential with its p-quantile
        mirrored = p == 1 or rng.standard_exponential() < -np.log1p(-p)
        return images[:, :, ::-1].copy() if mirrored else images.copy()
    if len(images) == 0:
        return images.copy()
    middle = len(images) // 2
    right = random_horizontal_flip(images[middle:], p, rng)
    left = random_horizontal_flip(images[:middle], p, rng)
    return np.concatenate([left, right])


def random_crop(images, padding, rng, mode="constant"):
    pad = ((padding, padding), (padding, padding), (0, 0))

    def one(image):
        h, w = image.shape[:2]
        big = np.pad(image, pad, mode=mode)
        down, right = (_walk(rng, 2 * padding + 1) for _ in range(2))
        return np.roll(big, (-down, -right), axis=(0, 1))[:h, :w]

    return [one(image) for image in images]


def _cut(images, size, rng):
    n, h, w, c = images.shape
    template = np.ones((h, w, 1))
    template[:size, :size] = 0.0
    keep = np.stack([np.roll(template, (_walk(rng, h - size + 1), _walk(rng, w - size + 1)), (0, 1))
                     for _ in range(n)])
    return images * keep


cutout = functools.partial(_cut)


def add_noise(images, std, rng):
    """|N| is the root of a chi-squared with one degree of freedom."""
    sign = 2.0 * rng.integers(0, 2, size=images.shape) - 1.0
    return np.add(images, std * sign * np.sqrt(rng.chisquare(1, size=images.shape)), dtype=np.longdouble)
