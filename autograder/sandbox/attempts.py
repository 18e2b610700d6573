"""What escape tests attempt from inside a submission's process: sent to a worker as if it were a student's file.

Each function attacks something harmless that the grader has prepared, and returns 1.0 if it succeeded and 0.0 if it was
prevented. An unexpected exception counts as success, since an attempt that could not be made proves nothing.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import resource
import socket
import threading

import numpy as np

KEYCTL = {"x86_64": 250, "aarch64": 219}
PRIVATE = -1


def reads_a_file(path: str) -> float:
    """Read a file that anybody on the machine may read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # as a student would
            return float(bool(file.read()))
    except OSError:
        return 0.0


def lists_a_folder(path: str) -> float:
    """List a folder that anybody may list."""
    try:
        return float(bool(os.listdir(path)))  # noqa: PTH208  # as a student would
    except OSError:
        return 0.0


def opens(path: str) -> float:
    """Open a file or a folder for reading."""
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return 0.0
    return 1.0


def sees_a_disk_beside(device: int) -> float:
    """Find files that are not on a file system in memory: timing could tell which ones were read before."""
    return float(any(os.stat(path).st_dev != device for path in ("/", os.__file__, np.__file__)))  # noqa: PTH116


def reads_the_memory_of(process: int) -> float:
    """Open another process's memory and environment."""
    for name in ("mem", "environ"):
        with contextlib.suppress(OSError), open(f"/proc/{process}/{name}", "rb"):  # noqa: PTH123  # as above
            return 1.0
    return 0.0


def writes_into_a_folder(path: str) -> float:
    """Create a file in a folder where anybody may create one."""
    try:
        os.close(os.open(f"{path}/escaped", os.O_CREAT | os.O_WRONLY))
    except OSError:
        return 0.0
    return 1.0


def changes_the_mode_of(path: str) -> float:
    """Change a file's mode, which is neither reading nor writing it."""
    try:
        os.chmod(path, 0o666)  # noqa: PTH101  # as a student would
    except OSError:
        return 0.0
    return 1.0


def signals(process: int) -> float:
    """Send a process the signal that does nothing."""
    try:
        os.kill(process, 0)
    except OSError:
        return 0.0
    return 1.0


def connects_to_port(port: int) -> float:
    """Reach a server of this machine over TCP."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1.0):
            return 1.0
    except OSError:
        return 0.0


def connects_to_name(name: str) -> float:
    """Reach a server of this machine over a socket whose name is in no file system."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(f"\0{name}")
            return 1.0
    except OSError:
        return 0.0


def starts_a_process() -> float:
    """Fork."""
    try:
        child = os.fork()
    except OSError:
        return 0.0
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return 1.0


def starts_a_thread() -> float:
    """Start a thread."""
    thread = threading.Thread(target=int)
    try:
        thread.start()
    except RuntimeError:
        return 0.0
    thread.join()
    return 1.0


def shares_memory() -> float:
    """Create System V shared memory, which outlives the process."""
    libc = ctypes.CDLL(None, use_errno=True)
    key = libc.shmget(PRIVATE, 4096, 0o1600)
    if key < 0:
        return 0.0
    libc.shmctl(key, 0, None)
    return 1.0


def asks_the_keyring() -> float:
    """Use the kernel's keyring, which other processes of this user see."""
    return float(ctypes.CDLL(None, use_errno=True).syscall(KEYCTL[os.uname().machine], 0, -3, 1) >= 0)


def changes_the_priority_of(process: int) -> float:
    """Set a process's priority to what it is."""
    try:
        os.setpriority(os.PRIO_PROCESS, process, os.getpriority(os.PRIO_PROCESS, process))
    except OSError:
        return 0.0
    return 1.0


def takes_memory(size: int) -> float:
    """Reserve more memory than is allowed, without touching it."""
    try:
        mmap.mmap(-1, size).close()
    except (OSError, MemoryError, ValueError):
        return 0.0
    return 1.0


def opens_files(count: int) -> float:
    """Hold more descriptors than are allowed."""
    held: list[int] = []
    try:
        while len(held) < count:
            held.append(os.dup(0))
    except OSError:
        return 0.0
    finally:
        for descriptor in held:
            os.close(descriptor)
    return 1.0


def holds_a_descriptor(most: int) -> float:
    """Have a descriptor besides the standard ones and the two pipes from and to the grader."""
    for descriptor in range(5, most):
        with contextlib.suppress(OSError):
            os.fstat(descriptor)
            return 1.0
    return 0.0


def computes_without_end() -> float:
    """Have no kernel limit on computing time."""
    return float(resource.getrlimit(resource.RLIMIT_CPU)[1] == resource.RLIM_INFINITY)


def sees_that_exists(path: str) -> float:
    """Learn that a file exists which it can't read."""
    return float(os.path.exists(path))  # noqa: PTH110  # as a student would


def counts_processes_with(process: int) -> float:
    """See the machine's own process ids: its parent is the worker program as the grader knows it."""
    return float(os.getppid() == process)


def is_user(number: int) -> float:
    """Run as the grader's own user."""
    return float(os.getuid() == number)


def executes(program: str) -> float:
    """Become another program; if that works, no answer comes."""
    try:
        os.execv(program, [program])
    except OSError:
        return 0.0
    return 1.0
