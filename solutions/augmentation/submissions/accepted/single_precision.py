"""Single precision from the draws to the results."""
import numpy as np

F = np.float32


def random_horizontal_flip(images, p, rng):
    im = images.astype(F)
    coins = rng.random(len(im), dtype=F) < p
    im[coins] = im[coins, :, ::-1]
    return im


def random_crop(images, padding, rng):
    im = np.asarray(images, dtype=F)
    n, h, w, c = im.shape
    canvas = np.zeros((h + 2 * padding, w + 2 * padding, c), F)
    out = np.zeros(im.shape, F)
    for k, (i, j) in enumerate(rng.integers(0, 2 * padding + 1, (n, 2), dtype=np.int32)):
        canvas[padding:padding + h, padding:padding + w] = im[k]
        out[k] = canvas[i:i + h, j:j + w]
    return out


def add_noise(images, std, rng):
    return images.astype(F) + F(std) * rng.standard_normal(images.shape, dtype=F)


def cutout(images, size, rng):
    im = images.astype(F)
    n, h, w, c = im.shape
    ij = np.stack([rng.integers(0, h - size + 1, n, np.int32), rng.integers(0, w - size + 1, n, np.int32)], 1)
    keep = np.ones((n, h, w, 1), F)
    for k, (i, j) in enumerate(ij):
        keep[k, i:i + size, j:j + size] = 0
    return im * keep
