"""What verification finds, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Defect:
    """Something that an exercise promises and does not hold: where, what, and what to do about it."""

    exercise: str
    place: str
    fact: str
    mend: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """One exercise under one course seed, in numbers.

    `killed` and `named` are the misconceptions that lose points and that are diagnosed as themselves; `margin` is how
    many tolerances the nearest wrong values are away.
    """

    exercise: str
    seed: int
    checks: int
    misconceptions: int
    killed: int
    named: int
    margin: float
    seconds: float
