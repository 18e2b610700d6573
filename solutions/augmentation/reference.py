"""Augmentation with tensors, an image at a time: `torch.flip`, `F.pad`, `torch.randn`, and slices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch.nn import functional


def random_horizontal_flip(images: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """`torch.flip` along the columns."""
    return _each(images, lambda image: torch.flip(image, [1]) if rng.random() < p else image)


def random_crop(images: np.ndarray, padding: int, rng: np.random.Generator) -> np.ndarray:
    """`F.pad`, then `torch.narrow` in both directions."""

    def crop(image: torch.Tensor) -> torch.Tensor:
        padded = functional.pad(image, (0, 0, padding, padding, padding, padding))
        for axis in (0, 1):
            padded = padded.narrow(axis, int(rng.integers(2 * padding + 1)), image.shape[axis])
        return padded

    return _each(images, crop)


def add_noise(images: np.ndarray, std: float, rng: np.random.Generator) -> np.ndarray:
    """Normal numbers of PyTorch's own, seeded by the generator."""
    own = torch.Generator().manual_seed(int(rng.integers(2**63)))
    pixels = torch.tensor(images)
    return (pixels + std * torch.randn(pixels.shape, generator=own, dtype=pixels.dtype)).numpy()


def cutout(images: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Zeros into a slice of a copy."""

    def cut(image: torch.Tensor) -> torch.Tensor:
        top, left = (int(rng.integers(extent - size + 1)) for extent in image.shape[:2])
        result = image.clone()
        result[top : top + size, left : left + size] = 0.0
        return result

    return _each(images, cut)


def _each(images: np.ndarray, change: Callable[[torch.Tensor], torch.Tensor]) -> np.ndarray:
    return torch.stack([change(image) for image in torch.tensor(images)]).numpy()
