"""Machines of several kinds to grade on, made from this one: who grades there, and whether bubblewrap works.

Each has folders of its own in the place of /tmp, /var/tmp and /dev/shm, where what is left behind can be seen, and an
interpreter that every user may read. They are made with bubblewrap, and from root there are more of them.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT
from tests.programs import program

PLACE = Path("/mnt")  # where a machine has the folder that it works in
GRADER = 61_002  # the ordinary user who grades where it is not root
SEEN = {Path(sys.base_prefix), Path(sys.prefix), ROOT}  # of what /root and /tmp hold here
SHARED = ("tmp", "var/tmp", "dev/shm")  # not used here, but replaced
IN_MEMORY = "dev/shm"  # has no disk under it there, too


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """One kind of machine: `user` grades; `level` and `where` are what grading must prove and say there."""

    name: str
    user: int
    bubblewrap: str  # works, is missing, or is there and fails
    level: str
    where: str


MACHINES = [
    Machine(name="root", user=0, bubblewrap="works", level="strong", where="in bubblewrap, as user 61190"),
    Machine(name="user", user=GRADER, bubblewrap="works", level="strong", where="in bubblewrap, as your own user"),
    Machine(
        name="container",
        user=0,
        bubblewrap="fails",
        level="good",
        where="without namespaces of its own, as user 61190",
    ),
    Machine(
        name="bare",
        user=GRADER,
        bubblewrap="is missing",
        level="good",
        where="without namespaces of its own, as your own",
    ),
]


def machines() -> list[Machine]:
    """Return the kinds that this machine's user can make."""
    if os.geteuid() == 0:
        return MACHINES
    own = os.geteuid()
    return [Machine(**{**_fields(machine), "user": own}) for machine in MACHINES if machine.user]


def _fields(machine: Machine) -> dict[str, object]:
    return {name: getattr(machine, name) for name in Machine.__slots__}


def mounted(folder: str) -> set[str]:
    """Return the names in one of a machine's own folders under which it has something of this machine."""
    return {place.relative_to(f"/{folder}").parts[0] for place in SEEN if place.is_relative_to(f"/{folder}")}


def inside(machine: Machine, scratch: Path, command: list[str]) -> list[str]:
    """Return the command that runs another one on such a machine; what it may write lies in `scratch`."""
    line = [program("bwrap"), "--dev-bind", "/", "/", "--unshare-pid", "--proc", "/proc"]
    for folder in SHARED:
        place = scratch / folder.replace("/", "-")
        if folder == IN_MEMORY and not place.exists():
            memory = tempfile.mkdtemp(prefix="machine-", dir=f"/{folder}")
            atexit.register(shutil.rmtree, memory, ignore_errors=True)
            place.symlink_to(memory)
        place.mkdir(exist_ok=True)
        place.chmod(0o1777)
        line += ["--bind", str(place), f"/{folder}"]
    if os.geteuid() == 0:
        line += ["--perms", "0755", "--tmpfs", "/root"]
        for place in SEEN:
            for parent in reversed(place.parents):
                if parent.is_relative_to("/root/") or parent.is_relative_to("/tmp/"):  # both are new
                    line += ["--perms", "0755", "--dir", str(parent)]
            line += ["--ro-bind", str(place), str(place)]
    line += ["--bind", str(scratch), str(PLACE)]
    if machine.bubblewrap == "fails":
        line += ["--cap-drop", "CAP_SYS_ADMIN"]
    if machine.bubblewrap == "is missing":
        line += ["--setenv", "PATH", "/nowhere"]
    return [*line, "--", *command]
