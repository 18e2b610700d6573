"""The worker: the process in which student code runs.

Theory of operation. The grader starts one fresh interpreter for each slot, here called the zygote, with an empty
environment, a temporary directory as its working directory, and one end of a control socket. The zygote imports NumPy
and the few modules beside this one, forgets where every other package lies, and then only obeys: `F`, with a socket
passed along, forks a child; `K` kills that child and everything it started, reaps them, and reports how it ended. The
child confines itself, then serves requests on its own socket until that closes: first a `Load` for the student's file,
or one for each cell of a notebook, then one `Run` a check. Each side of a slot handles one submission at a time.
Neither references nor answers are ever in this process. When the grader goes, the control socket closes, and the zygote
takes its child and its directory with it.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import signal
import socket
import struct
import sys
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import numpy as np

from autograder.limits import Limits
from autograder.trace import Loading, Trace
from autograder.worker.confine import LINE, Layers, confine, prepare
from autograder.worker.descendants import adopt_orphans, kill_descendants
from autograder.worker.frames import Load, Request, receive, send
from autograder.worker.load import Submission
from autograder.worker.run import run

READY = struct.Struct("<i?")  # Landlock's version, whether there is a filter of system calls
FORK = b"F"
KILL = b"K"
STARTED = struct.Struct("<i")  # process id of the child
ENDED = struct.Struct("<iqd")  # wait status, peak memory in KiB, CPU seconds
MAX_PRINTED = 2000  # bytes kept of what a script prints


class FirstBytes(io.RawIOBase):
    """A file that keeps the first bytes written to it and forgets the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = bytearray()

    def writable(self) -> bool:
        """Take what is written."""
        return True

    def write(self, data: object) -> int:
        """Keep what there is room for, and claim to have written it all."""
        view = memoryview(data).cast("B")  # type: ignore[arg-type]  # whatever buffer the text layer hands down
        self.kept += view[: MAX_PRINTED - len(self.kept)]
        return len(view)

    def text(self) -> str:
        """Return what was kept."""
        return self.kept.decode("utf-8", errors="replace")


# Made before the packages are forgotten: msgspec looks types up in `sys.modules`.
ENCODE = msgspec.msgpack.Encoder().encode
DECODE = msgspec.msgpack.Decoder(Request).decode


def main(control: socket.socket, limits: Limits) -> None:
    """Serve the grader's control messages until it closes the socket."""
    _warm_up()
    adopt_orphans()
    _forget_packages()
    layers = prepare(Path.cwd())
    gc.collect()
    gc.freeze()
    control.sendall(READY.pack(*layers.names()))
    child = 0
    while True:
        command, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if command == FORK:
            child = os.fork()
            if child == 0:
                control.close()
                _serve_and_exit(descriptors[0], limits, layers)
            os.close(descriptors[0])
            control.sendall(STARTED.pack(child))
        elif command == KILL:
            control.sendall(_end(child))
        else:
            kill_descendants()
            remove_own_directory()
            return


def remove_own_directory() -> None:
    """Remove the working directory, which is this process's own; `rm` copes with whatever depth a submission dug."""
    home = Path.cwd()
    os.chdir("/")
    os.execv("/bin/rm", ["rm", "-rf", "--", str(home)])


def _warm_up() -> None:
    """Import and run what every submission uses, so that no child has to."""
    np.linalg.norm(np.random.default_rng(0).normal(size=(4, 4)) @ np.ones((4, 4)))
    np.random.seed(0)  # noqa: NPY002  # touches NumPy's global generator


def _forget_packages() -> None:
    """Leave NumPy and the standard library importable, nothing else: other modules live on only where we hold them."""
    ours = {str(Path(file).resolve().parents[1]) for file in (np.__file__, msgspec.__file__)}
    ours.add(str(Path(__file__).resolve().parents[2]))
    sys.path[:] = [place for place in sys.path if place not in ours]
    sys.path_importer_cache.clear()
    for name in [name for name in sys.modules if name.partition(".")[0] in ("autograder", "msgspec")]:
        del sys.modules[name]


def _end(child: int) -> bytes:
    """Kill the child and whatever it left behind, and report how the child ended."""
    if child == 0:
        return ENDED.pack(0, 0, 0.0)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    kill_descendants()
    return ENDED.pack(status, usage.ru_maxrss, usage.ru_utime + usage.ru_stime)


def _serve_and_exit(descriptor: int, limits: Limits, layers: Layers) -> NoReturn:
    """Be the child: serve one submission, and never return into the zygote's loop."""
    try:
        os.environ.clear()
        confine(limits, layers, keep=descriptor)
        _serve(LINE)
    finally:
        os._exit(0)


def _serve(channel: int) -> None:
    submission: Submission | None = None
    while (message := receive(channel)) is not None:
        request = DECODE(message)
        printed = _capture_output()
        if isinstance(request, Load):
            submission = submission or Submission(request.module)
            answer: Loading | Trace = submission.load(request.cell)
        elif submission is not None:
            trace = run(request.script, submission.namespace(), submission.texts)
            answer = msgspec.structs.replace(trace, printed=printed.text())
        else:
            raise RuntimeError("a script came before a file was imported")
        send(channel, ENCODE(answer))


def _capture_output() -> FirstBytes:
    """Give the submission a fresh standard output, whatever it did to the last one."""
    printed = FirstBytes()
    stream: Any = io.TextIOWrapper(printed, "utf-8", "replace", write_through=True)
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        setattr(sys, name, stream)
    return printed
