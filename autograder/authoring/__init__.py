"""What an exercise's checks and misconceptions import, and what loads them."""

from autograder.authoring.exercise import Body, Check, Exercise, Function, arrays, handle, mapping, tuples, word
from autograder.authoring.gradients import numerical_gradient, resembles
from autograder.authoring.inputs import Inputs, strided
from autograder.authoring.load import load_exercise, load_module, place_of_error
from autograder.authoring.misconceptions import (
    HINTS,
    Misconception,
    Misconceptions,
    Patch,
    namespace_of,
    patched_text,
)
from autograder.authoring.template import write_exercise
from autograder.distribution import Bernoulli, Choice, Normal, Permutation, Uniform
from autograder.limits import Limits

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
