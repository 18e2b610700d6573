"""Ask a submission all checks of a book: frames out, traces back, a fresh process after every fault."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from autograder.array import unpack
from autograder.book import Book, Check
from autograder.cells import Cell
from autograder.script import Returns, Script
from autograder.trace import Arrays, Fault, Loaded, Loading, Malformed, Refused, Returned, Trace, Unreached, names_class
from autograder.worker.connection import Connection
from autograder.worker.frames import Load, Run
from autograder.worker.slot import Slot

ENCODE = msgspec.msgpack.Encoder().encode
DECODE_LOADING = msgspec.msgpack.Decoder(Loading).decode
DECODE_TRACE = msgspec.msgpack.Decoder(Trace).decode
MAX_LOST = 4  # cells that may each use up the time of a check


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A check, the frame that asks it, and the other functions that it calls."""

    check: Check
    frame: bytes
    needs: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back for one check. `blocked_by` names a function that stopped its process in its own checks."""

    check: Check
    trace: Trace | Fault
    seconds: float
    blocked_by: str = ""


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
        )
        for check in book.checks
    )


def ask(asked: Sequence[Question], exercise: str, cells: Sequence[Cell], slot: Slot) -> list[Answer] | Refused | Fault:
    """Return an answer to every question, or why the submission can't be imported."""
    answers: list[Answer] = []
    stopped: dict[str, Fault] = {}
    lost: dict[str, Fault] = {}
    left = list(cells)
    while True:
        with slot.submission() as connection:
            loading = _load(connection, exercise, left)
            if isinstance(loading, Lost) and len(cells) - len(left) < MAX_LOST:
                left.remove(loading.cell)
                lost[loading.cell.function] = stopped[loading.cell.function] = loading.fault
            elif not isinstance(loading, Loaded):
                return loading.fault if isinstance(loading, Lost) else loading
            elif _ask_rest(asked, connection, answers, stopped, lost):
                return answers


def _ask_rest(
    asked: Sequence[Question],
    connection: Connection,
    answers: list[Answer],
    stopped: dict[str, Fault],
    lost: Mapping[str, Fault],
) -> bool:
    """Go on where `answers` ends; say whether all questions are answered, or the process has to be replaced."""
    while len(answers) < len(asked):
        question = asked[len(answers)]
        blocked_by = next((name for name in stopped if name in question.needs), "")
        if blocked_by:
            answers.append(Answer(check=question.check, trace=stopped[blocked_by], seconds=0.0, blocked_by=blocked_by))
            continue
        if fault := lost.get(question.check.function):
            answers.append(Answer(check=question.check, trace=fault, seconds=0.0))
            continue
        answer = _ask_one(question, connection)
        answers.append(answer)
        if isinstance(answer.trace, Fault):
            stopped[question.check.function] = answer.trace
            return False
        if any(names_class(outcome, "MemoryError") for outcome in answer.trace.outcomes):
            return False  # what filled the memory may still be there
    return True


def _load(connection: Connection, exercise: str, cells: Sequence[Cell]) -> Loading | Fault | Lost:
    """Import the cells in their order, up to one that can't be imported or stops the process."""
    for cell in cells:
        reply = connection.exchange(ENCODE(Load(exercise, cell)))
        loading = reply if isinstance(reply, Fault) else _read_loading(reply)
        if isinstance(loading, Fault) and not cell.required:
            return Lost(cell=cell, fault=loading)
        if not isinstance(loading, Loaded):
            return loading
    return Loaded()


def _read_loading(reply: bytes) -> Loading | Fault:
    try:
        loading: Loading = DECODE_LOADING(reply)
    except (msgspec.DecodeError, RecursionError) as error:
        return Fault("protocol", str(error))
    return loading


def _ask_one(question: Question, connection: Connection) -> Answer:
    started = time.perf_counter()
    reply = connection.exchange(question.frame)
    trace = reply if isinstance(reply, Fault) else _read_trace(reply, question.check.script)
    return Answer(check=question.check, trace=trace, seconds=time.perf_counter() - started)


def _read_trace(reply: bytes, script: Script) -> Trace | Fault:
    """Decode a reply, and make sure that it is one that this script can have."""
    try:
        trace = DECODE_TRACE(reply)
        if len(trace.outcomes) != len(script.calls):
            raise ValueError(f"{len(trace.outcomes)} outcomes for {len(script.calls)} calls")
        for number, outcome in enumerate(trace.outcomes):
            if isinstance(outcome, Returned):
                _check_outputs(outcome, script.calls[number].returns)
            elif isinstance(outcome, Unreached) and not 0 <= outcome.needs < number:
                raise ValueError(f"call {number} waits for call {outcome.needs}")
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        return Fault("protocol", str(error))
    return trace


def _check_outputs(outcome: Returned, returns: Returns) -> None:
    kinds = {name: part.kind for part in returns.parts for name in part.names()}
    if outcome.outputs.keys() != kinds.keys():
        raise ValueError(f"outputs {sorted(outcome.outputs)} instead of {sorted(kinds)}")
    for name, received in outcome.outputs.items():
        if isinstance(received, Malformed):
            continue
        if isinstance(received, Arrays) != (kinds[name] == "list"):
            raise ValueError(f"{name} is of the wrong kind")
        for array in received.items if isinstance(received, Arrays) else (received,):
            unpack(array)
