"""What plain tests have instead of `autograder.authoring`: the same names for checks, and NumPy alone.

`benchmarks.equivalent` copies this file into a folder together with the checks of an exercise, which then run in any
process that can import NumPy, on a module of a student's functions. A check gets inputs that were drawn beforehand, its
calls are calls of the student's functions, and an expectation is a plain assertion. What the checks of the optimizers
use is here, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

TOLERANCE = 1e-6
Body = Callable[[Any, Any, Any], None]
bodies: dict[str, Body] = {}  # the checks by their ids


class Exercise:
    """Declares functions; there is nothing else to an exercise here."""

    def __init__(self, name: str) -> None:
        self.name = name

    def function(self, name: str, **_: object) -> Function:
        """Declare a function that students write."""
        return Function(name)


class Function:
    """A function that students write; its checks are added to `bodies`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def check(self, **_: object) -> Callable[[Body], Body]:
        """Add a check (decorator)."""

        def add(body: Body) -> Body:
            bodies[f"{self.name}.{body.__name__}"] = body
            return body

        return add


def handle(name: str) -> str:
    """Name a returned value; the student's own objects are passed on as they are."""
    return name


arrays = handle


class Permutation:
    """A distribution, which is not tested here."""

    def __init__(self, *_: object) -> None:
        pass


def strided(values: np.ndarray) -> np.ndarray:
    """Return the same numbers in memory that is not contiguous."""
    spaced = np.zeros((*values.shape[:-1], 2 * values.shape[-1]), values.dtype)
    spaced[..., ::2] = values
    return spaced[..., ::2]


class Student:
    """The functions of a student's module."""

    def __init__(self, module: object) -> None:
        self._module = module

    def at(self, _label: str) -> Student:
        """Return the same student: without messages, there is no use for labels."""
        return self

    def call(self, function: Function, *args: object, **kwargs: object) -> Any:
        """Call a function by what the exercise has declared it as."""
        return getattr(self._module, function.name)(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


class Inputs:
    """Inputs that were drawn beforehand, in the order in which a check asks for them."""

    def __init__(self, drawn: Sequence[object]) -> None:
        self._drawn = iter(drawn)

    def generator(self) -> np.random.Generator:
        """Return a generator; what was drawn is its seed."""
        return np.random.default_rng(next(self._drawn))

    def again(self, _generator: np.random.Generator) -> np.random.Generator:
        """Return a generator in the state in which an earlier one started."""
        return self.generator()

    def __getattr__(self, _method: str) -> Callable[..., Any]:
        return self._next

    def _next(self, *_: object, **__: object) -> Any:
        value = next(self._drawn)
        return value.copy() if isinstance(value, np.ndarray) else value


class Expect:
    """Expectations as assertions: the first one that fails ends the check."""

    def __init__(self, recorded: Mapping[str, np.ndarray]) -> None:
        self._recorded = recorded

    def reference(self, label: str, actual: object, *, scale: object = None) -> None:
        """Expect the value that the reference gave."""
        self.close(label, actual, self._recorded[label], scale=scale)

    def close(self, label: str, actual: object, expected: object, *, scale: object = None) -> None:
        """Expect two values to agree to the tolerance."""
        size = np.max(np.abs(expected if scale is None else scale), initial=0.0)
        np.testing.assert_allclose(actual, expected, rtol=TOLERANCE, atol=TOLERANCE * size, err_msg=label)

    def that(self, condition: object, sentence: str) -> None:
        """Expect a condition, or every element of one, to be true."""
        assert np.all(condition), sentence

    def distribution(self, label: str, sample: object, _distribution: Permutation) -> None:
        """Expect a sample to be finite."""
        assert np.all(np.isfinite(sample)), label
