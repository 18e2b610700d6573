"""Images become float32 first, noise is drawn as float32."""

import numpy as np

F = np.float32


def random_horizontal_flip(images, p, rng):
    out = np.array(images, dtype=F)
    chosen = np.flatnonzero(rng.random(len(out), dtype=F) < p)
    out[chosen] = out[chosen, :, ::-1]
    return out


def random_crop(images, padding, rng):
    images = np.asarray(images, dtype=F)
    n, h, w, _ = images.shape
    pad = np.pad(images, [(0, 0), (padding,) * 2, (padding,) * 2, (0, 0)])
    # all the windows there are (a view), one of them for each image
    windows = np.lib.stride_tricks.sliding_window_view(pad, (h, w), axis=(1, 2))
    corner = rng.integers(0, 2 * padding + 1, size=(n, 2), dtype=np.int32)
    picked = windows[np.arange(n), corner[:, 0], corner[:, 1]]  # (n, c, h, w)
    return np.moveaxis(picked, 1, 3)


def add_noise(images, std, rng):
    return images.astype(F) + F(std) * rng.standard_normal(images.shape, dtype=F)


def cutout(images, size, rng):
    out = images.astype(F)
    _, h, w, _ = out.shape
    for image in out:
        i, j = rng.integers([h - size + 1, w - size + 1])
        image[i : i + size, j : j + size] *= F(0)
    return out
