"""What is put around the worker program where it is started: another user, and bubblewrap's name spaces.

The program confines each submission from inside by itself; this is the outer wall. Which one a machine has is found
out by trying, the strongest first (`worker.choose`).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

USERS = (61_190, 65_534)  # no login of any system; where an outer container does not know the first, `nobody`
SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/lib32")  # with what the interpreter is linked to
DEVICES = (os.devnull, "/dev/zero", "/dev/urandom")
# One thread: a forked child must not wait for threads that only its parent had.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Surrounding:
    """An outer wall: the program `bubblewrap`, if any, and the `user` that the worker runs as, if not our own."""

    bubblewrap: str | None
    user: int | None

    def describe(self) -> str:
        """Name it, for people."""
        outer = "in bubblewrap" if self.bubblewrap else "without name spaces of its own"
        return f"{outer}, as {'your own user' if self.user is None else f'user {self.user}'}"


BARE = Surrounding(bubblewrap=None, user=None)


def surroundings(without: frozenset[str]) -> Iterator[Surrounding]:
    """Yield what may work on this machine, the strongest first, but for the layers that are to be left out."""
    bubblewrap = None if "bubblewrap" in without else shutil.which("bwrap")
    root = os.geteuid() == 0
    users: tuple[int | None, ...] = (*USERS, None) if root and "user" not in without else (None,)
    for user in users:
        if bubblewrap and (user is not None or not root):  # root's own name spaces are no wall against root
            yield Surrounding(bubblewrap=bubblewrap, user=user)
    for user in users:
        yield Surrounding(bubblewrap=None, user=user)


def command(surrounding: Surrounding, program: str) -> list[str]:
    """Return the command that runs a program text in a fresh interpreter inside a surrounding."""
    interpreter = [os.path.realpath(sys.executable), "-s", "-S", "-P", "-B", "-c", program]
    if surrounding.bubblewrap is None:
        return interpreter
    return [*_bubblewrap(surrounding.bubblewrap, root=surrounding.user is not None), *interpreter]


def places() -> dict[str, Path]:
    """Return the folders of the packages that the worker program imports, by name: NumPy, msgspec, and this one."""
    return {
        "numpy": Path(np.__file__).resolve().parent,
        "msgspec": Path(msgspec.__file__).resolve().parent,
        "autograder": Path(__file__).resolve().parents[1],
    }


def import_path() -> list[str]:
    """Return where the worker program's interpreter finds those packages."""
    return list(dict.fromkeys(str(folder.parent) for folder in places().values()))


def _bubblewrap(program: str, *, root: bool) -> list[str]:
    """Return bubblewrap's command line: name spaces of everything, only what Python needs to see, nothing writable.

    From root, users keep their numbers, and the worker program becomes another one by itself: a folder of root's that
    holds the interpreter can then be seen by a user who could not reach it outside.
    """
    line = [program, *(f"--unshare-{kind}" for kind in ("pid", "net", "ipc", "uts", "cgroup-try"))]
    line += ["--hostname", "worker", "--cap-drop", "ALL", "--new-session", "--as-pid-1"]
    if root:
        line += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        line += ["--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"]
    visible = _visible()
    for folder in dict.fromkeys(
        str(parent) for place in (*visible, *DEVICES) for parent in reversed(Path(place).parents)
    ):
        if folder not in ("/", *visible) and not any(_beneath(folder, place) for place in visible):
            line += ["--perms", "0755", "--dir", folder]
    for place in visible:
        link = Path(place).is_symlink()
        line += ["--symlink", str(Path(place).readlink()), place] if link else ["--ro-bind", place, place]
    for device in DEVICES:
        line += ["--dev-bind", device, device]
    return [*line, "--remount-ro", "/", "--chdir", "/", "--"]


def _visible() -> list[str]:
    packages = places()
    libraries = packages["numpy"].with_name("numpy.libs")
    found = [*SYSTEM, sys.base_prefix, *map(str, packages.values()), str(libraries)]
    return [place for place in dict.fromkeys(found) if os.path.lexists(place) and not _beneath(place, "/usr")]


def _beneath(place: str, folder: str) -> bool:
    return place != folder and Path(place).is_relative_to(folder)
