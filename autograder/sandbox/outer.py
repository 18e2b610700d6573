"""The outer sandbox around the worker program: another user, and bubblewrap's namespaces.

Each submission's process is confined from inside as well, by `autograder.worker`. Outer sandboxes are tried on a
machine, the strongest first (`autograder.sandbox.levels`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from autograder.sandbox.view import DATA_PLACE, DEVICES, copied_root, is_in_memory, libraries
from autograder.starting import KILLED_FIRST, bare_command

USERS = (61_190, 65_534)  # no login has it; a container may not know the first one, which is then `nobody`


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
