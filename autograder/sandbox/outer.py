"""The outer sandbox, which surrounds the worker program from its start: another user, and bubblewrap's namespaces.

Each submission's process is confined from inside as well, by `autograder.worker`. Which outer sandbox a machine can
have is found out by trying, the strongest first (`autograder.sandbox.levels`).
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

USERS = (61_190, 65_534)  # nobody's login; a container may not know the first, and then it is `nobody`
SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/lib32")  # with what the interpreter is linked to
DEVICES = (os.devnull, "/dev/zero", "/dev/urandom")
# One thread: a forked process would wait for ever for threads that only its parent has.
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
class OuterSandbox:
    """What surrounds the worker program."""

    bubblewrap: str | None  # the path of the program, or None without it
    user: int | None  # the user id that the worker program changes to, or None if it stays the grader's own

    def describe(self) -> str:
        """Return a phrase that names it for people."""
        namespaces = "in bubblewrap" if self.bubblewrap else "without namespaces of its own"
        return f"{namespaces}, as {'your own user' if self.user is None else f'user {self.user}'}"

    def command(self, program: str) -> list[str]:
        """Return the command line that runs a Python program, given as text, in a fresh interpreter in this sandbox."""
        interpreter = [os.path.realpath(sys.executable), "-s", "-S", "-P", "-B", "-c", program]
        if self.bubblewrap is None:
            return interpreter
        return [*_bubblewrap(self.bubblewrap, root=self.user is not None), *interpreter]


BARE = OuterSandbox(bubblewrap=None, user=None)


def outer_sandboxes(without: frozenset[str]) -> Iterator[OuterSandbox]:
    """Yield what may work on this machine, the strongest first, except for layers that are to be left out."""
    bubblewrap = None if "bubblewrap" in without else shutil.which("bwrap")
    root = os.geteuid() == 0
    users: tuple[int | None, ...] = (*USERS, None) if root and "user" not in without else (None,)
    for user in users:
        if bubblewrap and (user is not None or not root):  # namespaces that root makes for itself don't hold root
            yield OuterSandbox(bubblewrap=bubblewrap, user=user)
    for user in users:
        yield OuterSandbox(bubblewrap=None, user=user)


def import_path() -> list[str]:
    """Return the folders in which the worker program finds the packages that it imports."""
    return list(dict.fromkeys(str(folder.parent) for folder in _packages().values()))


def _packages() -> dict[str, Path]:
    return {
        "numpy": Path(np.__file__).resolve().parent,
        "msgspec": Path(msgspec.__file__).resolve().parent,
        "autograder": Path(__file__).resolve().parents[1],
    }


def _bubblewrap(program: str, *, root: bool) -> list[str]:
    """Return bubblewrap's command line: a namespace of each kind, only what Python needs to see, nothing writable.

    From root, user ids stay as they are, and the worker program changes to another user by itself. It can then still
    read an interpreter in a folder of root's, which that user could not reach from outside.
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
        if folder not in ("/", *visible) and not any(_is_below(folder, place) for place in visible):
            line += ["--perms", "0755", "--dir", folder]
    for place in visible:
        is_link = Path(place).is_symlink()
        line += ["--symlink", str(Path(place).readlink()), place] if is_link else ["--ro-bind", place, place]
    for device in DEVICES:
        line += ["--dev-bind", device, device]
    return [*line, "--remount-ro", "/", "--chdir", "/", "--"]


def _visible() -> list[str]:
    """Return the folders of the machine that the worker program sees."""
    packages = _packages()
    libraries = packages["numpy"].with_name("numpy.libs")
    found = [*SYSTEM, sys.base_prefix, *map(str, packages.values()), str(libraries)]
    return [place for place in dict.fromkeys(found) if os.path.lexists(place) and not _is_below(place, "/usr")]


def _is_below(place: str, folder: str) -> bool:
    return place != folder and Path(place).is_relative_to(folder)
