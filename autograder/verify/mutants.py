"""Run known wrong code through every check: misconceptions, trivial answers, and the files of repair tasks.

A misconception loses points in its own function and in no other, and is diagnosed as itself. A function that returns
constants, noise, or its own arguments earns nothing. A repair task's file loses points in its wrong function alone, is
diagnosed rightly, and earns all when repaired.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from autograder.authoring import Check, Exercise, Misconception, load_module, namespace_of
from autograder.checking import RaisedError, Run, Verdict, WrongValues, judge
from autograder.course import CourseError, ExerciseFolder
from autograder.course_key import CourseKey, chosen, mark_line
from autograder.diagnosis import diagnose, fitting
from autograder.key import AnswerKey
from autograder.recording.fingerprints import Runner, flat
from autograder.release import RepairTasks
from autograder.results import Record
from autograder.verify.defect import Defect
from autograder.wire import Part

UNSEEN = 1000  # added to the seeds of generators, to get draws that no fingerprint has seen
ROUNDING = 1e-8  # numbers closer than this are the same
MARGIN = 5.0  # tolerances
Fill = Callable[[np.ndarray, Sequence[object]], np.ndarray]  # from the right result and the function's arguments
STUDENT = "verify"
Grade = Callable[[bytes], Record]  # of a file's content, in a real sandbox


def _noise(right: np.ndarray, arguments: Sequence[object]) -> np.ndarray:
    del arguments
    return np.random.default_rng(right.size).normal(size=right.shape)


def _identity(right: np.ndarray, arguments: Sequence[object]) -> np.ndarray:
    """Return the first argument that has the right shape, or zeros."""
    arrays = (each for each in arguments if isinstance(each, np.ndarray) and each.shape == right.shape)
    return np.array(next(arrays, np.zeros_like(right)))


def _shuffled(right: np.ndarray, arguments: Sequence[object]) -> np.ndarray:
    found = _identity(right, arguments)
    return np.asarray(np.random.default_rng(right.size).permutation(found.ravel()).reshape(found.shape))


ARGUMENTS: dict[str, Fill] = {"an argument as it is": _identity, "an argument in another order": _shuffled}
FILLS: dict[str, Fill] = {
    "zeros": lambda right, _: np.zeros_like(right),
    "ones": lambda right, _: np.ones_like(right),
    "0, 1, 2, ...": lambda right, _: np.arange(right.size).astype(right.dtype).reshape(right.shape),
    "noise": _noise,
    **ARGUMENTS,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """The runs and verdicts of all checks on one namespace of functions, by check id."""

    runs: Mapping[str, Run]
    verdicts: Mapping[str, Verdict]


def judge_namespace(
    exercise: Exercise,
    runner: Runner,
    namespace: Mapping[str, object],
    *,
    draws: int = 0,
    known: Mapping[str, Run] = MappingProxyType({}),
) -> Judged:
    """Run all checks on a namespace of functions, except for those whose runs are `known`, and judge them."""
    answers = {check.id: check for check in runner.key.checks}

    def follow(check: Check) -> Run:
        return runner.run(answers[check.id], namespace, draws=draws, follow_through=True)

    runs = {
        name: known[name] if name in known else runner.run(check, namespace, draws=draws)
        for name, check in answers.items()
    }
    return Judged(runs=runs, verdicts=judge(exercise, runs, follow))


def runs_without(changed: Collection[str], key: AnswerKey, source: str, runs: Mapping[str, Run]) -> dict[str, Run]:
    """Return the runs of the checks that call none of some functions, neither directly nor through others.

    Which calls a check makes does not depend on results, so these runs are the same however the functions of the source
    are changed.
    """
    reached = _reached(changed, source)
    return {
        check.id: runs[check.id]
        for check in key.checks
        if reached.isdisjoint(call.function for call in check.recorded.calls)
    }


def _reached(changed: Collection[str], source: str) -> set[str]:
    """Return the names that are changed, and those in whose definitions such names occur."""
    reached, before = set(changed), 0
    while len(reached) > before:
        before = len(reached)
        reached.update(*(bound for bound, names in _definitions(source) if not reached.isdisjoint(names)))
    return reached


@lru_cache(maxsize=1)  # the solution's, again and again
def _definitions(source: str) -> list[tuple[set[str], set[str]]]:
    """Return, for each statement of a module, the names that it defines, and all names in it."""
    return [
        ({*_bound(statement)}, {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)})
        for statement in ast.parse(source).body
    ]


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement of a module defines."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    else:
        names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
        yield from (name.id for name in names if isinstance(name.ctx, ast.Store))


@dataclass(kw_only=True, slots=True)
class MutantFigures:
    """The results of the checks for the misconceptions.

    `margins` has for each misconception how many tolerances away its clearest wrong value is, `costs` the lost share of
    its function's points; `rejecting` are the checks that fail some misconception.
    """

    killed: int = 0
    named: int = 0
    costs: dict[str, float] = field(default_factory=dict)
    margins: dict[str, float] = field(default_factory=dict)
    rejecting: set[str] = field(default_factory=set)
    defects: list[Defect] = field(default_factory=list)


def check_misconceptions(
    folder: ExerciseFolder, exercise: Exercise, runner: Runner, misconceptions: list[Misconception]
) -> MutantFigures:
    """Run all misconceptions."""
    solution, figures = load_module(folder.solution), MutantFigures()
    source = folder.solution.read_text("utf-8")
    right = judge_namespace(exercise, runner, vars(solution), draws=UNSEEN)
    for misconception in misconceptions:
        known = runs_without(misconception.touched, runner.key, source, right.runs)
        judged = judge_namespace(exercise, runner, namespace_of(misconception, solution), draws=UNSEEN, known=known)
        place = f"misconceptions.py, {misconception.id}"
        own, elsewhere = _lost(misconception, judged, figures)
        figures.killed += bool(own)
        points = {check.id: check.points for check in runner.key.checks if check.function == misconception.function}
        if points:  # a function may lack a check, which is reported elsewhere
            figures.costs[misconception.id] = sum(points[name] for name in own) / sum(points.values())
        if raised := _raised_everywhere(misconception, judged):
            figures.defects.append(
                Defect(
                    exercise=folder.name,
                    place=place,
                    fact=f"raises in every check of its function: {raised}",
                    fix="fix its code; a mistake that shows as an exception needs no name",
                )
            )
        if not own:
            figures.defects.append(
                Defect(exercise=folder.name, place=place, fact="loses no points", fix="write a check that rejects it")
            )
        if elsewhere:
            figures.defects.append(
                Defect(
                    exercise=folder.name,
                    place=place,
                    fact=f"loses points of another function, in {', '.join(elsewhere)}",
                    fix="declare what that function needs, and give the check a follow-through",
                )
            )
        figures.defects += _diagnosed(folder, misconception, runner.key, judged, figures)
    figures.defects += _idle(folder, runner.key, misconceptions, figures)
    return figures


def _lost(misconception: Misconception, judged: Judged, figures: MutantFigures) -> tuple[list[str], list[str]]:
    """Return the checks that are lost in the misconception's own function, and those that fail in others."""
    lost = {name: verdict for name, verdict in judged.verdicts.items() if verdict.status != "passed"}
    figures.rejecting |= lost.keys()
    if lost:
        figures.margins[misconception.id] = max(map(_margin, lost.values()))
    function_of = {name: name.partition(".")[0] for name in lost}
    own = [name for name in lost if function_of[name] == misconception.function]
    elsewhere = [
        name
        for name, verdict in lost.items()
        if function_of[name] not in misconception.touched and verdict.status != "skipped"
    ]
    return own, elsewhere


def _raised_everywhere(misconception: Misconception, judged: Judged) -> str:
    """Return the exception of a misconception whose function never returns, except for its own errors on bad
    arguments.
    """
    own = [run for name, run in judged.runs.items() if name.partition(".")[0] == misconception.function]
    returned = any(call.function == misconception.function for run in own for call, *_ in run.results)
    raised = [run.failure for run in own if isinstance(run.failure, RaisedError)]
    return "" if returned or not raised else f"{raised[0].name}: {raised[0].text}"


def _margin(verdict: Verdict) -> float:
    """Return how many tolerances the worst value is off; any other failure is infinitely far off."""
    failure = verdict.failure
    if not isinstance(failure, WrongValues) or failure.tolerance == 0:
        return math.inf
    return abs(failure.actual - failure.expected) / failure.tolerance


def _diagnosed(
    folder: ExerciseFolder, misconception: Misconception, key: AnswerKey, judged: Judged, figures: MutantFigures
) -> Iterator[Defect]:
    """Return whether it is recognized as itself, and the misconceptions with which it could be confused."""
    own = ("", misconception.function)
    runs = {name: run for name, run in judged.runs.items() if judged.verdicts[name].fix_first in own}
    found = diagnose(key, misconception.function, runs)
    wanted = misconception.combines or (misconception.like or misconception.id,)
    if found is not None and set(found.ids) == set(wanted):
        figures.named += 1
        return
    others = [each.id for each in fitting(key, misconception.function, runs) if each.id != misconception.id]
    instead = f"it is taken for {', '.join(found.ids)}" if found else "it gets no name"
    yield Defect(
        exercise=folder.name,
        place=f"misconceptions.py, {misconception.id}",
        fact=f"is not diagnosed as itself: {instead}" + (f"; {', '.join(others)} fits as well" if others else ""),
        fix="write a check that tells them apart, or say like=... and because=...",
    )


def _idle(
    folder: ExerciseFolder, key: AnswerKey, misconceptions: list[Misconception], figures: MutantFigures
) -> Iterator[Defect]:
    """Find checks that reject nothing, mistakes that hardly show, and functions that nobody gets wrong."""
    for check in key.checks:
        if check.id not in figures.rejecting:
            yield Defect(
                exercise=folder.name,
                place=f"check {check.id}",
                fact="is failed by no misconception",
                fix="write down the misconception that it is there for, or drop the check",
                severity="warning",
            )
    for name, margin in figures.margins.items():
        if margin < MARGIN:
            yield Defect(
                exercise=folder.name,
                place=f"misconceptions.py, {name}",
                fact=f"makes values wrong by only {margin:.3g} tolerances, expected {MARGIN:g}",
                fix="choose inputs on which the mistake is larger",
                severity="warning",
            )
    for function in key.parameters:
        if not any(misconception.function == function for misconception in misconceptions):
            yield Defect(
                exercise=folder.name,
                place="misconceptions.py",
                fact=f"has no misconception of {function}",
                fix="write down what students get wrong there",
                severity="warning",
            )


def check_trivial_answers(folder: ExerciseFolder, exercise: Exercise, runner: Runner) -> Iterator[Defect]:
    """Replace the solution's results by trivial answers: those of all functions, and of each alone.

    They have the right shapes; where the solution raises an exception, they return a result.
    """
    solution, source = vars(load_module(folder.solution)), folder.solution.read_text("utf-8")
    right = judge_namespace(exercise, runner, solution)

    def judged_with(wrong: Mapping[str, object]) -> Judged:
        known = runs_without(wrong, runner.key, source, right.runs)
        return judge_namespace(exercise, runner, {**solution, **wrong}, known=known)

    for function in exercise.functions:
        judged = judged_with({function: _refuse})
        for check in runner.key.checks:
            if check.function == function and judged.verdicts[check.id].status == "passed":
                yield Defect(
                    exercise=folder.name,
                    place=f"check {check.id}",
                    fact="is passed by a function that refuses everything with a ValueError",
                    fix="expect a value of a good call, too",
                )
    for name, fill in FILLS.items():
        for functions in ([*exercise.functions], *([function] for function in exercise.functions)):
            judged = judged_with({each: _trivial(exercise, solution, each, fill) for each in functions})
            changed = {
                each.id: _differ(right.runs[each.id], judged.runs[each.id], each.function) for each in runner.key.checks
            }
            wrong = {each.function for each in runner.key.checks if changed[each.id]}
            for check in runner.key.checks:
                passed = judged.verdicts[check.id].status == "passed" and check.function in functions
                # A function may rightly return an argument, like dropout in evaluation, but never a constant.
                if passed and check.function in wrong and (changed[check.id] or name not in ARGUMENTS):
                    yield Defect(
                        exercise=folder.name,
                        place=f"check {check.id}",
                        fact=f"is passed by functions that always return {name}",
                        fix="compare a value with the reference's, too",
                    )


def _refuse(*_args: object, **_kwargs: object) -> None:
    raise ValueError("refused")


def _differ(right: Run, trivial: Run, function: str) -> bool:
    """Say whether a function's calls in a check gave values other than the right ones."""
    return len(right.results) != len(trivial.results) or any(
        one.shape != other.shape or not np.allclose(one, other, ROUNDING, ROUNDING, equal_nan=True)
        for (call, *_, right_values), (*_, trivial_values) in zip(right.results, trivial.results, strict=True)
        for one, other in zip(flat(right_values), flat(trivial_values), strict=False)
        if call.function == function
    )


def _trivial(exercise: Exercise, solution: Mapping[str, Any], name: str, fill: Fill) -> Callable[..., Any]:
    """Return a function whose results have the form of the solution's, with trivial values."""
    right, returns = solution[name], exercise.functions[name].returns

    def filled(part: Part, value: Any, arguments: Sequence[object]) -> Any:
        if part.kind == "handle":
            return value
        if part.kind == "mapping":
            return {key: fill(np.asarray(item), arguments) for key, item in value.items()}
        if part.kind == "list":
            return [fill(np.asarray(item), arguments) for item in value]
        if part.kind == "tuples":
            return [tuple(fill(np.asarray(each), arguments) for each in item) for item in value]
        if part.kind == "word":
            place = float(fill(np.array(float(part.keys.index(value))), arguments))
            return part.keys[int(abs(place)) % len(part.keys)]
        return fill(np.asarray(value), arguments)

    def function(*args: Any, **kwargs: Any) -> Any:
        try:
            result = right(*args, **kwargs)
        except ValueError:
            nothing = [part.keys[0] if part.kind == "word" else 0.0 for part in returns.parts]
            return tuple(nothing) if returns.several else nothing[0]
        values = result if returns.several else (result,)
        given = (*args, *kwargs.values())
        found = tuple(filled(part, value, given) for part, value in zip(returns.parts, values, strict=True))
        return found if returns.several else found[0]

    return function


# ---- repair tasks
#
# The text of the file is tested as a student would submit it, not the misconception's own code. All other functions
# have the same text in every file, so only the checks that call the wrong one are run again.


def check_repairs(
    tasks: RepairTasks, exercise: Exercise, runner: Runner, course_key: CourseKey, grade: Grade
) -> Iterator[Defect]:
    """Prove all tasks of an exercise, and one student's task as a whole."""
    name = tasks.exercise.name
    right = judge_namespace(exercise, runner, _namespace(tasks.exercise, tasks.right), draws=UNSEEN)
    lost = [check for check, verdict in right.verdicts.items() if verdict.status != "passed"]
    if lost:
        yield _defect(name, "repaired", f"loses {', '.join(lost)}")
        return
    students = Runner(exercise, tasks.key)
    for misconception, text in tasks.texts.items():
        yield from _wrong_in_one_function(tasks.exercise, exercise, runner, right, misconception, text)
        if not _is_seen(tasks.exercise, students, misconception, text):
            yield _defect(name, misconception, "passes the public checks of its function, so that nothing tells it")
    if not tasks.texts:
        return
    secret = course_key.repairs_of(name)
    misconception = chosen(secret, STUDENT, sorted(tasks.texts))
    mark = mark_line(secret, STUDENT, misconception)
    try:
        tasks.task(misconception)
    except CourseError as error:
        yield _defect(name, misconception, str(error))
    handed_out, repaired = (grade((mark + text).encode()) for text in (tasks.texts[misconception], tasks.right))
    if handed_out.score == handed_out.max_score or handed_out.repair != misconception:
        yield _defect(name, misconception, f"as handed out earns {handed_out.score:g}, known as {handed_out.repair!r}")
    if repaired.score != repaired.max_score or not any("was wrong" in line for line in repaired.advice):
        yield _defect(name, misconception, f"repaired earns {repaired.score:g}, and says {'; '.join(repaired.advice)}")


def _wrong_in_one_function(
    folder: ExerciseFolder, exercise: Exercise, runner: Runner, right: Judged, misconception: str, text: str
) -> Iterator[Defect]:
    """Run the checks of the wrong function and those that need it; report points lost elsewhere, and a wrong
    diagnosis.
    """
    function = misconception.partition(".")[0]
    namespace = _namespace(folder, text)
    known = runs_without({function}, runner.key, text, right.runs)
    judged = judge_namespace(exercise, runner, namespace, draws=UNSEEN, known=known)
    runs, verdicts = judged.runs, judged.verdicts
    own = {check: verdict for check, verdict in verdicts.items() if check.partition(".")[0] == function}
    elsewhere = [
        check for check, verdict in verdicts.items() if check not in own and verdict.status not in ("passed", "skipped")
    ]
    if all(verdict.status == "passed" for verdict in own.values()) or elsewhere:
        yield _defect(folder.name, misconception, f"loses {', '.join(elsewhere) or 'nothing'}")
    seen = {check: run for check, run in runs.items() if verdicts[check].fix_first in ("", function)}
    found = diagnose(runner.key, function, seen)
    listed = next(each for each in runner.key.misconceptions if each.id == misconception)
    if found is None or set(found.ids) != {listed.like or misconception}:
        yield _defect(folder.name, misconception, f"is taken for {', '.join(found.ids) if found else 'nothing known'}")


def _is_seen(folder: ExerciseFolder, students: Runner, misconception: str, text: str) -> bool:
    """Say whether a public check of the wrong function fails, with the inputs that students have."""
    namespace = _namespace(folder, text)
    own = [check for check in students.key.checks if check.function == misconception.partition(".")[0]]
    return any(students.run(check, namespace).failure is not None for check in own)


def _namespace(folder: ExerciseFolder, text: str) -> dict[str, object]:
    """Run a file's text as a module of its own."""
    namespace: dict[str, object] = {"__name__": folder.name, "__file__": str(folder.solution)}
    exec(compile(text, str(folder.solution), "exec", dont_inherit=True), namespace)
    return namespace


def _defect(exercise: str, misconception: str, fact: str) -> Defect:
    return Defect(
        exercise=exercise,
        place=f"repair task {misconception}",
        fact=fact,
        fix="write it as a change of the solution (wrong.written), or exclude it (wrong.never_written)",
    )
