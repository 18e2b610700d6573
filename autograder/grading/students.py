"""A submission as a student whose functions can be called: in a sandbox, or in this process for one's own file.

Both import what was submitted, and answer calls. A sandbox worker that ends with a fault is replaced before the next
check, so that a fault costs the check in which it happens.
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from autograder import wire
from autograder.cells import Cell
from autograder.checking import InProcessStudent
from autograder.checking.student import Answerer
from autograder.worker import PLAIN, StudentModule, current_settings

if TYPE_CHECKING:  # there are sandboxes on Linux only
    from autograder.sandbox import Sandbox, Session

ENCODE = msgspec.msgpack.Encoder().encode
DECODE_REPLY = msgspec.msgpack.Decoder(wire.Reply | wire.Question).decode
DECODE_LOADING = msgspec.msgpack.Decoder(wire.Loading).decode
MAX_LOST = 4  # cells that may each use up the time of a check
MAX_QUOTED = 120  # characters of a line
LINE_END = re.compile(r"\r\n|\r|\n")  # those by which Python counts lines
Problem = wire.Refused | wire.Fault


class SubmittedStudent(Protocol):
    """A submission that can be graded: a context manager around all of its checks."""

    stopped: dict[str, wire.Fault]

    def __enter__(self) -> Self:
        """Prepare to import the submission."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Leave nothing behind."""

    def open(self) -> Problem | None:
        """Import the submission, or say why that can't be done."""

    def start_check(self) -> Problem | None:
        """Get ready for a check, with an allowance of time of its own; or say why no more can be made."""

    def call(self, call: wire.Call, answer: Answerer) -> wire.Reply | wire.Fault:
        """Make one call."""

    def close(self) -> wire.Fault | None:
        """End, and say whether anything came that was not asked for."""


class SandboxedStudent:
    """A submission in a sandbox.

    `stopped` are functions that stopped a process in their own checks, or while their cell was imported: they are not
    called for another's sake.
    """

    def __init__(self, sandbox: Sandbox, exercise: str, cells: Sequence[Cell]) -> None:
        self.stopped: dict[str, wire.Fault] = {}
        self._sandbox = sandbox
        self._exercise = exercise
        self._cells = list(cells)
        self._written = {cell.label: LINE_END.split(_decode(cell.source)) for cell in cells}
        self._patience = sandbox.limits.total_wall_seconds  # for the submission as a whole
        self._lost: dict[str, wire.Fault] = {}  # functions whose cell could not be imported
        self._stack = ExitStack()
        self._session: Session | None = None
        self._worn = False  # by a fault, or by what filled the memory

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def open(self) -> Problem | None:
        """Import the submission; a notebook cell that stops its process is left out, and the rest is tried again."""
        while True:
            self._session = self._stack.enter_context(self._sandbox.session())
            self._worn = False
            problem, cell = self._load(self._session)
            if problem is None:
                return None
            if cell is None or cell.required or isinstance(problem, wire.Refused) or len(self._lost) >= MAX_LOST:
                return problem
            fault = self.close()
            if fault is not None:
                return fault
            self._cells.remove(cell)
            self._lost[cell.function] = self.stopped[cell.function] = problem

    def start_check(self) -> Problem | None:
        """Replace a worker that has had a fault, and start a new allowance of time."""
        if self._session is None or self._worn:
            problem = self.close() or self.open()
            if problem is not None:
                return problem
        if self._session is not None:
            self._session.start_check()
        return None

    def call(self, call: wire.Call, answer: Answerer) -> wire.Reply | wire.Fault:
        """Make one call, and answer what it asks meanwhile."""
        if call.function in self._lost:
            return self._lost[call.function]
        if self._patience < 0:
            return wire.Fault("timeout", "the submission as a whole took longer than is allowed")
        started = time.perf_counter()
        most = call.room + wire.MAX_TEXTS
        reply = self._exchange(ENCODE(call), most)
        while isinstance(reply, wire.Question):
            reply = self._exchange(ENCODE(answer(reply)), most)
        self._patience -= time.perf_counter() - started
        if isinstance(reply, wire.Fault):
            self._worn = True
            return reply
        if isinstance(reply.outcome, wire.Raised):
            self._worn = self._worn or "MemoryError" in reply.outcome.ancestry
            return msgspec.structs.replace(reply, outcome=self._quoted(reply.outcome))
        return reply

    def close(self) -> wire.Fault | None:
        """End the session; what the submission sent without being asked is a fault that ends its grading."""
        session, self._session = self._session, None
        self._stack.close()
        fault = session.fault if session is not None else None
        return fault if fault is not None and fault.kind == "protocol" else None

    def _exchange(self, message: bytes, most: int) -> wire.Reply | wire.Question | wire.Fault:
        if self._session is None:
            return wire.Fault("crash", "there is no process")
        received = self._session.exchange(message, most)
        if isinstance(received, wire.Fault):
            return received
        try:
            reply: wire.Reply | wire.Question = DECODE_REPLY(received)
        except (ValueError, RecursionError) as error:  # msgspec's own errors are ValueErrors, bad text is one too
            fault = self._session.fault = wire.Fault("protocol", str(error)[: wire.MAX_TEXT])
            return fault
        return reply

    def _load(self, session: Session) -> tuple[Problem | None, Cell | None]:
        """Import the cells in their order; return what went wrong, and with which cell."""
        for cell in self._cells:
            if self._patience < 0:
                return wire.Fault("timeout", "importing it took longer than the whole submission may"), None
            started = time.perf_counter()
            session.start_check()
            received = session.exchange(ENCODE(wire.Load(self._exercise, cell)), wire.MAX_TEXTS)
            self._patience -= time.perf_counter() - started
            if isinstance(received, wire.Fault):
                return received, cell
            try:
                loading: wire.Loading = DECODE_LOADING(received)
            except (ValueError, RecursionError) as error:
                session.fault = wire.Fault("protocol", str(error)[: wire.MAX_TEXT])
                return session.fault, None
            if not isinstance(loading, wire.Loaded):
                return loading, cell
        return None, None

    def _quoted(self, raised: wire.Raised) -> wire.Raised:
        """Return an exception with lines that exist, as they were submitted.

        The worker could put anything into a line's text, a hidden check's inputs among them.
        """
        lines = []
        for line in raised.lines:
            label = line.cell or next((label for label in self._written if label.endswith(".py")), "")
            written = self._written.get(label, [])
            if 0 < line.number <= len(written):
                source = written[line.number - 1].strip()[:MAX_QUOTED]
                lines.append(wire.SourceLine(line.number, line.function, source, line.cell))
        return msgspec.structs.replace(raised, lines=tuple(lines))


def _decode(source: bytes) -> str:
    """Return a file's text; an encoding that it may declare is not ours to try out."""
    utf_16 = source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return source.decode("utf-16" if utf_16 else "utf-8", "replace")


class OwnStudent:
    """The user's own file, imported into this very process: for `check` where there is no sandbox."""

    def __init__(self, exercise: str, cells: Sequence[Cell]) -> None:
        self.stopped: dict[str, wire.Fault] = {}
        self._cells = cells
        self._module = StudentModule(exercise)
        self._check = 0
        self._namespace: Mapping[str, object] = {}
        self._settings = PLAIN
        self._student = InProcessStudent(self._namespace)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def open(self) -> Problem | None:
        """Import the file or the cells."""
        with PLAIN.hold():
            for cell in self._cells:
                loading = self._module.load(cell)
                if isinstance(loading, wire.Refused):
                    return loading
            self._settings = current_settings()  # the file may have changed them
        return None

    def start_check(self) -> None:
        """Put back what the check before may have changed at the top level of the file."""
        self._student = InProcessStudent(self._module.namespace(), self._module.texts, self._settings)

    def call(self, call: wire.Call, answer: Answerer) -> wire.Reply:
        """Make one call."""
        return self._student.call(call, answer)

    def close(self) -> None:
        """Do nothing: there is nothing to end."""
