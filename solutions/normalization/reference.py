"""Standardization on PyTorch: `torch.std` without correction."""

from __future__ import annotations

import numpy as np
import torch


def fit_standardizer(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`torch.std_mean` without correction."""
    std, mean = torch.std_mean(torch.tensor(x), dim=0, correction=0)
    return mean.numpy(), std.numpy()


def standardize(x: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    """Divide, and take 0 where the given spread is 0."""
    scale = torch.tensor(std)
    centered = torch.tensor(x) - torch.tensor(mean)
    return torch.where(scale > 0, centered / scale, torch.zeros_like(centered)).numpy()
