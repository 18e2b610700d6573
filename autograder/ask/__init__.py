"""What an exercise's `checks.py` imports."""

from autograder.ask.asking import Asking, Oracle
from autograder.ask.draw import Draw, Laid
from autograder.ask.expect import (
    aligned_slopes,
    carried,
    equal,
    follows,
    holds,
    own_slopes,
    provided,
    provided_right,
    refuses,
    same,
)
from autograder.ask.misconceptions import Misconceptions
from autograder.ask.suite import Suite, arrays, mapping, opaque, returns
from autograder.claims import Bernoulli, Choice, Normal, Permutation, Uniform

__all__ = [
    "Asking",
    "Bernoulli",
    "Choice",
    "Draw",
    "Laid",
    "Misconceptions",
    "Normal",
    "Oracle",
    "Permutation",
    "Suite",
    "Uniform",
    "aligned_slopes",
    "arrays",
    "carried",
    "equal",
    "follows",
    "holds",
    "mapping",
    "opaque",
    "own_slopes",
    "provided",
    "provided_right",
    "refuses",
    "returns",
    "same",
]
