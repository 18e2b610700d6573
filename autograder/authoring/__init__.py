"""The API for exercises: what checks and misconceptions import, and functions that load them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.authoring.exercise import Body, Check, Exercise, Function, arrays, handle, mapping, tuples, word
from autograder.authoring.inputs import Inputs, numerical_gradient, resembles, strided
from autograder.authoring.load import load_exercise, load_module, place_of_error, write_exercise
from autograder.lazy import on_first_use
from autograder.limits import Limits

if TYPE_CHECKING:
    from autograder.authoring.misconceptions import (
        HINTS,
        Misconception,
        Misconceptions,
        Patch,
        namespace_of,
        patched_text,
    )
    from autograder.distribution import Bernoulli, Choice, Normal, Permutation, Uniform

__all__ = [
    "HINTS",
    "Bernoulli",
    "Body",
    "Check",
    "Choice",
    "Exercise",
    "Function",
    "Inputs",
    "Limits",
    "Misconception",
    "Misconceptions",
    "Normal",
    "Patch",
    "Permutation",
    "Uniform",
    "arrays",
    "handle",
    "load_exercise",
    "load_module",
    "mapping",
    "namespace_of",
    "numerical_gradient",
    "patched_text",
    "place_of_error",
    "resembles",
    "strided",
    "tuples",
    "word",
    "write_exercise",
]

# A student's check needs none of them, unless its functions draw random numbers.
__getattr__ = on_first_use(
    __name__,
    {
        ".misconceptions": "HINTS Misconception Misconceptions Patch namespace_of patched_text",
        "autograder.distribution": "Bernoulli Choice Normal Permutation Uniform",
    },
)
