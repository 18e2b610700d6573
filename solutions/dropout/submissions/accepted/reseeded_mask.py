"""The cache holds no mask, only a seed drawn from rng: the backward pass grows the mask again."""
from typing import NamedTuple, Optional
import numpy as np


class Recipe(NamedTuple):
    p: float
    seed: Optional[int]

    def dropped(self, shape):
        if self.seed is None:
            return np.zeros(shape, dtype=bool)
        source = np.random.Generator(np.random.PCG64(self.seed))
        return np.asarray(source.uniform(0.0, 1.0, size=shape) < self.p)


class Output(NamedTuple):
    y: np.ndarray
    cache: Recipe


def _recipe(p, rng, training):
    if not (p >= 0 and p <= 1):
        raise ValueError(f"p = {p!r} is not in [0, 1]")
    return Recipe(p, int(rng.integers(0, 2 ** 63)) if training else None)


def _apply(a, recipe, scale):
    return np.where(recipe.dropped(a.shape), 0.0, a * scale)


def _inverted_scale(recipe):
    if recipe.seed is None or recipe.p == 1:
        return 1.0
    return 1.0 / (1.0 - recipe.p)


def _vanilla_scale(recipe):
    return 1.0 - recipe.p if recipe.seed is None else 1.0


def dropout_forward(x, p, rng, training=True):
    r = _recipe(p, rng, training)
    return Output(_apply(x, r, _inverted_scale(r)), r)


def dropout_backward(dy, cache):
    return _apply(dy, cache, _inverted_scale(cache))


def vanilla_dropout_forward(x, p, rng, training=True):
    r = _recipe(p, rng, training)
    return Output(_apply(x, r, _vanilla_scale(r)), r)


def vanilla_dropout_backward(dy, cache):
    return _apply(dy, cache, _vanilla_scale(cache))
