"""Claims: what must hold of a trace for a check to pass, as data. `ask` writes them, `judge` decides them."""

from __future__ import annotations

from typing import Literal

import msgspec

from autograder.formula import Formula


class Alternative(msgspec.Struct, frozen=True, array_like=True):
    """Another answer that is right for a student whose function `mend` is wrong: an error carried forward.

    `actual` and `expected` are compared instead. `expected` must not vanish, and `guard`, where there is one, must
    hold, so that nothing is paid for the zero gradient of a constant function.
    """

    mend: str
    actual: Formula
    expected: Formula
    guard: Formula | None = None


class Close(msgspec.Struct, frozen=True, array_like=True, tag="close"):
    """`actual` equals `expected` to the tolerance policy, or one of the alternatives does.

    `scale` is the size of the terms that an answer near zero was computed from; without it the expected answer's own.
    """

    what: str
    actual: Formula
    expected: Formula
    scale: Formula | None = None
    otherwise: tuple[Alternative, ...] = ()


class Holds(msgspec.Struct, frozen=True, array_like=True, tag="holds"):
    """Every element of `condition` is true; `otherwise` is the sentence for a student whose result breaks it."""

    condition: Formula
    otherwise: str


class Normal(msgspec.Struct, frozen=True, array_like=True, tag="normal"):
    """Independent draws from N(mean, std²), a matrix."""

    mean: float
    std: float


class Uniform(msgspec.Struct, frozen=True, array_like=True, tag="uniform"):
    """Independent draws from the interval [low, high], a matrix."""

    low: float
    high: float


class Bernoulli(msgspec.Struct, frozen=True, array_like=True, tag="bernoulli"):
    """Independent ones with probability `p`, zeros otherwise, a matrix."""

    p: float


class Permutation(msgspec.Struct, frozen=True, array_like=True, tag="permutation"):
    """One uniformly random order of the whole numbers from 0, a vector that is read in groups of `group`."""

    group: int


class Choice(msgspec.Struct, frozen=True, array_like=True, tag="choice"):
    """Independent draws of one of `count` equally likely whole numbers from 0, a vector."""

    count: int


Law = Normal | Uniform | Bernoulli | Permutation | Choice


class Follows(msgspec.Struct, frozen=True, array_like=True, tag="follows"):
    """`sample` is distributed by `law`; a right sample is refused with a probability below 1e-9."""

    what: str
    sample: Formula
    law: Law


class Refuses(msgspec.Struct, frozen=True, array_like=True, tag="refuses"):
    """The call with number `call` raises `error`, or a subclass of it."""

    call: int
    argument: str  # the bad one, as a student would write it
    error: str = "ValueError"


class Provided(msgspec.Struct, frozen=True, array_like=True, tag="provided"):
    """`claim`, whose failure is left out where the results of another `function`, that it rests on, break `condition`.

    What rests on several functions is wrapped several times, in the one that works first innermost. `excuses` says
    which failures: all; `alike` ones, where the function gives what is not finite, since then the result is not either;
    or those that `raised`, of a claim that is not about what the function gives.
    """

    function: str
    condition: Formula
    claim: Close | Holds | Follows | Provided
    excuses: Literal["all", "alike", "raised"] = "all"


Claim = Close | Holds | Follows | Refuses | Provided


def formulas(claim: Claim) -> tuple[Formula, ...]:
    """Return the formulas that must have values for the claim to be judged; alternatives may lack theirs."""
    if isinstance(claim, Provided):
        return formulas(claim.claim)
    if isinstance(claim, Close):
        return (claim.actual, claim.expected) if claim.scale is None else (claim.actual, claim.expected, claim.scale)
    if isinstance(claim, Holds):
        return (claim.condition,)
    return (claim.sample,) if isinstance(claim, Follows) else ()
