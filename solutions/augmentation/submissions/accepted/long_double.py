"""Everything in np.longdouble."""
import numpy as np

L = np.longdouble


def random_horizontal_flip(images, p, rng):
    x = np.array(images, dtype=L)
    for i in range(x.shape[0]):
        if L(rng.random()) < L(p):
            x[i] = x[i, :, list(range(x.shape[2] - 1, -1, -1))].swapaxes(0, 1)
    return x


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    big = np.zeros((n, h + 2 * padding, w + 2 * padding, c), dtype=L)
    big[:, padding:h + padding, padding:w + padding, :] = images
    out = np.zeros(images.shape, dtype=L)
    for i in range(n):
        # floor of a uniform number: the product stays below 2*padding + 1
        a = int(np.floor(L(rng.random()) * (2 * padding + 1)))
        b = int(np.floor(L(rng.random()) * (2 * padding + 1)))
        out[i] = big[i, a:a + h, b:b + w]
    return out


def add_noise(images, std, rng):
    return images.astype(L) + L(std) * rng.standard_normal(images.shape).astype(L)


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.astype(L)
    for i in range(n):
        a = int(L(rng.random()) * (h - size + 1))
        b = int(L(rng.random()) * (w - size + 1))
        out[i, a:a + size, b:b + size] = L(0)
    return out
