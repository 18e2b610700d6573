"""Serve one submission: load its file, make calls, draw pictures, until the grader closes the connection.

It needs only two descriptors, and confines nothing by itself.
"""

from __future__ import annotations

import _sitebuiltins
import builtins
import io
import sys
from typing import Any

import msgspec
import numpy as np

from autograder import wire
from autograder.limits import Limits
from autograder.worker.calls import Caller
from autograder.worker.load import StudentModule
from autograder.worker.pictures import draw

# Made on import: msgspec looks types up in `sys.modules`, where ours may be missing later.
ENCODE = msgspec.msgpack.Encoder().encode
DECODE = msgspec.msgpack.Decoder(wire.Request).decode
PATIENCE = (
    0.8  # share of a check's time after which a statement is interrupted, before the grader would end its process
)
REHEARSALS = 50  # CPython 3.11 specializes code that has run a few times


class FirstBytes(io.RawIOBase):
    """A file that keeps the first bytes written to it and forgets the rest."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room
        self._kept = bytearray()

    def writable(self) -> bool:
        """Accept writing."""
        return True

    def write(self, data: object) -> int:
        """Keep as much as there is room for, and claim to have written it all."""
        view = memoryview(data).cast("B")  # type: ignore[arg-type]  # whatever buffer the text layer hands down
        kept = view[: self._room]
        self._kept += kept
        self._room -= len(kept)
        return len(view)

    def take(self) -> str:
        """Return what was kept since the last time."""
        if not self._kept:
            return ""
        text = self._kept.decode("utf-8", errors="replace")
        self._kept.clear()
        return text


def complete_builtins() -> None:
    """Add the builtins of an interactive interpreter that are missing without `site`."""
    for name in ("exit", "quit"):
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D"))
    builtins.help = _sitebuiltins._Helper()  # noqa: SLF001  # the class that `site` itself uses


def serve(reader: int, writer: int, limits: Limits) -> None:
    """Answer requests, one reply each, until the grader closes the connection."""

    def ask(question: wire.Question) -> wire.Answer:
        """Ask the grader what a callback returns, in the middle of a call."""
        wire.send(writer, ENCODE(question))
        message = wire.receive(reader)
        answer = None if message is None else DECODE(message)
        if not isinstance(answer, wire.Answer):
            raise SystemExit("the grader is gone")
        return answer

    module: StudentModule | None = None
    caller: Caller | None = None
    check: int | None = None
    printed = capture_output(min(limits.output_bytes, wire.MAX_PRINTED))
    while (message := wire.receive(reader)) is not None:
        request = DECODE(message)
        if isinstance(request, wire.Load):
            printed = capture_output(min(limits.output_bytes, wire.MAX_PRINTED))
            module = module or StudentModule(request.module, limits.cpu_seconds * PATIENCE)
            sys.modules["__main__"] = module.surroundings["__main__"]  # cells are run as a program is
            wire.send(writer, ENCODE(module.load(request.cell, run=request.run)))
        elif isinstance(request, wire.Step) and module is not None:
            wire.send(writer, ENCODE(module.step(request.label, request.number, skip=request.skip)))
        elif module is None or isinstance(request, wire.Step | wire.Answer):
            raise RuntimeError(f"{type(request).__name__} came before a file was imported or a callback was asked")
        elif isinstance(request, wire.Draw):
            printed = capture_output(0)
            wire.send(writer, ENCODE(draw(request, module.namespace(), module.texts)))
        else:
            caller = caller or Caller(module.namespace, module.texts, ask)
            if request.check != check:
                check, printed = request.check, capture_output(min(limits.output_bytes, wire.MAX_PRINTED))
            wire.send(writer, ENCODE(wire.Reply(caller.make(request), printed.take())))


def rehearse() -> None:
    """Make calls like those of a submission, so that processes forked afterwards find specialized bytecode."""
    caller = Caller(lambda: {"f": lambda x, *, rate: x * rate}, {}, lambda _: wire.Answer(None))
    returns = wire.Returns((wire.Part("y", "array"),), several=False)
    for number in range(REHEARSALS):
        call = wire.Call(0, number, "f", (wire.pack(np.ones((3, 2))),), {"rate": 0.5}, returns)
        request = DECODE(ENCODE(call))
        assert isinstance(request, wire.Call)
        ENCODE(wire.Reply(caller.make(request)))


def capture_output(room: int) -> FirstBytes:
    """Give the submission a new standard output, whatever it did to the last one."""
    printed = FirstBytes(room)
    stream: Any = io.TextIOWrapper(printed, "utf-8", "replace", write_through=True)
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        setattr(sys, name, stream)
    return printed
