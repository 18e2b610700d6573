"""Commands in processes that start warm: a server has imported what they need, and forks for each of them.

Each command is the main program of a process of its own: its very script or module runs from the first line to the end
of the interpreter, with arguments, environment, working folder and output of its own. Only what Python reads when it
starts is the server's: the variables `PYTHON...`, and an import path without the current folder (option `-P`). This is
for tests whose claim is not about starting; `test_warm.py` and others start each program cold.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
# There is a server for each of these programs, which imports these modules.
PROGRAMS = {
    "autograder": ("autograder.cli.check", "autograder.cli.grade", "autograder.classroom.executors"),
    "nbgrader": ("nbgrader.apps.nbgraderapp", "autograder.classroom.executors", "autograder.nbgrader.exporters"),
    "kernel": ("ipykernel.ipkernel", "ipykernel.kernelapp", "matplotlib.pyplot", "autograder.notebook"),
}
# What these modules read while they are imported; in a kernel, ipykernel sets the second one.
ENVIRONMENT = {"JUPYTER_ALLOW_INSECURE_WRITES": "1", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
MOST = 2**18  # bytes of a request: more than a socket takes


class Command:
    """A command that runs, or has ended; it has what is asked of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, reply: socket.socket) -> None:
        self._reply = reply
        self.pid = int(reply.recv(16) or 0)
        assert self.pid, "the server that forks for commands has ended"
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        with contextlib.suppress(BlockingIOError):
            return self._ended(socket.MSG_DONTWAIT)
        return None

    def wait(self) -> int:
        """Return the exit code once it has ended."""
        return self._ended(0)

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _ended(self, how: int) -> int:
        if self.returncode is None:
            self.returncode = int(self._reply.recv(16, how) or -signal.SIGKILL)
            self._reply.close()
        return self.returncode


def start(
    program: str, *arguments: object, cwd: Path, env: Mapping[str, str] | None, output: tuple[int, int]
) -> Command:
    """Start a command: a script and its arguments, or `-m`, a module and its arguments, as `python` takes them.

    The descriptors are its standard output and its standard error.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    request = {"arguments": [*map(str, arguments)], "cwd": str(cwd), "env": dict(os.environ if env is None else env)}
    with theirs:
        socket.send_fds(_server(program), [json.dumps(request).encode()], [*output, theirs.fileno()])
    return Command(ours)


def run(
    program: str, *arguments: object, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command, and return its exit code and what it printed, as `subprocess.run` does."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        code = start(program, *arguments, cwd=cwd, env=env, output=(out.fileno(), err.fileno())).wait()
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())


@functools.cache
def _server(program: str) -> socket.socket:
    """Start a program's server, once; it ends with this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.warm", program, str(theirs.fileno())]
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | ENVIRONMENT, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


# ---- the server


def _serve(requests: socket.socket) -> tuple[bytes, list[int]]:
    """Return a request and its descriptors, each in a process of its own; this one ends when nobody asks any more."""
    while True:
        message, descriptors, *_ = socket.recv_fds(requests, MOST, 3)
        if not message:
            sys.exit()
        if os.fork() == 0:
            requests.close()
            return message, descriptors
        for descriptor in descriptors:
            os.close(descriptor)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:  # those that have ended
                pass


def _fork(reply: socket.socket) -> None:
    """Return in a new process; tell its number, and its exit code when it has ended."""
    process = os.fork()
    if process == 0:
        reply.close()
        return
    with contextlib.suppress(OSError):  # nobody may want to know
        reply.send(str(process).encode())
        _, status = os.waitpid(process, 0)
        reply.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def main(program: str, requests: socket.socket) -> None:
    """Import what a program needs, and run its commands until nobody asks any more."""
    for name in PROGRAMS[program]:
        importlib.import_module(name)
    del sys.path[0]
    gc.freeze()
    message, (out, err, reply) = _serve(requests)
    _fork(socket.socket(fileno=reply))
    for descriptor, number in ((out, 1), (err, 2)):
        os.dup2(descriptor, number)
        os.close(descriptor)
    request = json.loads(message)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    if request["arguments"][0] == "-m":
        sys.argv = request["arguments"][1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = request["arguments"]
        runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
