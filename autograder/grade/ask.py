"""Ask a submission all checks of a book: frames out, traces back, a fresh process after every fault."""

from __future__ import annotations

import time
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

import msgspec

from autograder.book import Book, Check
from autograder.cells import Cell
from autograder.grade.quote import Texts, quote, texts_of
from autograder.grade.receive import read_loading, read_trace
from autograder.script import Script
from autograder.trace import Fault, Loaded, Loading, Refused, Trace, names_class
from autograder.worker.frames import Load, Run
from autograder.worker.line import Line, Worker

ENCODE = msgspec.msgpack.Encoder().encode
Unasked = Refused | Fault
MAX_LOST = 4  # cells that may each use up the time of a check


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A check, the frame that asks it, and the other functions that it can't do without, or calls for excuses alone."""

    check: Check
    frame: bytes
    needs: frozenset[str]
    calls: frozenset[str]

    def frame_without(self, stopped: Set[str]) -> bytes:
        """Return a frame in which functions that stopped a process are not called: by no name there is a function."""
        if self.calls.isdisjoint(stopped):
            return self.frame
        named = (
            msgspec.structs.replace(call, function="") if call.function in stopped & self.calls else call
            for call in self.check.script.calls
        )
        return ENCODE(Run(Script(tuple(named))))


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back for one check. `blocked_by` names a function that stopped its process in its own checks."""

    check: Check
    trace: Trace | Fault
    seconds: float
    blocked_by: str = ""

    def quoted(self, texts: Texts) -> Answer:
        """Return the answer with the student's lines as they were handed in."""
        return replace(self, trace=quote(self.trace, texts)) if isinstance(self.trace, Trace) else self


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """A notebook cell that stopped its process while it was imported: it is left out, and the others tried again."""

    cell: Cell
    fault: Fault


def questions(book: Book) -> tuple[Question, ...]:
    """Encode a book's checks once for all submissions."""
    return tuple(
        Question(
            check=check,
            frame=ENCODE(Run(check.script)),
            needs=frozenset(check.script.calls[number].function for claim in check.required for number in claim)
            - {check.function},
            calls=frozenset(call.function for call in check.script.calls) - {check.function},
        )
        for check in book.checks
    )


def ask(asked: Sequence[Question], exercise: str, cells: Sequence[Cell], worker: Worker) -> list[Answer] | Unasked:
    """Return an answer to every question, or why there can be none: no import, or a line that was interfered with.

    Public checks come first, whatever their place: what a hidden one handed over can then not come out under them.
    """
    order = sorted(asked, key=lambda question: question.check.visibility == "hidden")
    so_far = SoFar(left=list(cells), patience=worker.limits.total_wall_seconds)
    while len(so_far.answers) < len(order):
        with worker.submission() as line:
            loading = _load(line, exercise, so_far)
            if isinstance(loading, Loaded):
                _ask_rest(order, line, so_far)
        if line.fault is not None and line.fault.kind == "protocol":
            return line.fault
        if isinstance(loading, Lost) and len(so_far.lost) < MAX_LOST:
            so_far.leave_out(loading)
        elif not isinstance(loading, Loaded):
            return loading.fault if isinstance(loading, Lost) else loading
    texts = texts_of(cells)
    answers = {answer.check.id: answer.quoted(texts) for answer in so_far.answers}
    return [answers[question.check.id] for question in asked]


@dataclass(kw_only=True, slots=True)
class SoFar:
    """Answers in the order of asking, cells that can be imported, and functions that can't be asked any more.

    `stopped` ones ended a process in their own checks, or, `lost`, while they were imported. `patience` are the seconds
    for which the submission may still be waited for; what a worker needs to start is not its own.
    """

    left: list[Cell]
    patience: float
    answers: list[Answer] = field(default_factory=list)
    stopped: dict[str, Fault] = field(default_factory=dict)
    lost: dict[str, Fault] = field(default_factory=dict)

    def leave_out(self, lost: Lost) -> None:
        """Go on without a cell."""
        self.left.remove(lost.cell)
        self.lost[lost.cell.function] = self.stopped[lost.cell.function] = lost.fault


def _ask_rest(order: Sequence[Question], line: Line, so_far: SoFar) -> None:
    """Go on where the answers end, until all questions are answered or the process has to be replaced."""
    for question in order[len(so_far.answers) :]:
        answer = _without_asking(question, so_far) or _ask_one(question, line, so_far.stopped.keys())
        so_far.answers.append(answer)
        so_far.patience -= answer.seconds
        if line.fault is not None:
            so_far.stopped[question.check.function] = line.fault
            return
        if isinstance(answer.trace, Trace) and any(names_class(each, "MemoryError") for each in answer.trace.outcomes):
            return  # what filled the memory may still be there


def _without_asking(question: Question, so_far: SoFar) -> Answer | None:
    """Answer for a function that was lost, or needs one that stopped a process, or when there has been enough time."""
    blocked_by = next((name for name in so_far.stopped if name in question.needs), "")
    if blocked_by:
        return Answer(check=question.check, trace=so_far.stopped[blocked_by], seconds=0.0, blocked_by=blocked_by)
    fault = so_far.lost.get(question.check.function)
    if fault is None and so_far.patience < 0:
        fault = Fault("timeout", "the submission as a whole took longer than is allowed")
    return Answer(check=question.check, trace=fault, seconds=0.0) if fault else None


def _load(line: Line, exercise: str, so_far: SoFar) -> Loading | Fault | Lost:
    """Import the cells in their order, up to one that can't be imported or stops the process."""
    for cell in so_far.left:
        if so_far.patience < 0:
            line.fault = Fault("timeout", "importing it took longer than the whole submission may")
            return line.fault
        started = time.perf_counter()
        reply = line.exchange(ENCODE(Load(exercise, cell)))
        so_far.patience -= time.perf_counter() - started
        loading = reply if isinstance(reply, Fault) else read_loading(reply)
        if isinstance(loading, Fault):
            line.fault = loading
            return loading if cell.required else Lost(cell=cell, fault=loading)
        if not isinstance(loading, Loaded):
            return loading
    return Loaded()


def _ask_one(question: Question, line: Line, stopped: Set[str]) -> Answer:
    started = time.perf_counter()
    reply = line.exchange(question.frame_without(stopped))
    trace = reply if isinstance(reply, Fault) else read_trace(reply, question.check.script)
    line.fault = trace if isinstance(trace, Fault) else None
    # What is built on a function that stops its process is stopped by it.
    blocked_by = min(stopped & question.calls, default="") if line.fault else ""
    return Answer(check=question.check, trace=trace, seconds=time.perf_counter() - started, blocked_by=blocked_by)
