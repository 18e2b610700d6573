"""What a check computes with: the inputs that it draws, numerical gradients, and a test of what a student computed.

The inputs are reproducible, in general position, and short enough to read in a message. The same seed gives the same
numbers on every platform and with every version of NumPy: they are made from the raw bits of PCG64 by integer
arithmetic and rounding alone, without a logarithm or a cosine that a C library may round differently.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from autograder.wire import Generator

DECIMALS = 3
Made = TypeVar("Made")
Words = Callable[[int], np.ndarray]  # returns a number of words of raw bits
Drawn = MutableMapping[object, tuple[Any, int]]  # the numbers drawn at a place in the bits, and the next place
STEP = 1e-5  # with central differences in double precision, the error is about 1e-10
FAR = 100.0  # times smaller or larger


@dataclass(frozen=True, kw_only=True, slots=True)
class Simpler:
    """How inputs are simplified: shorter along axes of some lengths, with fewer decimals."""

    sizes: Mapping[int, int]
    decimals: int = DECIMALS


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Draw:
    """Numbers that were drawn, and how: `Inputs(seed, place=place).normal(40, 30)` gives them again."""

    place: int
    method: str
    arguments: tuple[str, ...]
    values: np.ndarray

    def code(self, seed: int) -> str:
        """Return the expression that draws these numbers again."""
        return f"Inputs({seed:#x}, place={self.place}).{self.method}({', '.join(self.arguments)})"


AS_DRAWN = Simpler(sizes=MappingProxyType({}))


class Inputs:
    """The source of one check's inputs.

    Parameters
    ----------
    seed
        The secret derived from course key, exercise and check.
    drawn
        Keeps drawn numbers; a grader passes the same one for all submissions, so that each number is drawn once.
    draws
        Added to the seeds of generators, for other draws by the same check.
    simpler
        How to simplify the inputs.
    place
        The place in the bits at which to begin, in words.
    """

    def __init__(
        self,
        seed: int,
        drawn: Drawn | None = None,
        *,
        draws: int = 0,
        simpler: Simpler = AS_DRAWN,
        place: int = 0,
    ) -> None:
        self.log: list[Draw] = []  # arrays that were drawn
        self.sizes: set[int] = set()  # that were asked for
        self._simpler = simpler
        self._seed = seed
        self._drawn: Drawn = {} if drawn is None else drawn
        self._draws = draws
        self._place = place
        self._bits: np.random.PCG64 | None = None
        self._bits_place = 0  # the place of the bits, which are behind if kept numbers were used instead
        self._generators = 0

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> np.ndarray:
        """Return numbers from `low` to `high`, with three decimals."""
        shape = self._sized(shape)

        def make(words: Words) -> np.ndarray:
            return np.asarray(np.round(low + (high - low) * _shares(words, shape), self._simpler.decimals))

        return self._array("uniform", shape, {"low": low, "high": high}, make)

    def normal(self, *shape: int, scale: float = 1.0, shift: float = 0.0) -> np.ndarray:
        """Return numbers that are nearly N(shift, scale²), with three decimals in units of the scale.

        Each is the sum of twelve uniform numbers (Irwin-Hall), so that none is farther out than six standard
        deviations.
        """
        shape = self._sized(shape)

        def make(words: Words) -> np.ndarray:
            size = math.prod(shape)
            triples = words(3 * size).reshape(size, 3, 1)
            quarters = (triples >> np.array([0, 16, 32, 48], np.uint64)) & np.uint64(0xFFFF)
            sums = quarters.astype(np.int64).sum(axis=(1, 2)).reshape(shape)
            return np.asarray(np.round((sums - 6 * 65535) / 65536, self._simpler.decimals) * scale + shift)

        return self._array("normal", shape, {"scale": scale, "shift": shift}, make)

    def apart(self, *shape: int, least: float = 0.2, most: float = 2.0) -> np.ndarray:
        """Return numbers of random sign whose size is between `least` and `most`, away from zero."""
        shape = self._sized(shape)

        def make(words: Words) -> np.ndarray:
            size = np.round(least + (most - least) * _shares(words, shape), self._simpler.decimals)
            return np.asarray(size * np.where(_shares(words, shape) < 0.5, -1.0, 1.0))

        return self._array("apart", shape, {"least": least, "most": most}, make)

    def positive(self, *shape: int, least: float = 0.5, most: float = 2.0) -> np.ndarray:
        """Return numbers between `least` and `most`."""
        return self.uniform(*shape, low=least, high=most)

    def number(self, least: float, most: float) -> float:
        """Return one number between `least` and `most`, with three decimals."""
        return float(self.uniform(low=least, high=most))

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to `bound - 1`."""
        return self._word() % self._sized((bound,))[0]

    def permutation(self, count: int) -> np.ndarray:
        """Return the whole numbers from 0 to `count - 1` in random order."""
        (count,) = self._sized((count,))
        return self._array("permutation", (count,), {}, lambda words: np.argsort(words(count), kind="stable"))

    def labels(self, count: int, classes: int) -> np.ndarray:
        """Return class numbers in which every class occurs, if there are enough of them."""
        order = self.permutation(count)
        return np.asarray((np.arange(len(order)) % self._sized((classes,))[0])[order])

    def generator(self, name: str = "") -> Generator:
        """Return a random generator for the student's function; the same name is the same generator in the whole
        check.
        """
        self._generators += 1
        return Generator(name or f"generator {self._generators}", (self._word() >> 32) + self._draws)

    def again(self, generator: Generator) -> Generator:
        """Return another generator in the state in which `generator` starts."""
        self._generators += 1
        return Generator(f"generator {self._generators}", generator.seed)

    def once(self, name: str, make: Callable[[Inputs], Made]) -> Made:
        """Return the result of `make(inputs)`, made once for all submissions: for inputs that take long to compute.

        The result must not be changed, and must not depend on the student. `name` is unique within the check.
        """
        return self._draw(("once", name), lambda _: make(self))

    def _sized(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return the shape to draw for a requested shape."""
        self.sizes.update(shape)
        sizes = self._simpler.sizes
        return tuple(sizes.get(size, size) for size in shape) if sizes else shape

    def _array(
        self, method: str, shape: tuple[int, ...], options: Mapping[str, float], make: Callable[[Words], np.ndarray]
    ) -> np.ndarray:
        """Return a new array of the numbers at this place, and record how they were drawn."""
        place = self._place
        values = self._draw((method, shape, *options.values()), make)
        arguments = (*map(str, shape), *(f"{name}={value!r}" for name, value in options.items()))
        self.log.append(Draw(place=place, method=method, arguments=arguments, values=values))
        return values.copy()

    def _word(self) -> int:
        return self._draw("word", lambda words: int(words(1)[0]))

    def _draw(self, what: object, make: Callable[[Words], Made]) -> Made:
        """Return the numbers at this place in the bits, kept ones or new ones."""
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
    """Return the same numbers in non-contiguous memory, as students may receive them."""
    spaced = np.zeros((*values.shape[:-1], 2 * values.shape[-1]), values.dtype)
    spaced[..., ::2] = values
    return spaced[..., ::2]


# ---- for follow-throughs: gradients, and whether a student's own result leaves anything to get right


def numerical_gradient(loss: Callable[[np.ndarray], object], at: np.ndarray, step: float = STEP) -> np.ndarray:
    """Return the gradient of a loss by central differences.

    Parameters
    ----------
    loss
        Takes an array of the shape of `at` and returns a number; it is called twice per element.
    at
        The point at which the gradient is computed, of any shape.

    Examples
    --------
    >>> numerical_gradient(lambda x: np.sum(x**2), np.array([1.0, -2.0])).round(6).tolist()
    [2.0, -4.0]
    """
    gradient = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        change = np.zeros(at.shape)
        change[index] = step
        gradient[index] = (np.asarray(loss(at + change)) - np.asarray(loss(at - change))) / (2 * step)
    return gradient


def resembles(actual: np.ndarray, right: np.ndarray, cosine: float = 0.5) -> bool:
    """Say whether a student's own result has about the size of the right one, and about its direction or the opposite
    one.

    Then a function that is built on it is about as hard to get right as one on the right result. Without this test, a
    function that does next to nothing would make the one that follows it trivial.

    Parameters
    ----------
    actual, right
        Arrays of one shape.
    cosine
        The lowest accepted cosine between the two, as a positive number.
    """
    product, own, size = np.sum(actual * right), np.sum(actual * actual), np.sum(right * right)
    return bool(product**2 > cosine**2 * own * size and own * FAR**2 > size and own < FAR**2 * size)
