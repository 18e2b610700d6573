"""The slides have pictures only, so the functions follow torchvision and the papers."""

import numpy as np


def random_horizontal_flip(images, p, rng):
    # torchvision: if torch.rand(1) < self.p: return F.hflip(img)
    if rng.random() < p:
        return images[:, :, ::-1, :].copy()
    return images.copy()


def random_crop(images, padding, rng):
    N, H, W, C = images.shape
    canvas = np.pad(images, [(0, 0), (padding, padding), (padding, padding), (0, 0)], mode="constant")
    result = np.empty_like(images)
    for n in range(N):
        i, j = rng.integers(0, 2 * padding + 1, size=2)
        result[n] = canvas[n, i : i + H, j : j + W]
    return result


def add_noise(images, std, rng):
    return images + rng.normal(loc=0.0, scale=std, size=images.shape)


def cutout(images, size, rng):
    # DeVries and Taylor: a pixel as centre; parts of the mask may lie outside
    N, H, W, C = images.shape
    result = images.copy()
    for n in range(N):
        y, x = rng.integers(H), rng.integers(W)
        top, left = y - size // 2, x - size // 2
        result[n, max(top, 0) : max(top + size, 0), max(left, 0) : max(left + size, 0)] = 0.0
    return result
