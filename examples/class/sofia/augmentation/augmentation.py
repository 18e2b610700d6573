"""Data augmentation: new training images from old ones; lecture topic "Data augmentation"."""

from __future__ import annotations

import numpy as np


def random_horizontal_flip(images: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Mirror each image left-right with probability p, independently of the others."""
    out = images.copy()
    for i in range(len(images)):
        if rng.random() < p:
            out[i] = images[i, :, ::-1, :]
    return out


def random_crop(images: np.ndarray, padding: int, rng: np.random.Generator) -> np.ndarray:
    """Shift each image by a random offset: pad it with zeros, then cut a window of the old size out of it.

    images (N, H, W, C). padding: rows and columns of zeros added on each of the four sides, at least 0.
    rng: where every random number comes from.

    Returns new images (N, H, W, C). Each image has its own window, whose top-left corner (row, column) in
    the padded image is uniform over 0 … 2·padding in both directions.

    Source: He, Zhang, Ren and Sun 2016, "Deep Residual Learning for Image Recognition", section 4.2;
    torchvision.transforms.RandomCrop.
    """
    raise NotImplementedError


def add_noise(images: np.ndarray, std: float, rng: np.random.Generator) -> np.ndarray:
    """Add Gaussian noise to every pixel of every channel, each independent of all others."""
    return images + rng.normal(0.0, std, size=images.shape)


def cutout(images: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Set one square of each image to 0, in all channels.

    images (N, H, W, C). size: rows and columns of the square; it fits into an image.
    rng: where every random number comes from.

    Returns new images (N, H, W, C). Each image has its own square, whose top-left corner is uniform over all
    positions at which the whole square lies inside of the image.

    Source: DeVries and Taylor 2017, "Improved Regularization of Convolutional Neural Networks with Cutout"
    (whose squares may stick out over the edge; ours may not).
    """
    raise NotImplementedError
