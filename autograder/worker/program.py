"""The worker: the process in which student code runs (Linux).

Theory of operation. The grader starts one fresh interpreter for each slot, here called the zygote, with an empty
environment and one end of a control socket. From root, it becomes another user first. It imports NumPy and the few
modules beside this one, forgets where every other package lies, and then only obeys: `F`, with a socket passed along,
forks a child and answers once that is confined; `T` tells how long the child has computed; `E` waits a moment for it to
end, `K` does not, then both kill it with everything it started, reap them, and report how it ended. The child confines
itself, then serves requests on its own socket until that closes: first a `Load` for the student's file, or one for each
cell of a notebook, then one `Run` a check. Each side of a slot handles one submission at a time. Neither references nor
answers are ever in this process. When the grader goes, the control socket closes, and the zygote ends its child.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import NoReturn

import msgspec
import numpy as np

from autograder.limits import Limits
from autograder.worker.confine import LINE, REPORT, Layers, become, confine, hide_memory, prepare
from autograder.worker.descendants import adopt_orphans, kill_descendants
from autograder.worker.serve import complete_builtins, serve

READY = b"R"
FORK, CLOCK, END, KILL = b"F", b"T", b"E", b"K"
STARTED = b"S"
COMPUTED = struct.Struct("<d")  # CPU seconds
ENDED = struct.Struct("<iqd?")  # wait status, peak memory in KiB, CPU seconds, whether nothing was left behind
GRACE = 1.0  # seconds in which a child whose line has closed ends by itself


def main(control: socket.socket, limits: Limits, without: frozenset[str], user: int | None) -> None:
    """Serve the grader's control messages until it closes the socket."""
    if user is not None:
        become(user)
    _warm_up()
    complete_builtins()
    _assert_one_thread()
    adopt_orphans()
    hide_memory()
    _forget_packages()
    os.environ.clear()
    layers = prepare(limits, without)
    gc.collect()
    gc.freeze()
    control.sendall(READY)
    child = 0  # each is ended before the next is forked
    while True:
        command, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if command == FORK:
            child = _start(descriptors[0], limits, layers)
            control.sendall(STARTED)
        elif command == CLOCK:
            control.sendall(COMPUTED.pack(_computed(child)))
        elif command in (END, KILL):
            if command == KILL:
                _kill(child)
            control.sendall(_end(child))
        else:
            kill_descendants()
            return


def _warm_up() -> None:
    """Import and run what every submission uses, so that no child has to."""
    np.linalg.norm(np.random.default_rng(0).normal(size=(4, 4)) @ np.ones((4, 4)))
    np.random.seed(0)  # noqa: NPY002  # touches NumPy's global generator


def _assert_one_thread() -> None:
    """Refuse to go on with threads: a forked child would wait for ever for those that only its parent has."""
    tasks = Path("/proc/self/task")
    if tasks.is_dir() and len(list(tasks.iterdir())) != 1:
        raise RuntimeError("NumPy has started threads in the worker; expected one thread alone")


def _forget_packages() -> None:
    """Leave NumPy and the standard library importable, nothing else: other modules live on only where we hold them."""
    ours = {str(Path(file).resolve().parents[1]) for file in (np.__file__, msgspec.__file__)}
    ours.add(str(Path(__file__).resolve().parents[2]))
    sys.path[:] = [place for place in sys.path if place not in ours]
    sys.path_importer_cache.clear()
    for name in [name for name in sys.modules if name.partition(".")[0] in ("autograder", "msgspec")]:
        del sys.modules[name]


def _computed(child: int) -> float:
    """Return the CPU seconds that a process has used, from its own clock; see clock_getcpuclockid(3)."""
    try:
        return time.clock_gettime((~child << 3) | 2)
    except OSError:
        return 0.0


def _end(child: int) -> bytes:
    """Wait for the child, kill it where it does not end, and whatever it left behind; report how the child ended."""
    signal.signal(signal.SIGALRM, lambda *_: _kill(child))
    signal.setitimer(signal.ITIMER_REAL, GRACE)
    _, status, usage = os.wait4(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    clean = kill_descendants() == 0 and status == 0
    return ENDED.pack(status, usage.ru_maxrss, usage.ru_utime + usage.ru_stime, clean)


def _kill(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _start(line: int, limits: Limits, layers: Layers) -> int:
    """Fork a child, and return its process id once it is confined; one that can't be confined is the end of us."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _serve_and_exit(line, writing, limits, layers)
    os.close(line)
    os.close(writing)
    with os.fdopen(reading, "rb") as report:
        problem = report.read()
    if problem != READY:
        raise RuntimeError(f"a submission's process can't be confined: {problem.decode()}")
    return child


def _serve_and_exit(line: int, report: int, limits: Limits, layers: Layers) -> NoReturn:
    """Be the child: serve one submission, and never return into the zygote's loop."""
    status = 1
    try:
        try:
            confine(layers, line=line, report=report)
        except OSError as error:
            os.write(report, str(error).encode())
            raise
        os.write(REPORT, READY)
        os.close(REPORT)
        serve(LINE, LINE, limits)
        status = 0
    finally:
        os._exit(status)
