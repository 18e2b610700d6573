"""The worker program: the fork server of a sandbox, and the processes in which student code runs (Linux).

The grader starts one fresh interpreter per sandbox, the fork server, with an empty environment and one end of a control
socket. If started by root, it changes to another user first. It imports NumPy and the few modules in this folder,
removes all other packages from its path, and from then on obeys commands:

- `FORK`, with two pipes, forks a process for a submission, and is answered once the process is confined.
- `CLOCK` asks for the computing time of this process.
- `END` waits a moment for it to end, `KILL` does not. Both then kill it, with everything that it has started, and are
  answered with how it ended.

The forked process confines itself, then serves one submission: it imports its file, makes calls and draws pictures, one
reply for each of the grader's messages, until their pipe is closed. A sandbox handles one submission at a time. Neither
references nor answers are ever in any of these processes. If the grader ends, the control socket closes, and the fork
server kills its process and ends, too.
"""

from __future__ import annotations

import _sitebuiltins
import builtins
import contextlib
import gc
import io
import os
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import numpy as np

from autograder import wire
from autograder.limits import Limits
from autograder.worker.calls import PLAIN, Caller
from autograder.worker.confine import (
    REPLIES,
    REPORT,
    REQUESTS,
    Layers,
    become,
    confine,
    hide_memory,
    laid_out,
    prctl,
    prepare,
)
from autograder.worker.load import StudentModule
from autograder.worker.pictures import draw

READY = b"R"
FORK, CLOCK, END, KILL = b"F", b"T", b"E", b"K"
STARTED = b"S"
USED = struct.Struct("<d")  # CPU seconds
ENDED = struct.Struct("<iqd?")  # wait status, peak memory in KiB, CPU seconds, whether nothing was left behind
GRACE = 1.0  # seconds in which a process that gets no more requests may end by itself
PR_SET_CHILD_SUBREAPER = 36

# Made on import: msgspec looks types up in `sys.modules`, where ours may be missing later.
ENCODE = msgspec.msgpack.Encoder().encode
DECODE = msgspec.msgpack.Decoder(wire.Request).decode
# Share of a check's time after which a statement is interrupted, before the grader would end its process.
PATIENCE = 0.8
REHEARSALS = 50  # CPython 3.11 specializes code that has run a few times


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The grader's first message to a worker program: what one submission may use and read, and how it is confined.

    Submissions run in `folder`, which has data files, or in a new folder for the files in `data`, by name.
    """

    limits: Limits
    without: tuple[str, ...]
    user: int | None
    libraries: tuple[str, ...]
    folder: str = ""
    data: dict[str, bytes] = {}


def run(control: socket.socket) -> None:
    """Wait for the terms, then serve submissions; if no terms come, the grader has ended."""
    received = b""
    while len(received) < wire.LENGTH.size or len(received) < wire.LENGTH.size + wire.LENGTH.unpack_from(received)[0]:
        chunk = control.recv(wire.CHUNK)
        if not chunk:
            return
        received += chunk
    terms = msgspec.json.decode(received[wire.LENGTH.size :], type=Terms)
    if terms.user is not None:
        become(terms.user)
    with laid_out(terms.data) as folder:
        main(control, terms, terms.folder or folder)


def main(control: socket.socket, terms: Terms, folder: str) -> None:
    """Obey the grader's commands until it closes the control socket; submissions run in a folder of data, if any."""
    limits = terms.limits
    if folder:
        os.chdir(folder)
    _warm_up()
    _complete_builtins()
    _assert_one_thread()
    prctl(PR_SET_CHILD_SUBREAPER, 1)  # orphans become this process's children, so that none can outlive it unseen
    hide_memory()
    _forget_packages()
    os.environ.clear()
    layers = prepare(limits, frozenset(terms.without), terms.libraries, folder)
    gc.collect()
    gc.freeze()
    control.sendall(READY)
    process = 0  # ended before the next one is forked
    while True:
        command, descriptors, _, _ = socket.recv_fds(control, 1, 2)
        if command == FORK:
            process = _start(descriptors[0], descriptors[1], limits, layers)
            control.sendall(STARTED)
        elif command == CLOCK:
            control.sendall(USED.pack(_cpu_seconds(process)))
        elif command in (END, KILL):
            if command == KILL:
                _kill(process)
            control.sendall(_end(process))
        else:
            _kill_descendants()
            return


def _warm_up() -> None:
    """Import and run everything that all submissions use, so that no forked process has to."""
    np.linalg.norm(np.random.default_rng(0).normal(size=(4, 4)) @ np.ones((4, 4)))
    np.random.seed(0)  # noqa: NPY002  # touches NumPy's global generator
    _rehearse()


def _assert_one_thread() -> None:
    """Refuse to continue with threads: a forked process would wait forever for threads that only its parent has."""
    tasks = Path("/proc/self/task")
    if tasks.is_dir() and len(list(tasks.iterdir())) != 1:
        raise RuntimeError("NumPy has started threads in the worker program; expected a single thread")


def _forget_packages() -> None:
    """Leave only NumPy and the standard library importable; what we use ourselves is already imported."""
    ours = {str(Path(file).resolve().parents[1]) for file in (np.__file__, msgspec.__file__)}
    ours.add(str(Path(__file__).resolve().parents[2]))
    sys.path[:] = [folder for folder in sys.path if folder not in ours]
    sys.path_importer_cache.clear()
    for name in [name for name in sys.modules if name.partition(".")[0] in ("autograder", "msgspec")]:
        del sys.modules[name]


def _start(requests: int, replies: int, limits: Limits, layers: Layers) -> int:
    """Fork a process, and return its id once it is confined; if it can't be confined, the fork server ends."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        _serve_and_exit(requests, replies, writing, limits, layers)
    for descriptor in (requests, replies, writing):
        os.close(descriptor)
    with os.fdopen(reading, "rb") as report:
        error = report.read()
    if error != READY:
        raise RuntimeError(f"a submission's process can't be confined: {error.decode()}")
    return process


def _serve_and_exit(requests: int, replies: int, report: int, limits: Limits, layers: Layers) -> NoReturn:
    """Serve one submission in the forked process, which never returns into the fork server's loop."""
    status = 1
    try:
        try:
            confine(layers, requests=requests, replies=replies, report=report)
        except OSError as error:
            os.write(report, str(error).encode())
            raise
        os.write(REPORT, READY)
        os.close(REPORT)
        with PLAIN.hold():
            _serve(REQUESTS, REPLIES, limits)
            status = 0
    finally:
        os._exit(status)


def _cpu_seconds(process: int) -> float:
    """Return the CPU seconds that a process has used, from its own clock; see clock_getcpuclockid(3)."""
    try:
        return time.clock_gettime((~process << 3) | 2)
    except OSError:
        return 0.0


def _end(process: int) -> bytes:
    """Wait for a process, kill it if it does not end, and kill its descendants; report how it ended."""
    signal.signal(signal.SIGALRM, lambda *_: _kill(process))
    signal.setitimer(signal.ITIMER_REAL, GRACE)
    _, status, usage = os.wait4(process, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    clean = _kill_descendants() == 0 and status == 0
    return ENDED.pack(status, usage.ru_maxrss, usage.ru_utime + usage.ru_stime, clean)


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _kill_descendants() -> int:
    """Kill and reap child processes until there are none, and return how many; their own children become ours."""
    reaped = 0
    while True:
        for child in _children():
            _kill(child)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return reaped
        reaped += 1


def _children() -> list[int]:
    """Return the ids of this process's children; in a process namespace of our own -1, which means everybody else."""
    me = os.getpid()
    if me == 1:
        return [-1]
    try:
        return [int(word) for word in Path(f"/proc/{me}/task/{me}/children").read_text().split()]
    except OSError:
        return []


# ---- the process of a submission


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


def _complete_builtins() -> None:
    """Add the builtins of an interactive interpreter that are missing without `site`."""
    for name in ("exit", "quit"):
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D"))
    builtins.help = _sitebuiltins._Helper()  # noqa: SLF001  # the class that `site` itself uses


def _serve(reader: int, writer: int, limits: Limits) -> None:
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
    printed = _capture_output(min(limits.output_bytes, wire.MAX_PRINTED))
    while (message := wire.receive(reader)) is not None:
        request = DECODE(message)
        if isinstance(request, wire.Load):
            printed = _capture_output(min(limits.output_bytes, wire.MAX_PRINTED))
            module = module or StudentModule(request.module, limits.cpu_seconds * PATIENCE)
            sys.modules["__main__"] = module.surroundings["__main__"]  # cells are run as a program is
            wire.send(writer, ENCODE(module.load(request.cell, run=request.run)))
        elif isinstance(request, wire.Step) and module is not None:
            wire.send(writer, ENCODE(module.step(request.label, request.number, skip=request.skip)))
        elif module is None or isinstance(request, wire.Step | wire.Answer):
            raise RuntimeError(f"{type(request).__name__} came before a file was imported or a callback was asked")
        elif isinstance(request, wire.Draw):
            printed = _capture_output(0)
            wire.send(writer, ENCODE(draw(request, module.namespace(), module.texts)))
        else:
            caller = caller or Caller(module.namespace, module.texts, ask)
            if request.check != check:
                check, printed = request.check, _capture_output(min(limits.output_bytes, wire.MAX_PRINTED))
            wire.send(writer, ENCODE(wire.Reply(caller.make(request), printed.take())))


def _rehearse() -> None:
    """Make calls like those of a submission, so that processes forked afterwards find specialized bytecode."""
    caller = Caller(lambda: {"f": lambda x, *, rate: x * rate}, {}, lambda _: wire.Answer(None))
    returns = wire.Returns((wire.Part("y", "array"),), several=False)
    for number in range(REHEARSALS):
        call = wire.Call(0, number, "f", (wire.pack(np.ones((3, 2))),), {"rate": 0.5}, returns)
        request = DECODE(ENCODE(call))
        assert isinstance(request, wire.Call)
        ENCODE(wire.Reply(caller.make(request)))


def _capture_output(room: int) -> FirstBytes:
    """Give the submission a new standard output, whatever it did to the last one."""
    printed = FirstBytes(room)
    stream: Any = io.TextIOWrapper(printed, "utf-8", "replace", write_through=True)
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        setattr(sys, name, stream)
    return printed
