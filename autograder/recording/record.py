"""Record an answer key: run every check on the reference, and keep the results.

This is the only step that runs the reference, and so the only one that imports torch.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import ModuleType

import msgspec
import numpy as np

from autograder.authoring import Check, Exercise, load_exercise, load_module, place_of_error
from autograder.authoring.inputs import AS_DRAWN, DECIMALS, Simpler
from autograder.checking import (
    CheckError,
    InProcessStudent,
    Run,
    Setting,
    Verdict,
    Watchdog,
    expected_of,
    explain,
    run_check,
)
from autograder.course import PUBLIC_CHECKS, REFERENCE, CourseError, ExerciseFolder
from autograder.course_key import HANDED_OUT, CourseKey
from autograder.key import AnswerKey, Fingerprint, KeyCheck, Recorded, SimplerRun, hash_source, shows
from autograder.recording.fingerprints import Fingerprinter
from autograder.results import Kind

KINDS: tuple[Kind, ...] = ("error", "distribution", "gradient", "reference", "property")  # the most telling first
ATTEMPTS = 5  # to find inputs that leave something to get right
SIMPLER_SIZES = (1, 2, 3)  # lengths to which longer axes are shortened
SIMPLER_SECONDS = 2.0  # for a check's own code to draw simpler inputs


def record(folder: ExerciseFolder, course_key: CourseKey) -> AnswerKey:
    """Return the answer key of an exercise: the answers, and the fingerprints of misconceptions."""
    answers, exercise = record_answers(folder, course_key)
    fingerprinter = Fingerprinter(answers, folder, exercise)
    found = [each for share in range(fingerprinter.shares) for each in fingerprinter.of(share)]
    return complete(fingerprinter, found, course_key)


def complete(
    fingerprinter: Fingerprinter, found: Sequence[Mapping[str, Fingerprint]], course_key: CourseKey
) -> AnswerKey:
    """Return the answer key of a course, or for students, with the fingerprints from all shares."""
    key = fingerprinter.complete(found)
    return _for_students(key) if course_key == HANDED_OUT else key


def record_answers(folder: ExerciseFolder, course_key: CourseKey) -> tuple[AnswerKey, Exercise]:
    """Return the answers to all checks for a course, or to public ones for students, and the loaded exercise.

    They are enough for verdicts; an answer key also has the fingerprints of misconceptions.

    Parameters
    ----------
    folder
        The exercise.
    course_key
        The key from which checks draw their inputs; `HANDED_OUT` for the key that students get.

    Raises
    ------
    CourseError
        If the exercise has a mistake, in one line with file and line number.
    """
    sources = folder.check_sources()
    exercise = load_exercise(folder.name, sources, folder.folder)
    reference = load_module(folder.folder / REFERENCE)
    parameters = {name: _parameters(reference, name) for name in exercise.functions}
    solution = load_module(folder.solution)
    for name in exercise.functions:
        if not callable(getattr(solution, name, None)):
            raise CourseError(f"{folder.solution}: there is no function {name}, which the checks declare")
    if not exercise.checks():
        raise CourseError(f"{folder.folder}: exercise {folder.name} has no checks; write one in public_checks.py")
    recorder = _Recorder(reference, solution, course_key, parameters)
    for_students = course_key == HANDED_OUT
    checks = [check for check in exercise.checks() if check.visibility == "public" or not for_students]
    key = AnswerKey(
        exercise=folder.name,
        version=folder.version(),
        seed=course_key.seed,
        course_key=course_key.fingerprint,
        limits=exercise.limits,
        parameters=parameters,
        checks=tuple(map(recorder.check, checks)),
        hashes={name: hash_source(content) for name, content in sources.items()},
        sources=sources,
        numpy=np.__version__,
        repairs=course_key.repairs_of(folder.name),
    )
    return key, exercise


def _for_students(key: AnswerKey) -> AnswerKey:
    """Remove misconceptions that public checks don't show, and hidden checks."""
    seen = {
        name
        for check in key.checks
        for name, fingerprint in check.fingerprints.items()
        if any(map(shows, fingerprint.values()))
    }
    seen |= {name for each in key.misconceptions if each.id in seen for name in each.combines}
    return msgspec.structs.replace(
        key,
        misconceptions=tuple(each for each in key.misconceptions if each.id in seen),
        hashes={name: digest for name, digest in key.hashes.items() if _is_public(name)},
        sources={},
    )


def _is_public(name: str) -> bool:
    return name == PUBLIC_CHECKS or name.startswith("data/")


def _parameters(reference: ModuleType, function: str) -> tuple[str, ...]:
    """Return a function's parameters as a student writes them, defaults included."""
    found = getattr(reference, function, None)
    if not callable(found):
        raise CourseError(f"{reference.__file__}: there is no function {function}, which the checks declare")
    described = inspect.signature(found).parameters.values()
    return tuple(each.name if each.default is each.empty else f"{each.name}={each.default!r}" for each in described)


class _Recorder:
    """Runs checks on the reference, which must pass them; failures are mistakes of the checks' author."""

    def __init__(
        self,
        reference: ModuleType,
        solution: ModuleType,
        course_key: CourseKey,
        parameters: dict[str, tuple[str, ...]],
    ) -> None:
        self._reference = reference
        self._solution = solution
        self._course_key = course_key
        self._setting = Setting(
            draws_from=b"", number=0, recorded=None, parameters=parameters, drawn={}, watchdog=Watchdog()
        )

    def check(self, check: Check) -> KeyCheck:
        """Return a check's part of the key."""
        draws_from, run, followed = self._decided(check)
        return KeyCheck(
            id=check.id,
            function=check.function.name,
            title=check.title,
            kind=next((kind for kind in KINDS if kind in run.kinds), "property"),
            visibility=check.visibility,
            points=check.points,
            random=run.random,
            draws_from=draws_from,
            recorded=Recorded(run.calls, dict(run.values)),
            follow_through=None if followed is None else Recorded(followed.calls, dict(followed.values)),
            simpler=tuple(self._simpler(check, draws_from, run)) if self._course_key == HANDED_OUT else (),
        )

    def _decided(self, check: Check) -> tuple[bytes, Run, Run | None]:
        """Return the seed of a check, its run, and that of its follow-through, if it has one.

        Occasionally, inputs leave nothing to get right (terms of a gradient cancel). Then others are drawn.
        """
        # Students don't have follow-throughs in the file of hidden checks.
        follows = check.follow is not None and (check.follow_is_public or self._course_key != HANDED_OUT)
        for attempt in range(ATTEMPTS):
            draws_from = self._course_key.draws_of(check.function.exercise.name, check.id, attempt)
            run = self._run(check, draws_from, follow_through=False)
            followed = self._run(check, draws_from, follow_through=True) if follows else None
            if not run.undecided and (followed is None or not followed.undecided):
                return draws_from, run, followed
        code = (check.body if run.undecided or check.follow is None else check.follow).__code__
        place = f"{code.co_filename}:{code.co_firstlineno}"
        what = "" if run.undecided else ", its follow-through,"
        raise CourseError(f"{place}: check {check.id}{what} finds the reference degenerate, whatever inputs it draws")

    def _simpler(self, check: Check, draws_from: bytes, run: Run) -> Iterator[SimplerRun]:
        """Yield the check with simpler inputs on which reference and solution agree, the simplest first."""
        tried: list[Simpler] = []
        for most in SIMPLER_SIZES:
            sizes: dict[int, int] = {}
            for size in sorted((size for size in run.sizes if size > most), reverse=True):
                if self._tried(check, draws_from, Simpler(sizes=sizes | {size: most})) is not None:
                    sizes[size] = most
            for decimals in (1, DECIMALS):
                simpler = Simpler(sizes=sizes, decimals=decimals)
                recorded = self._tried(check, draws_from, simpler) if simpler not in (*tried, AS_DRAWN) else None
                if recorded is not None:
                    tried.append(simpler)
                    yield SimplerRun(tuple(sizes.items()), decimals, recorded)

    def _tried(self, check: Check, draws_from: bytes, simpler: Simpler) -> Recorded | None:
        """Return the reference's results for simpler inputs, or None if these are not valid."""
        setting = replace(
            self._setting,
            drawn={},
            draws_from=draws_from,
            simpler=simpler,
            watchdog=Watchdog(SIMPLER_SECONDS),
        )
        reference = InProcessStudent(vars(self._reference), {str(self._reference.__file__): ""})
        try:
            run = run_check(check, reference, setting)
            recorded = Recorded(run.calls, dict(run.values))
            again = run_check(
                check,
                InProcessStudent(vars(self._solution)),
                replace(setting, drawn={}, recorded=expected_of(recorded)),
            )
        except CheckError:
            return None
        return recorded if run.failure is None and again.failure is None else None

    def _run(self, check: Check, draws_from: bytes, *, follow_through: bool) -> Run:
        code = (check.follow if follow_through and check.follow else check.body).__code__
        what = f"check {check.id}{', its follow-through,' if follow_through else ''}"
        file = str(self._reference.__file__)
        student = InProcessStudent(vars(self._reference), {file: ""})
        try:
            run = run_check(
                check,
                student,
                replace(self._setting, drawn={}, draws_from=draws_from),
                follow_through=follow_through,
            )
        except CheckError as error:
            place = place_of_error(error.__cause__ or error, code.co_filename)
            raise CourseError(f"{place}: {what} fails: {error}") from error
        place = f"{code.co_filename}:{code.co_firstlineno}"
        if run.failure is not None:
            verdict = Verdict(status="failed", failure=run.failure, function=run.function)
            message = explain(verdict, run.function, "public", "").splitlines()[0]
            raise CourseError(f"{place}: the reference ({file}) does not pass {what}: {message}")
        if not follow_through and not run.kinds:
            raise CourseError(f"{place}: {what} expects nothing, so it can't fail")
        return run
