"""The API for exercises: what checks and misconceptions import, and functions that load them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from autograder.authoring.exercise import Body, Check, Exercise, Function, arrays, handle, mapping, tuples, word
from autograder.authoring.gradients import numerical_gradient, resembles
from autograder.authoring.inputs import Inputs, strided
from autograder.authoring.load import load_exercise, load_module, place_of_error
from autograder.authoring.template import write_exercise
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

# Imported on first use: a student's check needs none of them, unless its functions draw random numbers.
_MODULES = {
    "HINTS": "autograder.authoring.misconceptions",
    "Bernoulli": "autograder.distribution",
    "Choice": "autograder.distribution",
    "Misconception": "autograder.authoring.misconceptions",
    "Misconceptions": "autograder.authoring.misconceptions",
    "Normal": "autograder.distribution",
    "Patch": "autograder.authoring.misconceptions",
    "Permutation": "autograder.distribution",
    "Uniform": "autograder.distribution",
    "namespace_of": "autograder.authoring.misconceptions",
    "patched_text": "autograder.authoring.misconceptions",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_MODULES[name]), name)
