"""Behaviour: what comes of a misconception where a claim looks, as data, so that diagnosing runs nothing again."""

from __future__ import annotations

import msgspec

from autograder.array import Array


class Right(msgspec.Struct, frozen=True, array_like=True, tag="right"):
    """The claim holds in spite of the misconception."""


class Values(msgspec.Struct, frozen=True, array_like=True, tag="values"):
    """The claim compares these values, whatever random numbers are drawn."""

    actual: Array


class Fit(msgspec.Struct, frozen=True, array_like=True, tag="fit"):
    """Values that chance shapes, by their relation to the expected ones: actual ≈ factor · expected.

    `left` is the size of the rest in units of the expected values', `wrong` the share of elements that are off.
    """

    factor: float
    left: float
    wrong: float


class Scores(msgspec.Struct, frozen=True, array_like=True, tag="scores"):
    """A random sample's statistics, each by its distance from the middle of its range in units of half the range."""

    values: tuple[float, ...]


class Broken(msgspec.Struct, frozen=True, array_like=True, tag="broken"):
    """There are no values to compare: what kind of failure it is, and the error, shape or property that it is about."""

    kind: str
    detail: str


Behaviour = Right | Values | Fit | Scores | Broken


class Belief(msgspec.Struct, frozen=True, array_like=True):
    """A misconception, as an answer book holds it; what comes of it is noted check by check.

    `combines` are the ids of two that are held at once; `like` is the id of one that behaves alike.
    """

    id: str
    function: str
    sentence: str
    hints: tuple[str, ...]
    combines: tuple[str, ...] = ()
    like: str = ""
