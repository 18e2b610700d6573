"""Run a check on a student, and return as data how its expectations compare with the results.

The same function runs a check on the reference when a key is recorded, on misconceptions, and on submissions.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograder.authoring import Check, Inputs
from autograder.authoring.inputs import AS_DRAWN, Draw, Drawn, Simpler
from autograder.checking.expect import Expect, Observation, Undecided
from autograder.checking.failures import Failure
from autograder.checking.student import Asked, CallFailed, CallLog, Result, Student, StudentFunctions, Terms
from autograder.checking.watchdog import Watchdog
from autograder.key import CallShapes, Recorded
from autograder.results import Kind
from autograder.wire import Array, Call, Fault, unpack


class CheckError(Exception):
    """A check's own code failed: a mistake of its author, never of the student. The cause has the details."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One run of a check, or of its follow-through, on one student."""

    failure: Failure | None  # the first failure; None if all expectations held
    function: str  # the function that failed: the check's own, or the one whose call failed
    observations: tuple[Observation, ...]
    undecided: bool = False  # in a follow-through: there was nothing to get right or wrong
    repeats: bool = False  # in a follow-through: the function repeats another one's mistake
    provided: bool = False  # in a follow-through: the results on which the function is built were right
    fault: Fault | None = None
    changed: Mapping[str, tuple[str, ...]]  # names of arguments that calls changed in place, by function
    raised: tuple[str, ...]
    raising: tuple[Call, ...]  # the calls that raised
    made: tuple[Call, ...]  # up to the first failure
    asked: tuple[Asked, ...]  # of callbacks
    printed: str
    single: bool  # the student's values show single precision
    random: bool  # a random generator was passed
    sizes: frozenset[int]  # lengths of everything drawn, along all axes
    seed: int  # the seed of its inputs
    drawn: tuple[Draw, ...]
    results: tuple[Result, ...]
    calls: tuple[CallShapes, ...]
    values: Mapping[str, Array]  # recorded in this run, by label
    kinds: frozenset[Kind]
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """The reference's results in a check: its calls, and the values at its labels, unpacked once for all students."""

    calls: tuple[CallShapes, ...]
    values: Mapping[str, np.ndarray]


def expected_of(recorded: Recorded | None) -> Expected | None:
    """Unpack a run on the reference from a key, or return None if there was none."""
    if recorded is None:
        return None
    values = {label: unpack(array) for label, array in recorded.values.items()}
    return Expected(calls=recorded.calls, values=values)


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """The setting of a run, besides the check and the student."""

    draws_from: bytes  # the seed of the check's inputs
    number: int  # the number of the run among all of the student's
    recorded: Expected | None  # the reference's results; None while they are being recorded
    parameters: Mapping[str, tuple[str, ...]]  # each function's parameters, defaults included
    drawn: Drawn  # inputs that earlier runs of the same check have drawn
    watchdog: Watchdog  # ends a check whose own code takes too long
    draws: int = 0  # added to the seeds of generators, for other draws of the same check
    simpler: Simpler = AS_DRAWN  # fewer and rounder numbers


@np.errstate(all="ignore")  # a student's numbers may be of any size
def run_check(check: Check, student: Student, setting: Setting, *, follow_through: bool = False) -> Run:
    """Run a check, or its follow-through, and return the outcome.

    Raises `CheckError` if the check's own code fails.
    """
    body = check.follow if follow_through and check.follow else check.body
    exercise, recorded = check.function.exercise, setting.recorded
    terms = Terms(
        exercise=exercise,
        own=check.function.name,
        number=setting.number,
        expected=None if recorded is None else recorded.calls,
        parameters=setting.parameters,
    )
    started = time.perf_counter()
    function, ended, undecided = check.function.name, None, False
    with setting.watchdog.watch() as watch:
        log = CallLog(watch=watch, own=check.function.name)
        expect = Expect(None if recorded is None else recorded.values, log)
        inputs = Inputs(int.from_bytes(setting.draws_from), setting.drawn, draws=setting.draws, simpler=setting.simpler)
        try:
            body(StudentFunctions(student, terms, log), inputs, expect)
        except CallFailed as failed:
            function, ended = failed.function, failed.failure
        except Undecided:
            undecided = True
        except Exception as error:
            told = str(error) or (type(error).__doc__ or "").strip()
            raise CheckError(f"{type(error).__name__}: {told}") from error
    expect.end(ended)
    first = next((each for each in expect.observations if each.failure is not None), None)
    return Run(
        failure=None if first is None else first.failure,
        function=function if first is None or first.form == "end" else check.function.name,
        observations=tuple(expect.observations),
        undecided=undecided,
        repeats=expect.repeats,
        provided=expect.provided,
        fault=log.fault,
        changed={name: tuple(names) for name, names in log.changed.items()},
        raised=tuple(log.raised),
        raising=tuple(log.raising),
        made=tuple(log.made[: expect.calls_before_failure]),
        asked=tuple(log.asked),
        sizes=frozenset(inputs.sizes),
        seed=int.from_bytes(setting.draws_from),
        drawn=tuple(inputs.log),
        printed="".join(log.printed),
        single=log.single,
        random=log.random,
        results=tuple(log.results),
        calls=tuple(log.calls),
        values=expect.values,
        kinds=frozenset(expect.kinds),
        seconds=time.perf_counter() - started,
    )
