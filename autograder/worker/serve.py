"""Serve one submission on a line to the grader: load its file, run scripts, until the line closes.

The same on every platform: nothing here confines anything, and nothing needs more than two descriptors.
"""

from __future__ import annotations

import _sitebuiltins
import builtins
import io
import sys
from typing import Any

import msgspec

from autograder.limits import Limits
from autograder.trace import MAX_PRINTED, Loading, Malformed, Outcome, Returned, Trace
from autograder.worker.frames import MAX_FRAME, Load, Request, receive, send
from autograder.worker.load import Submission
from autograder.worker.run import run

# Made when this is imported: msgspec looks types up in `sys.modules`, where ours may be gone later.
ENCODE = msgspec.msgpack.Encoder().encode
DECODE = msgspec.msgpack.Decoder(Request).decode


class FirstBytes(io.RawIOBase):
    """A file that keeps the first bytes written to it and forgets the rest."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room
        self.kept = bytearray()

    def writable(self) -> bool:
        """Take what is written."""
        return True

    def write(self, data: object) -> int:
        """Keep what there is room for, and claim to have written it all."""
        view = memoryview(data).cast("B")  # type: ignore[arg-type]  # whatever buffer the text layer hands down
        self.kept += view[: self._room - len(self.kept)]
        return len(view)

    def text(self) -> str:
        """Return what was kept."""
        return self.kept.decode("utf-8", errors="replace")


def complete_builtins() -> None:
    """Add what an interpreter has at a student's own prompt, and one that was started without `site` has not."""
    for name in ("exit", "quit"):
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D"))
    builtins.help = _sitebuiltins._Helper()  # noqa: SLF001  # the class that `site` itself uses


def serve(reader: int, writer: int, limits: Limits) -> None:
    """Answer requests, one reply each, until the grader closes the line."""
    submission: Submission | None = None
    while (message := receive(reader)) is not None:
        request = DECODE(message)
        printed = _capture_output(min(limits.output_bytes, MAX_PRINTED))
        if isinstance(request, Load):
            submission = submission or Submission(request.module)
            answer: Loading | Trace = submission.load(request.cell)
        elif submission is not None:
            trace = run(request.script, submission.namespace(), submission.texts)
            answer = msgspec.structs.replace(trace, printed=printed.text())
        else:
            raise RuntimeError("a script came before a file was imported")
        send(writer, _encode(answer))


def _encode(answer: Loading | Trace) -> bytes:
    """Encode an answer; results that together are more than a frame holds are said to be too large."""
    encoded = ENCODE(answer)
    if len(encoded) > MAX_FRAME and isinstance(answer, Trace):
        return ENCODE(msgspec.structs.replace(answer, outcomes=tuple(map(_without_values, answer.outcomes))))
    return encoded


def _without_values(outcome: Outcome) -> Outcome:
    if not isinstance(outcome, Returned):
        return outcome
    return Returned(dict.fromkeys(outcome.outputs, Malformed("huge", "a result of too many numbers")), outcome.changed)


def _capture_output(room: int) -> FirstBytes:
    """Give the submission a fresh standard output, whatever it did to the last one."""
    printed = FirstBytes(room)
    stream: Any = io.TextIOWrapper(printed, "utf-8", "replace", write_through=True)
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        setattr(sys, name, stream)
    return printed
