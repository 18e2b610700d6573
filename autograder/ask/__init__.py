"""What an exercise's `checks.py` imports."""

from autograder.ask.asking import Asking, Oracle
from autograder.ask.draw import Draw, Laid
from autograder.ask.expect import (
    aligned_slopes,
    all_resemble,
    carried,
    equal,
    follows,
    holds,
    own_slopes,
    provided,
    provided_alike,
    provided_right,
    refuses,
    resembles,
    same,
)
from autograder.ask.misconceptions import Misconceptions
from autograder.ask.suite import Suite, arrays, mapping, opaque, returns
from autograder.ask.symbol import Symbol
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
    "Symbol",
    "Uniform",
    "aligned_slopes",
    "all_resemble",
    "arrays",
    "carried",
    "equal",
    "follows",
    "holds",
    "mapping",
    "opaque",
    "own_slopes",
    "provided",
    "provided_alike",
    "provided_right",
    "refuses",
    "resembles",
    "returns",
    "same",
]
