"""Draw a check's inputs: reproducible, in general position, and short enough to read in a message."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.array import Layout
from autograder.script import Generator

DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Laid:
    """An array with the memory order in which the student's function is to receive it."""

    values: np.ndarray
    layout: Layout


class Draw:
    """The source of one check's inputs, seeded by course seed, exercise and check."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._generators = 0

    def normal(self, *shape: int, scale: float = 1.0, shift: float = 0.0) -> np.ndarray:
        """Return N(shift, scale²) numbers of three decimals in units of the scale."""
        return np.asarray(np.round(self._rng.normal(size=shape), DECIMALS) * scale + shift)

    def apart(self, *shape: int, least: float = 0.2, most: float = 2.0) -> np.ndarray:
        """Return numbers of random sign whose size lies between `least` and `most`, away from zero."""
        size = np.round(self._rng.uniform(least, most, shape), DECIMALS)
        return np.asarray(size * self._rng.choice([-1.0, 1.0], shape))

    def positive(self, *shape: int, least: float = 0.5, most: float = 2.0) -> np.ndarray:
        """Return numbers between `least` and `most`."""
        return np.asarray(np.round(self._rng.uniform(least, most, shape), DECIMALS))

    def number(self, least: float, most: float) -> float:
        """Return one number between `least` and `most`, of three decimals."""
        return float(self.positive(least=least, most=most))

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to `bound - 1`."""
        return int(self._rng.integers(bound))

    def labels(self, count: int, classes: int) -> np.ndarray:
        """Return class numbers in which every class occurs, as far as there is room."""
        return self._rng.permutation(np.arange(count) % classes)

    def generator(self, name: str = "") -> Generator:
        """Return a random generator for the student's function; one name is one generator in the whole script."""
        self._generators += 1
        return Generator(name or f"generator {self._generators}", int(self._rng.integers(2**32)))

    def again(self, generator: Generator) -> Generator:
        """Return another generator in the state in which `generator` starts."""
        self._generators += 1
        return Generator(f"generator {self._generators}", generator.seed)
