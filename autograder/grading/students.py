"""A submission as a student whose functions can be called: in a sandbox, or in this process for the user's own file.

Both import the submission, and answer calls. A worker that ends with a fault is replaced before the next check, so that
a fault costs only the check in which it happens.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from autograder import wire
from autograder.cells import Cell, wide_encoding
from autograder.checking import InProcessStudent
from autograder.checking.student import Answerer
from autograder.grading.advice import advice_on, bounded, recorder
from autograder.grading.listener import NOBODY
from autograder.worker import PLAIN, StudentModule, current_settings

if TYPE_CHECKING:  # there are sandboxes on Linux only
    from autograder.sandbox import Sandbox, Session

ENCODE = msgspec.msgpack.Encoder().encode
DECODE_REPLY = msgspec.msgpack.Decoder(wire.Reply | wire.Question).decode
DECODE_DRAWING = msgspec.msgpack.Decoder(wire.Drawing).decode
DECODE_LOADING = msgspec.msgpack.Decoder(wire.Loading).decode
MAX_SKIPPED = 8  # how many statements may each use up the time of a check
MAX_STATEMENTS = 2**20  # of a file or a cell: as many as it may have bytes
MAX_QUOTED = 120  # characters of a line
MAX_TOLD = 1000  # lines on an import; each statement may fail, and the process may claim that it does
LINE_END = re.compile(r"\r\n|\r|\n")  # those by which Python counts lines
Problem = wire.Refused | wire.Fault


class SubmittedStudent(Protocol):
    """A submission that can be graded: a context manager around all of its checks."""

    stopped: dict[str, wire.Fault]
    advice: tuple[str, ...] | None

    def __enter__(self) -> Self:
        """Prepare to import the submission."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Clean up."""

    def open(self) -> Problem | None:
        """Import the submission, or say why that can't be done."""

    def start_check(self) -> Problem | None:
        """Get ready for a check, with a new time allowance; or say why no more checks can run."""

    def call(self, call: wire.Call, answer: Answerer) -> wire.Reply | wire.Fault:
        """Make one call."""

    def close(self) -> wire.Fault | None:
        """End, and return a fault if the submission sent anything unasked."""


class SandboxedStudent:
    """A submission in a sandbox.

    `stopped` are functions that stopped a process in their own checks, or while they were defined: other functions'
    checks don't call them again. `advice` is what the student is told about the import.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        exercise: str,
        cells: Sequence[Cell],
        waiting: Callable[[float], None] = NOBODY.waiting,
    ) -> None:
        self.stopped: dict[str, wire.Fault] = {}
        self.advice: tuple[str, ...] | None = None
        self._sandbox = sandbox
        self._waiting = waiting  # is told of the CPU seconds that a check has used
        self._exercise = exercise
        self._cells = list(cells)
        self._written = {cell.label: LINE_END.split(_decode(cell.source)) for cell in cells}
        self._patience = sandbox.limits.total_wall_seconds  # for the submission as a whole
        self._told: list[str] = []  # what was said of the first import
        self._stepwise: set[str] = set()  # labels of cells that have stopped a process: they run step by step
        self._skipped: dict[tuple[str, int | None], wire.Fault] = {}  # statements that have, by label and number
        self._at: tuple[str, int | None] = ("", None)  # what is being imported
        self._faults: dict[str, wire.Fault] = {}  # of names that such a statement would define
        self._lost: dict[str, wire.Fault] = {}  # of those that nothing else defines
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
        """Import the submission; if a statement stops its process, try again without it."""
        while True:
            self._session = self._stack.enter_context(self._sandbox.session())
            self._session.waiting = self._waiting
            self._worn = False
            problem = self._load(self._session)
            if problem is None:
                return None
            if not isinstance(problem, wire.Fault) or problem.kind == "protocol" or not self._skip(problem):
                return problem
            fault = self.close()
            if fault is not None:
                return fault

    def start_check(self) -> Problem | None:
        """Replace a worker that has had a fault, and start a new time allowance."""
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

    def draw(self, picture: wire.Draw) -> wire.Drawing | wire.Fault:
        """Run the code of a picture, which calls the student's functions, and return what it draws."""
        if picture.function in self._lost:
            return self._lost[picture.function]
        if self._session is None or self._patience < 0:
            return wire.Fault("timeout", "the submission as a whole took longer than is allowed")
        started = time.perf_counter()
        received = self._session.exchange(ENCODE(picture), wire.MAX_DRAWN)
        self._patience -= time.perf_counter() - started
        if isinstance(received, wire.Fault):
            self._worn = True
            return received
        try:
            drawing: wire.Drawing = DECODE_DRAWING(received)
        except (ValueError, RecursionError) as error:
            self._worn, self._session.fault = True, wire.Fault("protocol", str(error)[: wire.MAX_TEXT])
            return self._session.fault
        if isinstance(drawing, wire.Raised):
            self._worn = self._worn or "MemoryError" in drawing.ancestry
        return drawing

    def close(self) -> wire.Fault | None:
        """End the session; if the submission sent anything unasked, that is a fault that ends its grading."""
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

    def _load(self, session: Session) -> Problem | None:
        """Import the cells in their order, or return what went wrong; `_at` is where."""
        advice: list[str] = []
        for cell in self._cells:
            alone = cell.label in self._stepwise
            self._at = (cell.label, None)
            loaded = self._import(session, wire.Load(self._exercise, cell, run=not alone))
            if not isinstance(loaded, wire.Loaded):
                return loaded
            if len(advice) < MAX_TOLD:
                advice += advice_on(cell.label, loaded)
            for number in range(loaded.statements if alone else 0):
                self._at = (cell.label, number)
                fault = self._skipped.get(self._at)
                loaded = self._import(session, wire.Step(cell.label, number, skip=fault is not None))
                if not isinstance(loaded, wire.Loaded):
                    return loaded
                if len(advice) < MAX_TOLD:
                    advice += advice_on(cell.label, loaded, fault)
                if fault is not None:
                    self._faults |= {name: fault for name in loaded.lost if name not in self._faults}
            self._lost = {name: self._faults[name] for name in loaded.lost if name in self._faults}
        self.stopped |= self._lost
        if self.advice is None:  # before any check has run, it can contain nothing of a hidden one
            self.advice, self._told = bounded(advice), advice
        if advice != self._told:  # by now it may contain something of a hidden check
            return wire.Refused("it can't be imported a second time", None, "import")
        return None

    def _import(self, session: Session, request: wire.Load | wire.Step) -> wire.Loaded | Problem:
        if self._patience < 0:
            return wire.Fault("timeout", "importing it took longer than the whole submission may")
        started = time.perf_counter()
        session.start_check()
        try:
            received = session.exchange(ENCODE(request), wire.MAX_TEXTS)
            if isinstance(received, wire.Fault):
                return received
            loading: wire.Loading = DECODE_LOADING(received)
        except (ValueError, RecursionError) as error:
            session.fault = wire.Fault("protocol", str(error)[: wire.MAX_TEXT])
            return session.fault
        finally:
            self._patience -= time.perf_counter() - started
        if isinstance(loading, wire.Loaded) and loading.statements > MAX_STATEMENTS:
            session.fault = wire.Fault("protocol", f"{loading.statements} statements")
            return session.fault
        return loading

    def _skip(self, fault: wire.Fault) -> bool:
        """Find out which statement it was, or skip it; False if there have been too many."""
        label, number = self._at
        if self._patience < 0 or len(self._skipped) >= MAX_SKIPPED:
            return False
        if number is None and label in self._stepwise:
            return False  # it can't even be read
        if number is None:
            self._stepwise.add(label)
        else:
            self._skipped[label, number] = fault
        return True

    def _quoted(self, raised: wire.Raised) -> wire.Raised:
        """Return an exception whose lines are quoted from the submission.

        The worker could put anything into a line's text, including a hidden check's inputs.
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
    """Return a file's text; an encoding that it declares is ignored here."""
    return source.decode(wide_encoding(source) or "utf-8", "replace")


class OwnStudent:
    """The user's own file, imported into this process: for `check` where there is no sandbox."""

    def __init__(self, exercise: str, cells: Sequence[Cell], data: Collection[str] = ()) -> None:
        self.stopped: dict[str, wire.Fault] = {}
        self.advice: tuple[str, ...] | None = None
        self._cells = cells
        self._data = data  # names of files that also exist when it is graded
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
        advice: list[str] = []
        with PLAIN.hold():
            for cell in self._cells:
                recorder().listen([*self._module.texts, cell.label], self._data)
                loading = self._module.load(cell)
                if isinstance(loading, wire.Refused):
                    return loading
                advice += advice_on(cell.label, loading)
            self._settings = current_settings()  # the file may have changed them
        self.advice = bounded(advice)
        return None

    def start_check(self) -> None:
        """Restore whatever the previous check may have changed at the top level of the file."""
        self._student = InProcessStudent(self._module.namespace(), self._module.texts, self._settings)

    def call(self, call: wire.Call, answer: Answerer) -> wire.Reply:
        """Make one call."""
        return self._student.call(call, answer)

    def close(self) -> None:
        """Add advice on what will not work when the file is graded."""
        recorder().listen(())
        self.advice = (*(self.advice or ()), *bounded(recorder().take()))
