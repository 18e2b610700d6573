"""`autograder check` and `autograder hint`: public checks on a student's own file, and hints on known mistakes."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from autograder.api import OwnSandboxes, check_assignment
from autograder.assignment import Assignment, find_assignments
from autograder.course import UsageError
from autograder.grading import JudgedFunction, Listener
from autograder.report import Style, closing_feedback, function_feedback, points, style_of, wrapped

PATIENCE = 1.0  # seconds after which a call takes long
INTERVAL = 0.5  # between two updates if nobody calls `waiting`
CLEAR = "\r\x1b[K"


def check(arguments: argparse.Namespace) -> int:
    """Check every assignment or function named; 0 only if all of these public checks are passed."""
    if arguments.watch and arguments.format:
        raise UsageError("--watch is for people, --format for programs: choose one of them")
    if arguments.watch:
        from autograder.cli.watch import watch

        return watch(tuple(_chosen(arguments.what)))
    if arguments.format:
        return _check_for_machines(arguments)
    style = style_of(sys.stdout)
    with OwnSandboxes(arguments.early) as sandboxes:
        passed = [_check(assignment, functions, style, sandboxes) for assignment, functions in _chosen(arguments.what)]
    return 0 if all(passed) else 1


def hint(arguments: argparse.Namespace) -> int:
    """Print the next hint on one function's mistake; 0 if there was one."""
    style = style_of(sys.stdout)
    with OwnSandboxes(arguments.early) as sandboxes:
        hinted = [_hint(assignment, functions, style, sandboxes) for assignment, functions in _chosen(arguments.what)]
    return 0 if any(hinted) else 1


def _check_for_machines(arguments: argparse.Namespace) -> int:
    """Print one report on all assignments; on GitHub, a summary of the job is written, too."""
    from autograder.report import FORMATS, Checked, as_summary  # XML, JSON and HTML are for programs alone

    checked = []
    with OwnSandboxes(arguments.early) as sandboxes:
        for assignment, functions in _chosen(arguments.what):
            graded = check_assignment(assignment, functions, sandboxes=sandboxes)
            checked.append(Checked(file=assignment.file, record=graded.record, notes=graded.notes))
    print(FORMATS[arguments.format](checked), end="")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if arguments.format == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(as_summary(checked))
    return 0 if all(check.status == "passed" for each in checked for check in each.record.checks) else 1


def _chosen(what: Sequence[str]) -> Iterator[tuple[Assignment, tuple[str, ...]]]:
    """Yield the assignments that are named, each with the functions that are named, or with none for all.

    A word that is not a file or folder names a function of an assignment that is also named, or found from here.
    """
    functions = [name for name in what if name.isidentifier() and not Path(name).exists()]
    assignments = find_assignments([Path(name) for name in what if name not in functions])
    if not functions:
        yield from ((assignment, ()) for assignment in assignments)
        return
    known = {assignment: assignment.key().parameters for assignment in assignments}
    for name in functions:
        if not any(name in parameters for parameters in known.values()):
            names = ", ".join(dict.fromkeys(each.function for one in assignments for each in one.key().checks))
            raise UsageError(f"there is no file and no function {name!r}; the functions here are {names}")
    for assignment, parameters in known.items():
        own = tuple(name for name in functions if name in parameters)
        if own:
            yield assignment, own


def _check(assignment: Assignment, functions: tuple[str, ...], style: Style, sandboxes: OwnSandboxes) -> bool:
    """Print a student's feedback, function by function as it comes, and return whether all public checks are passed."""
    folder = "" if assignment.file.parent == Path.cwd() else f"{assignment.file.parent}/"
    print(f"{folder}{assignment.file.stem}: public checks\n")
    with ProgressLine(sys.stderr, assignment.key().limits.cpu_seconds) as progress:
        shown = Shown(progress, style)
        graded = check_assignment(
            assignment,
            functions,
            listener=Listener(running=progress.running, waiting=progress.waiting, judged=shown.judged),
            sandboxes=sandboxes,
        )
    record = graded.record
    print("\n".join(closing_feedback(record, style)))
    passed = sum(check.status == "passed" for check in record.checks)
    of_what = f" of {', '.join(functions)}" if functions else ""
    score = f"{points(record.score)} of {points(record.max_score)} points"
    total = f"{passed} of {len(record.checks)} public checks{of_what} passed, {score}."
    rest = "Hidden checks give the rest of the points."
    if not functions:
        rest = f"Hidden checks are worth the other {points(100 - record.max_score)} points."
    first, *others = wrapped(f"{total} {rest}", "", style.width)
    first = first.replace(total, style.paint(total, "strong"))
    print("\n".join(("", first, *others)))
    return passed == len(record.checks)


class Shown:
    """Prints the feedback on functions in the order in which they are judged."""

    def __init__(self, progress: ProgressLine, style: Style) -> None:
        self._progress = progress
        self._style = style

    def judged(self, judged: JudgedFunction) -> None:
        """Print the feedback on one function."""
        self._progress.clear()
        printed = {note.check: note.printed for note in judged.notes}
        simpler: dict[str, str] = {}
        if judged.examples:
            from autograder.debugging import simpler_words

            simpler = simpler_words(judged.examples)
        function = judged.records[0].function
        lines = function_feedback(function, judged.records, self._style, printed, simpler=simpler)
        print("\n".join(lines), flush=True)


def _hint(assignment: Assignment, functions: tuple[str, ...], style: Style, sandboxes: OwnSandboxes) -> bool:
    """Print the next hint on one function, or why there is none, and return whether there was one."""
    from autograder.hints import next_hint

    record = check_assignment(assignment, functions, sandboxes=sandboxes).record
    found = False
    for function in functions or ("",):
        advice = next_hint(assignment, record, function, " ".join(("autograder check", function)).strip(), style)
        print(advice.text)
        found = found or advice.found
    return found


# ---- what takes long: "adam: waiting, 3 of 10 s of CPU time"


class ProgressLine:
    """On a terminal, shows which call takes long, and removes the line again; elsewhere, it shows nothing.

    With a sandbox, the waiting process calls `waiting`. If the user's own process computes, a thread reads the clock.

    Parameters
    ----------
    stream
        Where the line is shown.
    allowed
        How many CPU seconds a check may use.
    """

    def __init__(self, stream: TextIO, allowed: float, now: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._allowed = allowed
        self._now = now
        self._what = ""
        self._since = now()
        self._shown = ""
        self._lock = threading.Lock()
        self._over = threading.Event()

    def __enter__(self) -> Self:
        if self._stream.isatty() and sys.platform != "linux":
            threading.Thread(target=self._look, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self.clear()

    def running(self, what: str) -> None:
        """Say that a check of a function begins."""
        self.clear()
        self._what, self._since = what, self._now()

    def waiting(self, used: float) -> None:
        """Say that a call goes on, and how many CPU seconds its check has used."""
        self._show(f"{self._what}: waiting, {used:.0f} of {self._allowed:g} s of CPU time")

    def clear(self) -> None:
        """Remove the line."""
        with self._lock:
            if self._shown:
                self._stream.write(CLEAR)
                self._stream.flush()
                self._shown = ""

    def _show(self, text: str) -> None:
        with self._lock:
            if self._now() - self._since > PATIENCE and text != self._shown and self._stream.isatty():
                self._stream.write(f"{CLEAR}{text}")
                self._stream.flush()
                self._shown = text

    def _look(self) -> None:
        while not self._over.wait(INTERVAL):
            self._show(f"{self._what}: waiting, {self._now() - self._since:.0f} s; Ctrl-C ends it")
