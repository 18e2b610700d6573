"""Verify an exercise with a course seed: figures, and the defects that were found."""

from __future__ import annotations

import contextlib
import math
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.authoring import HINTS, Misconception, load_exercise
from autograder.checking import CheckError
from autograder.course import CourseError, ExerciseFolder
from autograder.course_key import HANDED_OUT, seeded
from autograder.grading import open_grader, single_file
from autograder.key import AnswerKey
from autograder.pictures import draw_pictures, plots_of
from autograder.recording import open_keys
from autograder.recording.fingerprints import Runner, misconceptions_of
from autograder.release import RepairTasks, make_stub, release
from autograder.results import CheckRecord, Record
from autograder.sandbox import BARE, Sandbox
from autograder.verify.defect import Defect, Figures
from autograder.verify.mutants import Grade, check_misconceptions, check_repairs, check_trivial_answers

POINTS = 100
ACCEPTED = 8  # right submissions in different styles, as our own course requires
FUTURE = "from __future__ import annotations\n"
UNEARNED = re.compile(r"^# earns nothing: (.*)$", re.MULTILINE)


def verify(folder: ExerciseFolder, seed: int, *, submissions: bool = True) -> tuple[Figures, list[Defect]]:
    """Verify an exercise; a key that can't be recorded is a defect like any other.

    Submissions are graded, unless that is done elsewhere.
    """
    start = time.monotonic()
    try:
        (key,), (students,) = (open_keys([folder], course_key) for course_key in (seeded(seed), HANDED_OUT))
        misconceptions = misconceptions_of(folder)
        exercise = load_exercise(folder.name, folder.check_sources(), folder.folder)
        runner = Runner(exercise, key)
        mutants = check_misconceptions(folder, exercise, runner, misconceptions)
        with _grading(key) as grade:
            defects = [
                *check_points(folder, key),
                *check_words(folder, misconceptions),
                *check_release(folder, students),
                *check_pictures(folder, key),
                *(check_submissions(folder, grade) if submissions else ()),
                *check_trivial_answers(folder, exercise, runner),
                *check_repairs(RepairTasks(folder, students), exercise, runner, seeded(seed), grade),
                *mutants.defects,
            ]
    except (CourseError, CheckError) as error:
        return Figures(exercise=folder.name, seed=seed), [
            Defect(exercise=folder.name, place="the exercise", fact=str(error), fix="fix that, and verify again")
        ]
    figures = Figures(
        exercise=folder.name,
        seed=seed,
        checks=len(key.checks),
        misconceptions=len(misconceptions),
        killed=mutants.killed,
        named=mutants.named,
        margin=min(mutants.margins.values(), default=math.inf),
        costs=mutants.costs,
        seconds=time.monotonic() - start,
    )
    return figures, defects


# ---- without running anything


def check_points(folder: ExerciseFolder, key: AnswerKey) -> Iterator[Defect]:
    """Add up the points."""
    total = sum(check.points for check in key.checks)
    if total != POINTS:
        yield Defect(
            exercise=folder.name,
            place="the checks",
            fact=f"are worth {total:g} points, expected {POINTS}",
            fix="change the points of some",
            severity="warning",
        )
    for function in key.parameters:
        if not sum(check.points for check in key.checks if check.function == function):
            yield Defect(
                exercise=folder.name,
                place="the checks",
                fact=f"{function} is worth nothing",
                fix="write a check of it, with points",
            )


def check_words(folder: ExerciseFolder, misconceptions: list[Misconception]) -> Iterator[Defect]:
    """Look for missing beliefs and hints, and for unknown names."""
    known = {misconception.id for misconception in misconceptions}
    for misconception in misconceptions:
        place = f"misconceptions.py, {misconception.id}"
        hints = [hint for hint in misconception.hints if hint.strip()]
        if not misconception.combines and (not misconception.belief or not hints):
            yield Defect(
                exercise=folder.name,
                place=place,
                fact=f"has {'no hint' if misconception.belief else 'no belief'}",
                fix=f"state the belief, and write {HINTS} hints that escalate",
            )
        elif not misconception.combines and len(set(hints)) != HINTS:
            yield Defect(
                exercise=folder.name,
                place=place,
                fact=f"has {len(set(hints))} different hints",
                fix=f"write {HINTS} hints that escalate",
                severity="warning",
            )
        named = {*misconception.combines, misconception.like} - {""}
        if named - known or (misconception.like and not misconception.because):
            yield Defect(
                exercise=folder.name,
                place=place,
                fact=f"refers to {', '.join(sorted(named))}, which must exist, and needs a reason for behaving alike",
                fix="name ids of this file, and say because=...",
            )


def check_release(folder: ExerciseFolder, key: AnswerKey) -> Iterator[Defect]:
    """Compare the assignment with what release makes."""
    with tempfile.TemporaryDirectory() as place:
        made = _contents(Path(place), release(folder, key, Path(place)))
    found = _contents(folder.assignment, list(folder.assignment.rglob("*")))
    stale = sorted(name for name in made.keys() | found.keys() if made.get(name) != found.get(name))
    if stale:
        yield Defect(
            exercise=folder.name,
            place=f"assignments/{folder.name}/",
            fact=f"{', '.join(stale)} is not what release makes",
            fix=f"run: autograder release {folder.name}",
        )


def _contents(folder: Path, files: list[Path]) -> dict[str, bytes]:
    """Return the bytes of files by their path in a folder; files of tools in hidden folders don't count."""
    names = {file: file.relative_to(folder) for file in files if file.is_file()}
    return {
        str(name): file.read_bytes()
        for file, name in names.items()
        if not name.parts[0].startswith(".") and "__pycache__" not in name.parts
    }


# ---- submissions, each graded in a real sandbox


def check_pictures(folder: ExerciseFolder, key: AnswerKey) -> Iterator[Defect]:
    """Draw the pictures of the solution's functions, as on feedback pages."""
    plots = plots_of(folder)
    names = [name for name in plots.code if name in key.parameters]
    why = {name: f"is named after no function of {folder.name}" for name in plots.code if name not in names}
    if names:
        with Sandbox(key.limits, BARE) as sandbox:  # our own code
            submission = single_file("", folder.name, folder.solution.read_bytes())
            drawn = draw_pictures(plots, names, submission, sandbox)
        why |= {name: f"draws nothing: {picture.why}" for name, picture in drawn.items() if not picture.panels}
    for name, fact in why.items():
        yield Defect(
            exercise=folder.name,
            place=f"plots/{name}.py",
            fact=fact,
            fix="pages draw what CONTRIBUTING.md lists, of a function that has the file's name",
        )


@contextlib.contextmanager
def _grading(key: AnswerKey) -> Iterator[Grade]:
    """Provide a function that grades a file in a sandbox; the sandbox is the same for all of them."""
    grader = open_grader(key)
    with Sandbox(key.limits, BARE, data=grader.data) as sandbox:  # our own code

        def grade(source: bytes) -> Record:
            return grader.grade(single_file("", grader.exercise, source), sandbox).record

        yield grade


def check_submissions(folder: ExerciseFolder, grade: Grade) -> Iterator[Defect]:
    """Grade submissions that must earn nothing, that must earn everything, and that must lose points in one function
    alone.
    """
    text = folder.solution.read_text("utf-8")
    stub = make_stub(str(folder.solution), text)
    yield from _earns_nothing(folder, grade(stub.encode()))
    yield from _earns_everything(folder, folder.solution.name, grade(text.encode()))
    for file in folder.submissions("accepted"):
        yield from _earns_everything(folder, f"submissions/accepted/{file.name}", grade(file.read_bytes()))
    for file in folder.submissions("wrong"):
        yield from _loses_in_itself(folder, file, grade(appended(text, file.read_text("utf-8")).encode()))
    for file in folder.submissions("unearned"):
        yield from _earns_nothing_for(folder, file, grade(appended(text, file.read_text("utf-8")).encode()))
    accepted = len(folder.submissions("accepted"))
    if accepted < ACCEPTED:
        yield Defect(
            exercise=folder.name,
            place="submissions/accepted/",
            fact=f"has {accepted} right submission{'s' * (accepted != 1)}, expected at least {ACCEPTED}",
            fix="write more, in different styles",
            severity="warning",
        )


def appended(solution: str, functions: str) -> str:
    """Return the solution with functions appended that replace its own."""
    return FUTURE + f"{solution}\n\n{functions}".replace(FUTURE, "")


def _earns_nothing(folder: ExerciseFolder, record: Record) -> Iterator[Defect]:
    attempted = [check.id for check in record.checks if check.status != "not_attempted"]
    if record.score or attempted:
        yield Defect(
            exercise=folder.name,
            place="the stub",
            fact=f"earns {record.score:g} points; attempted: {', '.join(attempted)}",
            fix="put all that answers a check between the marks of the solution",
        )


def _earns_everything(folder: ExerciseFolder, place: str, record: Record) -> Iterator[Defect]:
    for check in record.checks:
        if check.status != "passed":
            yield Defect(
                exercise=folder.name,
                place=place,
                fact=f"{check.id} is {check.status}: {record.error.message if record.error else check.message}",
                fix="fix the check if the code is right, else the code",
            )
        if check.diagnosis:
            yield Defect(
                exercise=folder.name,
                place=place,
                fact=f"is diagnosed as {', '.join(check.diagnosis)}",
                fix="make the misconception differ from right code",
            )


def _loses_in_itself(folder: ExerciseFolder, file: Path, record: Record) -> Iterator[Defect]:
    """Expect a wrong function, `<function>__<mistake>.py`, to fail in its own checks and in no other function's."""
    function = file.stem.partition("__")[0]
    functions = {check.function for check in record.checks}
    failed = {check.function for check in record.checks if check.status not in ("passed", "skipped")}
    if function not in functions:
        yield Defect(
            exercise=folder.name,
            place=f"submissions/wrong/{file.name}",
            fact=f"is named after {function}, which is not a function of the exercise",
            fix=f"name it <function>__<mistake>.py, with one of {', '.join(sorted(functions))}",
        )
    elif record.error or failed != {function}:
        told = record.error.message if record.error else f"fails in {', '.join(sorted(failed)) or 'nothing'}"
        yield Defect(
            exercise=folder.name,
            place=f"submissions/wrong/{file.name}",
            fact=f"{told}; expected to fail in {function} alone",
            fix="write a check that rejects it, or follow-throughs for the functions that are built on it",
        )


def _earns_nothing_for(folder: ExerciseFolder, file: Path, record: Record) -> Iterator[Defect]:
    """Expect no points for the functions that the file names: `# earns nothing: f, g`."""
    named = UNEARNED.search(file.read_text("utf-8"))
    functions = set(named[1].split(", ")) if named else set()
    paid: list[CheckRecord] = [check for check in record.checks if check.function in functions and check.points]
    if record.error or paid or not functions:
        told = ", ".join(check.id for check in paid) or (record.error.message if record.error else "no function")
        yield Defect(
            exercise=folder.name,
            place=f"submissions/unearned/{file.name}",
            fact=f"earns points for {told}" if paid else f"names {told}",
            fix="let the follow-through ask for more (nondegenerate), or name functions in `# earns nothing: ...`",
        )
