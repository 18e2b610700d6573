"""Averages over noise: written out with PyTorch where it has the operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.distributions import Bernoulli


def _masks(size: int) -> torch.Tensor:
    """All masks, as zeros and ones."""
    axes = [torch.tensor([0.0, 1.0], dtype=torch.float64)] * size
    return torch.cartesian_prod(*axes).reshape(-1, size)


def _refuse(p: float) -> None:
    if not (p >= 0 and p < 1):
        raise ValueError("p must be at least 0 and below 1")


def dropout_moments(w: np.ndarray, x: np.ndarray, p: float) -> tuple[float, float]:
    """Sums of the moments of the terms, which are independent."""
    _refuse(p)
    kept = Bernoulli(torch.tensor(1 - p, dtype=torch.float64))
    terms = torch.tensor(w) * torch.tensor(x) / (1 - p)
    return (terms * kept.mean).sum().item(), (terms**2 * kept.variance).sum().item()


def exact_average(f: Callable[[np.ndarray], Any], x: np.ndarray, p: float) -> Any:
    """A weighted sum over all masks at once."""
    _refuse(p)
    masks = _masks(len(x))
    kept = masks.sum(dim=1)
    weights = (1 - p) ** kept * p ** (len(x) - kept)
    values = np.array([f(x * mask / (1 - p)) for mask in masks.numpy()])
    return torch.tensordot(weights, torch.tensor(values, dtype=torch.float64), dims=1).numpy()


def monte_carlo_average(
    f: Callable[[np.ndarray], Any], x: np.ndarray, p: float, rng: np.random.Generator, samples: int
) -> tuple[Any, Any]:
    """Inverted dropout of PyTorch, seeded from `rng`."""
    _refuse(p)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(rng.integers(2**62)))
        points = torch.nn.functional.dropout(torch.tensor(x).expand(samples, -1), p)
    values = torch.tensor(np.array([f(point) for point in points.numpy()]), dtype=torch.float64)
    return values.mean(dim=0).numpy(), (values.std(dim=0, correction=1) / samples**0.5).numpy()


def geometric_mean_softmax(scores: np.ndarray) -> np.ndarray:
    """Means of logarithms of softmaxes."""
    return torch.softmax(torch.log_softmax(torch.tensor(scores), dim=2).mean(dim=0), dim=1).numpy()


def flip_average(predict: Callable[[np.ndarray], np.ndarray], images: np.ndarray) -> np.ndarray:
    """One call with all images; the others allow for students' own groups: one image beside its mirror image, say."""
    mirrored = torch.flip(torch.tensor(images), dims=(2,)).numpy()
    both = np.concatenate([images, mirrored])
    predictions = predict(both)
    for count in range(1, len(both)):
        predict(both[:count])
    return predictions.reshape(2, len(images), -1).mean(axis=0)


def bagging_indices(n: int, rounds: int, rng: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray]]:
    """PyTorch's multinomial draws, seeded from `rng`."""
    generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
    bags = []
    for _ in range(rounds):
        drawn = torch.multinomial(torch.ones(n), n, replacement=True, generator=generator)
        left = torch.bincount(drawn, minlength=n) == 0
        bags.append((drawn.numpy(), left.nonzero().flatten().numpy()))
    return bags
