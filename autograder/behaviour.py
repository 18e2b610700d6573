"""Behaviour: what comes of a misconception where a claim looks, as data, so that diagnosing runs nothing again."""

from __future__ import annotations

import msgspec

from autograder.array import Array


class Right(msgspec.Struct, frozen=True, array_like=True, tag="right"):
    """The claim holds in spite of the misconception."""


class Values(msgspec.Struct, frozen=True, array_like=True, tag="values"):
    """The claim compares these values, whatever random numbers are drawn."""

    actual: Array


class Sampled(msgspec.Struct, frozen=True, array_like=True, tag="sampled"):
    """What chance shapes, by some numbers that tell its kind: their means over several runs, and their deviations.

    `always` says that the claim failed in every run.
    """

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    always: bool


class Broken(msgspec.Struct, frozen=True, array_like=True, tag="broken"):
    """There are no values to compare: what kind of failure it is, and the error, shape or property that it is about."""

    kind: str
    detail: str


class Open(msgspec.Struct, frozen=True, array_like=True, tag="open"):
    """Nothing can be said: another function keeps the claim from being judged, or chance decides."""


Behaviour = Right | Values | Sampled | Broken | Open


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
