"""Draw a check's inputs: reproducible, in general position, and short enough to read in a message.

The same seed gives the same numbers on every platform and with every NumPy: they are made from the raw bits of PCG64 by
whole-number arithmetic and rounding alone, without a logarithm or a cosine that a C library may round otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, MutableMapping
from typing import Any, TypeVar

import numpy as np

from autograder.wire import Generator

DECIMALS = 3
Made = TypeVar("Made")
Words = Callable[[int], np.ndarray]  # returns the next so many words of raw bits
Drawn = MutableMapping[object, tuple[Any, int]]  # what was drawn at a place in the bits, and where they go on


class Inputs:
    """The source of one check's inputs.

    Parameters
    ----------
    seed
        Derived from course key, exercise and check.
    drawn
        Where drawn numbers are kept; a grader passes the same for all submissions, so that each is drawn once.
    draws
        Added to the seeds of generators, for other draws by the same check.
    """

    def __init__(self, seed: int, drawn: Drawn | None = None, *, draws: int = 0) -> None:
        self._seed = seed
        self._drawn: Drawn = {} if drawn is None else drawn
        self._draws = draws
        self._place = 0  # in the bits, in words
        self._bits: np.random.PCG64 | None = None
        self._bits_place = 0  # where they are behind, because what was kept has been drawn from them before
        self._generators = 0

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> np.ndarray:
        """Return numbers from `low` to `high`, of three decimals."""

        def make(words: Words) -> np.ndarray:
            return np.asarray(np.round(low + (high - low) * _shares(words, shape), DECIMALS))

        return self._draw(("uniform", shape, low, high), make).copy()

    def normal(self, *shape: int, scale: float = 1.0, shift: float = 0.0) -> np.ndarray:
        """Return numbers that are nearly N(shift, scale²), of three decimals in units of the scale.

        Each is the sum of twelve uniform numbers (Irwin-Hall), so that none is farther out than six deviations.
        """

        def make(words: Words) -> np.ndarray:
            size = math.prod(shape)
            triples = words(3 * size).reshape(size, 3, 1)
            quarters = (triples >> np.array([0, 16, 32, 48], np.uint64)) & np.uint64(0xFFFF)
            sums = quarters.astype(np.int64).sum(axis=(1, 2)).reshape(shape)
            return np.asarray(np.round((sums - 6 * 65535) / 65536, DECIMALS) * scale + shift)

        return self._draw(("normal", shape, scale, shift), make).copy()

    def apart(self, *shape: int, least: float = 0.2, most: float = 2.0) -> np.ndarray:
        """Return numbers of random sign whose size is between `least` and `most`, away from zero."""

        def make(words: Words) -> np.ndarray:
            size = np.round(least + (most - least) * _shares(words, shape), DECIMALS)
            return np.asarray(size * np.where(_shares(words, shape) < 0.5, -1.0, 1.0))

        return self._draw(("apart", shape, least, most), make).copy()

    def positive(self, *shape: int, least: float = 0.5, most: float = 2.0) -> np.ndarray:
        """Return numbers between `least` and `most`."""
        return self.uniform(*shape, low=least, high=most)

    def number(self, least: float, most: float) -> float:
        """Return one number between `least` and `most`, of three decimals."""
        return float(self.uniform(low=least, high=most))

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to `bound - 1`."""
        return self._word() % bound

    def permutation(self, count: int) -> np.ndarray:
        """Return the whole numbers from 0 to `count - 1` in random order."""
        return self._draw(("permutation", count), lambda words: np.argsort(words(count), kind="stable")).copy()

    def labels(self, count: int, classes: int) -> np.ndarray:
        """Return class numbers in which every class occurs, as far as there is room."""
        return np.asarray((np.arange(count) % classes)[self.permutation(count)])

    def generator(self, name: str = "") -> Generator:
        """Return a random generator for the student's function; one name is one generator in the whole check."""
        self._generators += 1
        return Generator(name or f"generator {self._generators}", (self._word() >> 32) + self._draws)

    def again(self, generator: Generator) -> Generator:
        """Return another generator in the state in which `generator` starts."""
        self._generators += 1
        return Generator(f"generator {self._generators}", generator.seed)

    def once(self, name: str, make: Callable[[Inputs], Made]) -> Made:
        """Return what `make(inputs)` draws, made once for all submissions: for inputs that take long to find.

        What it returns must not be changed, and must not depend on the student. `name` is unique within the check.
        """
        return self._draw(("once", name), lambda _: make(self))

    def _word(self) -> int:
        return self._draw("word", lambda words: int(words(1)[0]))

    def _draw(self, what: object, make: Callable[[Words], Made]) -> Made:
        """Return what is drawn at this place in the bits: as it was kept, or made now."""
        key = self._place, what
        kept = self._drawn.get(key)
        if kept is None:
            made = make(self._words)
            kept = self._drawn[key] = made, self._place
        self._place = kept[1]
        result: Made = kept[0]
        return result

    def _words(self, count: int) -> np.ndarray:
        if self._bits is None:
            self._bits = np.random.PCG64(self._seed)
        if self._bits_place != self._place:
            self._bits.advance(self._place - self._bits_place)
        self._place = self._bits_place = self._place + count
        return np.asarray(self._bits.random_raw(count))


def _shares(words: Words, shape: tuple[int, ...]) -> np.ndarray:
    """Return numbers from [0, 1) with 53 bits."""
    return np.asarray((words(math.prod(shape)) >> np.uint64(11)) * 2.0**-53).reshape(shape)


def strided(values: np.ndarray) -> np.ndarray:
    """Return the same numbers in memory that is not contiguous, as students may receive them."""
    spaced = np.zeros((*values.shape[:-1], 2 * values.shape[-1]), values.dtype)
    spaced[..., ::2] = values
    return spaced[..., ::2]
