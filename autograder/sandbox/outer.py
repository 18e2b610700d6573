"""The outer sandbox around the worker program: another user, bubblewrap's namespaces, and the files in them (Linux).

Each submission's process is confined from inside as well, by `autograder.worker`. Outer sandboxes are tried on a
machine, the strongest first (`autograder.sandbox.levels`).

The files that a worker program needs are the interpreter, the standard library, NumPy, and the shared libraries that
these load, and nothing else from the same folders. In bubblewrap, only a copy of these files is visible. It is in
memory if possible, since a file that is never read from a disk can't show whether it has been read before.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from autograder.starting import ENVIRONMENT, KILLED_FIRST, bare_command, listing_command, packages
from autograder.worker import standard_library, zone_data

USERS = (61_190, 65_534)  # no login has it; a container may not know the first one, which is then `nobody`
FOLDERS = 3  # that are searched for libraries
DEVICES = (os.devnull, "/dev/zero", "/dev/urandom")
DATA_PLACE = "/exercise"  # where bubblewrap shows the data files of an exercise; empty in the copy
PREFIX = "autograder-files-"
LOCK = "lock"
ROOM = 2**28  # bytes that must be free for the copy, which takes about half of that
# No submission needs these parts of Python, NumPy and the time zones, and they are most of the files.
NOT_COPIED = {"test", "tests", "idlelib", "idle_test", "turtledemo", "ensurepip", "lib2to3", "tkinter", "include"}
NOT_COPIED |= {"posix", "right"}
NOT_COPIED_ENDINGS = (".pyi", ".opt-1.pyc", ".opt-2.pyc", ".a", ".h", ".c", ".f", ".f90", ".pxd", ".pyx", ".pyf")


class SandboxError(Exception):
    """The sandbox itself does not start or has ended: this is our fault, never the student's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OuterSandbox:
    """The outer sandbox around the worker program."""

    bubblewrap: str | None  # the path of the program, or None without it
    user: int | None  # the user id that the worker program changes to, or None if it stays the grader's own
    root: str = ""  # the folder that bubblewrap shows it as the root; empty until a process has made one

    def describe(self) -> str:
        """Return a phrase that describes it."""
        namespaces = "in bubblewrap" if self.bubblewrap else "without namespaces of its own"
        return f"{namespaces}, as {'your own user' if self.user is None else f'user {self.user}'}"

    def device_in_memory(self) -> int:
        """Return the number of the file system of all files in it, if that is in memory, else -1."""
        if self.bubblewrap is None:
            return -1
        root = Path(self.shared().root)
        return root.stat().st_dev if is_in_memory(root) else -1

    def shared(self) -> OuterSandbox:
        """Return the same with its root: the copy that this process has made, which its pool's processes use as well.

        Raises `SandboxError` if the files for bubblewrap can't be copied.
        """
        return self if self.bubblewrap is None else replace(self, root=str(self.root or copied_root()))

    def command(self, program: str, data: Mapping[str, int] = MappingProxyType({})) -> list[str]:
        """Return the command line that runs a Python program, given as text, in a fresh interpreter in this sandbox.

        `data` are additional files that bubblewrap shows, by name, with the descriptors to read them from.
        """
        command = bare_command(program)
        if self.bubblewrap is None:
            return command
        place = len(KILLED_FIRST)
        around = _bubblewrap(self.bubblewrap, self.root, data, is_root=self.user is not None)
        return [*command[:place], *around, *command[place:]]


BARE = OuterSandbox(bubblewrap=None, user=None)


def outer_sandboxes(without: frozenset[str]) -> Iterator[OuterSandbox]:
    """Yield the outer sandboxes that may work on this machine, the strongest first, without the layers to be
    skipped.
    """
    bubblewrap = None if "bubblewrap" in without else shutil.which("bwrap")
    root = os.geteuid() == 0
    users: tuple[int | None, ...] = (*USERS, None) if root and "user" not in without else (None,)
    for user in users:
        if bubblewrap and (user is not None or not root):  # namespaces that root makes for itself don't hold root
            yield OuterSandbox(bubblewrap=bubblewrap, user=user)
    for user in users:
        yield OuterSandbox(bubblewrap=None, user=user)


def _bubblewrap(program: str, root: str, data: Mapping[str, int], *, is_root: bool) -> list[str]:
    """Return bubblewrap's command line: a namespace of each kind, only the files that Python needs, nothing writable.

    From root, user ids stay as they are, and the worker program changes to another user by itself.
    """
    line = [program, *(f"--unshare-{kind}" for kind in ("pid", "net", "ipc", "uts", "cgroup-try"))]
    line += ["--hostname", "worker", "--cap-drop", "ALL", "--new-session", "--as-pid-1"]
    if is_root:
        line += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        line += ["--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"]
    line += ["--ro-bind", root, "/"]
    for device in DEVICES:
        line += ["--dev-bind", device, device]
    if data:  # in memory, and nothing can be added
        line += ["--tmpfs", DATA_PLACE]
        for name, descriptor in data.items():
            line += ["--perms", "0644", "--ro-bind-data", str(descriptor), f"{DATA_PLACE}/{name}"]
        line += ["--remount-ro", DATA_PLACE]
    # The copy has no list of the folders in which libraries are.
    folders = dict.fromkeys(os.path.dirname(library) for library in libraries())  # noqa: PTH120  # many, and texts
    return [*line, "--setenv", "LD_LIBRARY_PATH", ":".join(folders), "--chdir", "/", "--"]


# ---- the files of this machine that a worker program needs, and a copy of them


@cache
def libraries() -> tuple[str, ...]:
    """Return the shared libraries that Python and NumPy may load, by the names under which they are found."""
    try:
        printed = subprocess.run(
            listing_command(), env=ENVIRONMENT, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise SandboxError(f"the libraries that Python loads can't be listed: {error}") from error
    return listed_libraries(printed)


def listed_libraries(printed: bytes) -> tuple[str, ...]:
    """Return the libraries in a list, except those in folders that a submission may read anyway."""
    own = tuple(f"{folder}/" for folder in listing_command()[-FOLDERS:])
    found = dict.fromkeys(os.path.normpath(name) for name in os.fsdecode(printed).splitlines())
    return tuple(name for name in found if not name.startswith(own))


def warm() -> None:
    """Read everything that a submission may read, so that times and dates don't tell whether another one has."""
    buffer = bytearray(2**20)
    places = [str(place) for place in (*standard_library(), packages()["numpy"], *libraries(), zone_data())]
    while places:
        place = places.pop()
        with contextlib.suppress(OSError), _opened(place) as file:
            if stat.S_ISDIR(os.fstat(file).st_mode):
                places += [f"{place}/{name}" for name in os.listdir(file)]  # noqa: PTH208  # some thousand, as below
            else:
                while os.readv(file, [buffer]):
                    pass


@cache
def copied_root() -> Path:
    """Return the folder of a copy that can be a worker program's root; it is removed when this process ends.

    Raises `SandboxError` if there is no room for it.
    """
    _remove_abandoned()
    folder = _folder()
    # This process holds the lock as long as it lives: a folder that nobody has locked was left by a killed grader.
    lock = os.open(folder / "new", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    (folder / "new").rename(folder / LOCK)
    atexit.register(_remove, folder, os.getpid())
    root = folder / "root"
    try:
        for place in _needed():
            _copy(str(place), str(_made(root, place)))
        for device in DEVICES:
            _made(root, Path(device)).touch()
        _made(root, Path(DATA_PLACE) / "data")
    except OSError as error:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)
        raise SandboxError(f"Python and NumPy can't be copied to {folder}: {error}") from error
    return root


def is_in_memory(folder: Path) -> bool:
    """Say whether a folder's file system is in memory."""
    device = folder.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    mounts = [line.split() for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    return any(mount[2] == number and mount[mount.index("-") + 1] == "tmpfs" for mount in mounts)


def _folder() -> Path:
    """Make the folder of the copy, in memory if there is room, else on a disk."""
    candidates = ["/dev/shm", os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir()]
    usable = [Path(place) for place in candidates if place and _is_usable(place)]
    usable.sort(key=lambda place: not is_in_memory(place))
    for place in usable:
        with contextlib.suppress(OSError):
            return Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    raise SandboxError(f"no room for a copy of Python and NumPy in {', '.join(filter(None, candidates))}")


def _is_usable(place: str) -> bool:
    """Say whether a folder has room, and whether programs may be run from there."""
    try:
        found = os.statvfs(place)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC and os.access(place, os.W_OK)


def _needed() -> Iterator[Path]:
    yield Path(os.path.realpath(sys.executable))
    yield from standard_library()
    yield from packages().values()
    yield from (packages()["numpy"].with_name("numpy.libs"), zone_data())
    yield from map(Path, libraries())


def _made(root: Path, place: Path) -> Path:
    """Return the place of a file's copy, in folders that anybody may enter."""
    for parent in reversed(place.parents):
        folder = root / parent.relative_to("/")
        if not folder.is_dir():
            folder.mkdir()
            folder.chmod(0o755)
    return root / place.relative_to("/")


def _copy(source: str, target: str) -> None:
    """Copy a file, or what is needed of a folder, readable for anybody; keep its date, by which Python recognizes
    bytecode.
    """
    name = os.path.basename(source)  # noqa: PTH119  # some thousand files while somebody waits: no paths as objects
    if name in NOT_COPIED or name.endswith(NOT_COPIED_ENDINGS):
        return
    if not os.path.exists(source):  # noqa: PTH110
        return  # a link that leads nowhere, or what this machine does not have
    with _opened(source) as original:
        found = os.fstat(original)
        if stat.S_ISDIR(found.st_mode):
            os.makedirs(target, exist_ok=True)  # noqa: PTH103  # as above
            os.chmod(target, 0o755)  # noqa: PTH101
            for entry in os.listdir(original):  # noqa: PTH208
                _copy(f"{source}/{entry}", f"{target}/{entry}")
        elif stat.S_ISREG(found.st_mode):
            with open(target, "wb", buffering=0) as copy:  # noqa: PTH123
                while os.sendfile(copy.fileno(), original, None, found.st_size):
                    pass
                os.fchmod(copy.fileno(), 0o755)
                os.utime(copy.fileno(), ns=(found.st_mtime_ns, found.st_mtime_ns))


@contextlib.contextmanager
def _opened(place: str) -> Iterator[int]:
    descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:  # and not a process forked from it
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned() -> None:
    """Remove the copies that this user's graders have left because they were killed."""
    for place in {"/dev/shm", os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir()} - {""}:
        for folder in Path(place).glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError), _own(folder / LOCK) as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)


@contextlib.contextmanager
def _own(file: Path) -> Iterator[int]:
    """Open a file if it and its folder are this user's own, and no links."""
    descriptor = os.open(file, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if {os.fstat(descriptor).st_uid, file.parent.lstat().st_uid} != {os.geteuid()} or file.parent.is_symlink():
            raise PermissionError(f"{file} is somebody else's")
        yield descriptor
    finally:
        os.close(descriptor)
