"""Where the time of an optimizers submission goes, step by step: `python -m benchmarks.breakdown`.

Two submissions, the right solution and one of the example class with named mistakes, are read, graded and written in
turn, with clocks around the steps where `grade` calls them. What cannot be timed from outside the worker is measured
beside it in the same round: a fork with and without layers, empty scripts, the worker's own work on the same scripts in
this process, and the same calls made directly. The rows add up to the
whole, which has a clock of its own; what no other clock saw is the row "the rest".
"""

from __future__ import annotations

import contextlib
import tempfile
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

from autograder.book import Book
from autograder.cells import Cell
from autograder.grade import ask as asking
from autograder.grade import grade as grading
from autograder.grade.ask import ENCODE, Question, questions
from autograder.grade.grade import Graded
from autograder.grade.read import read_submission
from autograder.limits import Limits
from autograder.report.feedback import feedback
from autograder.script import Script
from autograder.trace import Fault
from autograder.worker.frames import Load, Run
from autograder.worker.line import Line
from autograder.worker.run import run
from autograder.worker.serve import DECODE
from autograder.worker.slot import Slot
from autograder.worker.surround import BARE
from benchmarks.course import CLASS, Subject, make_class, subject
from benchmarks.equivalent import load_checks, write_module
from benchmarks.measure import show, table

MISTAKEN = "emmy"
NO_LAYER = frozenset({"landlock", "filter", "limits"})
EMPTY = ENCODE(Run(Script(())))
WHOLE, REST = "**the whole**", "the rest: order, records, clocks"
OPEN, ASK, BARELY, AGAIN, WORK = "open", "ask", "open barely", "open again", "work"  # no rows of their own
FORK, CONFINE, TRIPS, COMPUTE, CONVERT, COLD = (
    "fork of a child",
    "its confinement",
    "round trips, empty",
    "the student's functions, called directly",
    "scripts to calls, results to replies",
    "the same in a child whose memory is still its parent's",
)
STEPS = (
    "reading the file",
    FORK,
    CONFINE,
    "import of the student's file",
    TRIPS,
    COMPUTE,
    CONVERT,
    COLD,
    "decoding and validating the replies",
    "end of the child",
    "judging",
    "putting into words",
    "diagnosis",
    "writing record and feedback",
    REST,
    WHOLE,
)
Checks = Sequence[Callable[[object], None]]


@dataclass(slots=True)
class Stopwatch:
    """Seconds by step."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextlib.contextmanager
    def running(self, step: str) -> Iterator[None]:
        """Count what happens inside for a step."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] += time.perf_counter() - started

    def around(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with a clock around it."""

        def measured(*args: Any, **kwargs: Any) -> Any:
            with self.running(step):
                return function(*args, **kwargs)

        return measured


@dataclass(slots=True)
class TimedLine:
    """A line with a clock around every exchange; the first is the import of the file."""

    line: Line
    watch: Stopwatch
    step: str = "import of the student's file"

    @property
    def fault(self) -> Fault | None:
        """Return what the process was found guilty of."""
        return self.line.fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self.line.fault = fault

    def exchange(self, message: bytes) -> bytes | Fault:
        """Send a request and return the reply."""
        with self.watch.running(self.step):
            reply = self.line.exchange(message)
        self.step = ASK
        return reply


@dataclass(slots=True)
class TimedSlot:
    """A slot with clocks around fork and end."""

    slot: Slot
    watch: Stopwatch

    @property
    def limits(self) -> Limits:
        """Return the limits of the slot."""
        return self.slot.limits

    @contextlib.contextmanager
    def submission(self) -> Iterator[TimedLine]:
        """Open a process for a submission, and end it."""
        opened = self.slot.submission()
        with self.watch.running(OPEN):
            line = opened.__enter__()
        yield TimedLine(line, self.watch)
        with self.watch.running("end of the child"):
            opened.__exit__(None, None, None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bench:
    """What the rounds share: slots with and without layers, a class of two, and where its results go."""

    book: Book
    asked: tuple[Question, ...]
    slot: Slot
    unconfined: Slot
    submissions: Path
    output: Path
    checks: Checks


def measure(*, quick: bool) -> str:
    """Return the table."""
    matter = subject("optimizers")
    mistaken = (CLASS / MISTAKEN / "optimizers" / "optimizers.py").read_bytes()
    modules = {"right": _module(matter.source), "with mistakes": _module(mistaken.decode())}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in modules}
    with ExitStack() as stack:
        bench = _bench(stack, matter, [matter.source.encode(), mistaken])
        for _ in range(3 if quick else 100):
            for number, (name, module) in enumerate(modules.items()):
                found[name].append(_round(bench, f"student{number:05}", module))
    header = ["step", *(f"{name}, ms" for name in found)]
    means = {name: [_mean(step, rounds[1:]) * 1000 for step in STEPS] for name, rounds in found.items()}
    rows = zip(STEPS, *([f"{value:.2f}" for value in values] for values in means.values()), strict=True)
    return table(header, rows)


def _bench(stack: ExitStack, matter: Subject, sources: Sequence[bytes]) -> Bench:
    place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    write_module(matter.book, place, with_claims=False)
    return Bench(
        book=matter.book,
        asked=questions(matter.book),
        slot=stack.enter_context(Slot(matter.book.limits, BARE)),
        unconfined=stack.enter_context(Slot(matter.book.limits, BARE, without=NO_LAYER)),
        submissions=make_class(place / "class", "optimizers", sources, len(sources)),
        output=place,
        checks=load_checks(place),
    )


def _round(bench: Bench, student: str, module: types.ModuleType) -> dict[str, float]:
    """Grade one submission under clocks, and return the seconds of each step."""
    watch = Stopwatch()
    with _clocks(watch), watch.running(WHOLE):
        submission = watch.around("reading the file", read_submission)(bench.submissions, student, "optimizers")
        graded = grading.grade(bench.book, bench.asked, submission, TimedSlot(bench.slot, watch))
        watch.around("writing record and feedback", _write)(bench.output, graded)
    found = watch.seconds
    _measure_beside(bench, watch, module)
    found[CONFINE] = found[AGAIN] - found[BARELY]
    found[FORK] = found[OPEN] - found[CONFINE]
    found[CONVERT] = found[WORK] - found[COMPUTE]
    found[COLD] = found[ASK] - found[TRIPS] - found[WORK]
    found[REST] = found[WHOLE] - sum(found[step] for step in STEPS if step not in (REST, WHOLE))
    return found


def _write(output: Path, graded: Graded) -> None:
    record = graded.record
    with output.joinpath("results.jsonl").open("ab") as lines:
        lines.write(msgspec.json.encode(record) + b"\n")
    output.joinpath(f"{record.student}.txt").write_text(feedback(record), "utf-8")


@contextlib.contextmanager
def _clocks(watch: Stopwatch) -> Iterator[None]:
    steps = {
        "judge": "judging",
        "explain": "putting into words",
        "diagnose": "diagnosis",
        "words": "diagnosis",
    }
    with ExitStack() as stack:
        for name, step in steps.items():
            stack.enter_context(patch.object(grading, name, watch.around(step, getattr(grading, name))))
        decoding = watch.around("decoding and validating the replies", asking.read_trace)
        stack.enter_context(patch.object(asking, "read_trace", decoding))
        yield


def _measure_beside(bench: Bench, watch: Stopwatch, module: types.ModuleType) -> None:
    for step, slot in ((BARELY, bench.unconfined), (AGAIN, bench.slot)):
        opened = slot.submission()
        with watch.running(step):
            line = opened.__enter__()
        if step == AGAIN:
            _exchange_nothing(bench, watch, line)
        opened.__exit__(None, None, None)
    for question in bench.asked:
        with watch.running(WORK):
            ENCODE(run(DECODE(question.frame).script, module.__dict__, {}))
    for check in bench.checks:
        with watch.running(COMPUTE), contextlib.suppress(Exception):  # a function with a mistake may raise
            check(module)


def _exchange_nothing(bench: Bench, watch: Stopwatch, line: Line) -> None:
    line.exchange(ENCODE(Load("nothing", Cell(label="nothing.py", source=b"", required=True))))
    for _ in bench.asked:
        with watch.running(TRIPS):
            line.exchange(EMPTY)


def _mean(step: str, rounds: Sequence[dict[str, float]]) -> float:
    """Return the mean of a step in the quickest quarter of the rounds by their whole: means add up, medians do not."""
    quickest = sorted(rounds, key=lambda each: each[WHOLE])[: max(1, len(rounds) // 4)]
    return sum(each[step] for each in quickest) / len(quickest)


def _module(source: str) -> types.ModuleType:
    module = types.ModuleType("optimizers")
    exec(compile(source, "optimizers.py", "exec", dont_inherit=True), module.__dict__)
    return module


if __name__ == "__main__":
    show(measure)
