"""Mirrors, shifts and holes are matrices applied by einsum."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    w = images.shape[2]
    bank = np.stack([np.eye(w), np.fliplr(np.eye(w))])
    pick = bank[(rng.random(images.shape[0]) < p).astype(int)]
    return np.einsum("nhwc,nvw->nhvc", images, pick)


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    # np.eye(h, k=s) selects row i + s, and a zero where there is none
    up = np.array([np.eye(h, k=int(s)) for s in rng.integers(-padding, padding + 1, n)])
    across = np.array([np.eye(w, k=int(s)) for s in rng.integers(-padding, padding + 1, n)])
    return np.einsum("nyh,nhwc,nxw->nyxc", up, images, across, optimize=True)


def add_noise(images, std, rng):
    return np.einsum("...,i->...", images, np.ones(1)) + np.einsum(
        ",nhwc->nhwc", float(std), rng.standard_normal(images.shape))


def cutout(images, size, rng):
    n, h, w, c = images.shape
    rows = np.zeros((n, h))
    cols = np.zeros((n, w))
    for k in range(n):
        a = rng.integers(h - size + 1)
        b = rng.integers(w - size + 1)
        rows[k, a:a + size] = 1
        cols[k, b:b + size] = 1
    return images - np.einsum("nh,nw,nhwc->nhwc", rows, cols, images)
