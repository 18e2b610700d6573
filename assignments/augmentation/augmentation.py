"""Data augmentation: new training images from old ones; lecture topic "Data augmentation"."""

from __future__ import annotations

import numpy as np


def random_horizontal_flip(images: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Mirror each image left-right with probability p, independently of the others.

    images (N, H, W, C): N images of H rows, W columns and C channels.
    p: probability of a flip, in [0, 1]. rng: where every random number comes from.

    Returns new images (N, H, W, C); each is either the old one or its mirror image.

    Source: Krizhevsky, Sutskever and Hinton 2012, "ImageNet Classification with Deep Convolutional Neural
    Networks", section 4.1; torchvision.transforms.RandomHorizontalFlip.
    """
    raise NotImplementedError


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
    """Add Gaussian noise to every pixel of every channel, each independent of all others.

    images (N, H, W, C). std: standard deviation of the noise, at least 0.
    rng: where every random number comes from.

    Returns new images (N, H, W, C), not clipped to any range.

    Formula: images + N(0, std²).

    Source: Bishop 1995, "Training with Noise is Equivalent to Tikhonov Regularization".
    """
    raise NotImplementedError


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
