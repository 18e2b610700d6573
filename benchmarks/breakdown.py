"""Where the time of an optimizers submission goes, step by step: `python -m benchmarks.breakdown`.

Two submissions, the right solution and one of the example class with named mistakes, are read, graded and written in
turn, on one core as executors have it, with clocks around the steps of grading. What can't be timed from outside the
worker is measured beside it in the same round: a fork with and without layers, empty calls, the worker's own work on
the same messages in this process, and the same calls made directly. The rows add up to the whole, which has a clock of
its own; what no other clock saw is the row "the rest".
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

from autograder import diagnosis, wire
from autograder.cells import Cell
from autograder.checking import StudentFunctions
from autograder.diagnosis import Diagnosis
from autograder.grading import Graded, Grader, grade, open_grader, read_submission, students
from autograder.key import AnswerKey
from autograder.limits import Limits
from autograder.merge import ReleasedNotebook
from autograder.report import feedback
from autograder.sandbox import BARE, Sandbox, Session
from autograder.worker import Caller
from benchmarks.course import CLASS, imported, make_class, subject
from benchmarks.equivalent import PlainCheck, calls_alone, rehearse
from benchmarks.measure import one_core, show, table

EXERCISE, MISTAKEN = "optimizers", "emmy"
NO_LAYER = frozenset({"landlock", "filter", "limits"})
ENCODE = msgspec.msgpack.Encoder().encode
DECODE = msgspec.msgpack.Decoder(wire.Request).decode
NOTHING = ENCODE(wire.Load("nothing", Cell(label="nothing.py", source=b"", required=True)))
EMPTY = ENCODE(wire.Call(0, 0, "nothing", (), {}, wire.Returns((), several=False)))  # of a function that is not there
WHOLE, REST = "**the whole**", "the rest: order, records, clocks"
OPEN, ASK, BARELY, AGAIN, WORK = "open", "ask", "open barely", "open again", "work"  # no rows of their own
READ, FORK, CONFINE, IMPORT, SEND, TRIPS, COMPUTE, CONVERT, COLD, RECEIVE, END, JUDGE, EXPLAIN, DIAGNOSE, WRITE = (
    "reading the file",
    "fork of a process",
    "its confinement",
    "import of the student's file",
    "arguments into messages",
    "round trips, empty",
    "the student's functions, called directly",
    "messages to calls, results to replies",
    "the same in a process whose memory is still its parent's",
    "decoding and validating the replies",
    "end of the process",
    "judging: the checks' own code, comparisons, blame",
    "putting into words",
    "diagnosis",
    "writing record and feedback",
)
STEPS = (
    READ,
    FORK,
    CONFINE,
    IMPORT,
    SEND,
    TRIPS,
    COMPUTE,
    CONVERT,
    COLD,
    RECEIVE,
    END,
    JUDGE,
    EXPLAIN,
    DIAGNOSE,
    WRITE,
)


@dataclass(slots=True)
class Stopwatch:
    """Seconds by step; while a step is inside of another one, they count for the inner one alone."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _running: list[str] = field(default_factory=lambda: [REST])
    _since: float = field(default_factory=time.perf_counter)

    def start(self, step: str) -> None:
        """Count from now on for a step."""
        now = time.perf_counter()
        self.seconds[self._running[-1]] += now - self._since
        self._running.append(step)
        self._since = now

    def stop(self) -> None:
        """Count from now on for the step around this one."""
        now = time.perf_counter()
        self.seconds[self._running.pop()] += now - self._since
        self._since = now

    @contextlib.contextmanager
    def running(self, step: str) -> Iterator[None]:
        """Count what happens inside for a step."""
        self.start(step)
        try:
            yield
        finally:
            self.stop()

    def around(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with a clock around it."""

        def measured(*args: Any, **kwargs: Any) -> Any:
            self.start(step)
            try:
                return function(*args, **kwargs)
            finally:
                self.stop()

        return measured


@dataclass(slots=True)
class TimedSession:
    """A session with a clock around every exchange; the first one imports the file."""

    session: Session
    watch: Stopwatch
    step: str = IMPORT

    @property
    def fault(self) -> wire.Fault | None:
        """What the process did wrong."""
        return self.session.fault

    @fault.setter
    def fault(self, fault: wire.Fault | None) -> None:
        self.session.fault = fault

    @property
    def waiting(self) -> Callable[[float], None]:
        """What is told of the time that a check has used."""
        return self.session.waiting

    @waiting.setter
    def waiting(self, waiting: Callable[[float], None]) -> None:
        self.session.waiting = waiting

    def start_check(self) -> None:
        """Begin a new time allowance."""
        self.session.start_check()

    def exchange(self, message: bytes, most: int) -> bytes | wire.Fault:
        """Send a message and return the reply."""
        self.watch.start(self.step)
        reply = self.session.exchange(message, most)
        self.watch.stop()
        self.step = ASK
        return reply


@dataclass(slots=True)
class TimedSandbox:
    """A sandbox with clocks around fork and end."""

    sandbox: Sandbox
    watch: Stopwatch

    @property
    def limits(self) -> Limits:
        """The limits of the sandbox."""
        return self.sandbox.limits

    @contextlib.contextmanager
    def session(self) -> Iterator[TimedSession]:
        """Open a process for a submission, and end it."""
        opened = self.sandbox.session()
        with self.watch.running(OPEN):
            session = opened.__enter__()
        yield TimedSession(session, self.watch)
        with self.watch.running(END):
            opened.__exit__(None, None, None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsed:
    """A submission in this process: its module, the messages that grading it sends, and the calls alone."""

    module: types.ModuleType
    messages: tuple[bytes, ...]
    calls: Sequence[PlainCheck]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bench:
    """What the rounds share: a grader, sandboxes with and without layers, a class of two, and where results go."""

    grader: Grader
    sandbox: Sandbox
    unconfined: Sandbox
    submissions: Path
    output: Path


def measure(*, quick: bool) -> str:
    """Return the table."""
    matter = subject(EXERCISE)
    mistaken = (CLASS / MISTAKEN / EXERCISE / f"{EXERCISE}.py").read_bytes()
    sources = {"right": matter.source.encode(), "with mistakes": mistaken}
    rehearsed = {name: _rehearsed(matter.key, source.decode()) for name, source in sources.items()}
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in sources}
    with ExitStack() as stack:
        stack.enter_context(one_core())
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bench = Bench(
            grader=open_grader(matter.key),
            sandbox=stack.enter_context(Sandbox(matter.key.limits, BARE)),
            unconfined=stack.enter_context(Sandbox(matter.key.limits, BARE, without=NO_LAYER)),
            submissions=make_class(place / "class", EXERCISE, list(sources.values()), len(sources)),
            output=place,
        )
        for _ in range(3 if quick else 100):
            for number, (name, each) in enumerate(rehearsed.items()):
                rounds[name].append(_round(bench, f"student{number:05}", each))
    header = ["step", *(f"{name}, ms" for name in rounds)]
    steps = (*STEPS, REST, WHOLE)
    means = [[_mean(step, each[1:]) * 1000 for step in steps] for each in rounds.values()]
    return table(header, zip(steps, *([f"{value:.2f}" for value in values] for values in means), strict=True))


def _rehearsed(key: AnswerKey, source: str) -> Rehearsed:
    module = imported(EXERCISE, source)
    rehearsals = rehearse(key, vars(module))
    return Rehearsed(
        module=module,
        messages=tuple(ENCODE(message) for each in rehearsals for message in each.messages),
        calls=calls_alone(rehearsals),
    )


def _round(bench: Bench, student: str, rehearsed: Rehearsed) -> dict[str, float]:
    """Grade one submission under clocks, and return the seconds of each step."""
    watch = Stopwatch()
    released = ReleasedNotebook(exercise=EXERCISE, cells=())
    started = time.perf_counter()
    with _clocks(watch), watch.running(REST):
        with watch.running(READ):
            submission = read_submission(bench.submissions, student, student, EXERCISE, released)
        graded = bench.grader.grade(submission, TimedSandbox(bench.sandbox, watch))
        with watch.running(WRITE):
            _write(bench.output, graded)
    found = watch.seconds
    found[WHOLE] = time.perf_counter() - started
    _measure_beside(bench, watch, rehearsed)
    found[CONFINE] = found[AGAIN] - found[BARELY]
    found[FORK] = found[OPEN] - found[CONFINE]
    found[CONVERT] = found[WORK] - found[COMPUTE]
    found[COLD] = found[ASK] - found[TRIPS] - found[WORK]
    found[REST] = found[WHOLE] - sum(found[step] for step in STEPS)
    return found


def _write(output: Path, graded: Graded) -> None:
    record = graded.record
    with output.joinpath("results.jsonl").open("ab") as lines:
        lines.write(msgspec.json.encode(record) + b"\n")
    output.joinpath(f"{record.student}.txt").write_text(feedback(record), "utf-8")


@contextlib.contextmanager
def _clocks(watch: Stopwatch) -> Iterator[None]:
    """Put clocks around the steps of grading, wherever the names that it calls them by are."""
    steps: list[tuple[Any, str, str]] = [
        (StudentFunctions, "_to_value", SEND),
        (students, "ENCODE", SEND),
        (students, "DECODE_REPLY", RECEIVE),
        (StudentFunctions, "_take", RECEIVE),
        (grade, "run_check", JUDGE),
        (grade, "judge", JUDGE),
        (grade, "explain", EXPLAIN),
        (diagnosis, "diagnose", DIAGNOSE),
        (Diagnosis, "words", DIAGNOSE),
    ]
    with ExitStack() as stack:
        for owner, name, step in steps:
            stack.enter_context(patch.object(owner, name, watch.around(step, getattr(owner, name))))
        yield


def _measure_beside(bench: Bench, watch: Stopwatch, rehearsed: Rehearsed) -> None:
    for step, sandbox in ((BARELY, bench.unconfined), (AGAIN, bench.sandbox)):
        opened = sandbox.session()
        with watch.running(step):
            session = opened.__enter__()
        if step == AGAIN:
            session.exchange(NOTHING)
            for _ in rehearsed.messages:
                with watch.running(TRIPS):
                    session.exchange(EMPTY)
        opened.__exit__(None, None, None)
    with watch.running(WORK):
        _work(rehearsed)
    for calls in rehearsed.calls:
        with watch.running(COMPUTE), contextlib.suppress(Exception):  # a function with a mistake may raise
            calls(rehearsed.module)


def _work(rehearsed: Rehearsed) -> None:
    """Do in this process what a worker does: decode messages, make the calls, encode replies and questions."""
    messages = iter(rehearsed.messages)

    def ask(question: wire.Question) -> wire.Answer:
        ENCODE(question)
        return DECODE(next(messages))

    caller = Caller(lambda: vars(rehearsed.module), {}, ask)
    for message in messages:
        ENCODE(wire.Reply(caller.make(DECODE(message))))


def _mean(step: str, rounds: Sequence[dict[str, float]]) -> float:
    """Return the mean of a step in the quickest quarter of the rounds by their whole: means add up, medians do not."""
    quickest = sorted(rounds, key=lambda each: each[WHOLE])[: max(1, len(rounds) // 4)]
    return sum(each[step] for each in quickest) / len(quickest)


if __name__ == "__main__":
    show(measure)
