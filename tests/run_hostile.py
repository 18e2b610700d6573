"""Grade a class of hostile submissions as somebody on a machine would, and report what can be seen from outside.

`python -m tests.run_hostile USER` runs on one of `tests.machines`, in its folder: it puts up what there is to attack,
writes the class into `class` from `submissions`, runs the real command as USER, and writes `report.json`. Its own
process adopts whatever is left behind.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import secrets
import shutil
import socket
import sys
import time
from pathlib import Path

from tests.conftest import ROOT, TRIAL
from tests.machines import PLACE

PR_SET_CHILD_SUBREAPER = 36
ABSTRACT = f"autograder-hostile-target-{secrets.token_hex(8)}"  # such names are the whole machine's: others run, too
LIMITS = {"cpu_seconds": 0.3, "wall_seconds": 1.5, "total_wall_seconds": 2.0, "memory_bytes": 2**30}
EXERCISE = "normalization"
COURSE = "course"


def main(scratch: Path, user: int) -> None:
    """Run the class."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    listeners = put_up(scratch)
    write_course(scratch / COURSE, user)
    waiting, go = os.pipe()
    grader = os.fork()
    if grader == 0:
        os.close(go)
        os.read(waiting, 1)
        grade(scratch, user)
    targets = targets_of(scratch, listeners, grader)
    write_class(scratch, targets, user)
    os.close(go)
    peak = 0
    while os.waitpid(grader, os.WNOHANG) == (0, 0):
        peak = max(peak, peak_of_graders())
        time.sleep(0.5)
    report = {
        "left_running": left_running(),
        "reached": [name for name, listener in listeners.items() if was_reached(listener)],
        "peak_kib": peak,
    }
    (scratch / "report.json").write_text(json.dumps(report))


def grade(scratch: Path, user: int) -> None:
    """Become the one who grades, and then the real command."""
    if os.geteuid() != user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(scratch / "out" / name, os.O_CREAT | os.O_WRONLY, 0o644), number)
    command = [sys.executable, "-m", "autograder", "grade", EXERCISE, "--course", str(scratch / COURSE), "--jobs", "2"]
    command += [*TRIAL, "--submissions", str(scratch / "class"), "--output", str(scratch / "out" / "results")]
    command += [word for name, value in LIMITS.items() for word in ("--limit", f"{name}={value}")]
    os.chdir(ROOT)
    os.execv(sys.executable, command)


def put_up(scratch: Path) -> dict[str, socket.socket]:
    """Start what a submission could reach over a network."""
    listeners = {
        "tcp": socket.create_server(("127.0.0.1", 0)),
        "udp": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "unix": socket.socket(socket.AF_UNIX),
        "abstract": socket.socket(socket.AF_UNIX),
    }
    listeners["udp"].bind(("127.0.0.1", 0))
    listeners["unix"].bind(str(scratch / "listening"))
    (scratch / "listening").chmod(0o777)
    listeners["abstract"].bind(f"\0{ABSTRACT}")
    for listener in listeners.values():
        listener.setblocking(False)
        if listener.type == socket.SOCK_STREAM:
            listener.listen()
    return listeners


def was_reached(listener: socket.socket) -> bool:
    """Say whether anybody has connected or sent anything."""
    try:
        return bool(listener.accept() if listener.type == socket.SOCK_STREAM else listener.recv(1))
    except BlockingIOError:
        return False


def targets_of(scratch: Path, listeners: dict[str, socket.socket], grader: int) -> dict[str, object]:
    """Return what submissions are told of the machine: more than any student knows."""
    solutions, site = (
        scratch / COURSE / "solutions" / EXERCISE,
        next(Path(sys.prefix, "lib").glob("python*/site-packages")),
    )
    return {
        "reference": str(solutions / "reference.py"),
        "solution": str(solutions / f"{EXERCISE}.py"),
        "checks": str(solutions / "hidden_checks.py"),
        "key": str(next((scratch / COURSE / ".autograder" / "keys").glob(f"{EXERCISE}-*.key"))),
        "neighbor": str(scratch / "class" / "neighbor" / EXERCISE / f"{EXERCISE}.py"),
        "neighbor_folder": str(scratch / "class" / "neighbor" / EXERCISE),
        "submissions_folder": str(scratch / "class"),
        "results": str(scratch / "out" / "results" / "results.jsonl"),
        "readable_secret": str(scratch / "readable"),
        "private_secret": str(scratch / "private"),
        "open_folder": str(scratch / "open"),
        "tcp_port": listeners["tcp"].getsockname()[1],
        "udp_port": listeners["udp"].getsockname()[1],
        "unix_path": str(scratch / "listening"),
        "abstract_name": ABSTRACT,
        "grader_pid": grader,
        "site_packages": str(site),
        "beside_the_libraries": beside_the_libraries(),
        "checkout": str(ROOT),
    }


def beside_the_libraries() -> list[str]:
    """Return files that lie where libraries do, and that Python needs nothing of."""
    found: list[str] = []
    for top in ("/usr/local/lib", "/usr/lib", "/usr/share", sys.base_prefix):
        for folder, folders, names in os.walk(top):
            folders[:] = [name for name in folders if name not in ("zoneinfo", "__pycache__")]
            places = (f"{folder}/{name}" for name in names if not re.search(r"\.so|python|^lib.*\.", name))
            found += [place for place in places if "/python3" not in place and os.access(place, os.R_OK)][:20]
            if len(found) > 200:
                break
    return found


def write_course(root: Path, user: int) -> None:
    """Copy the exercise and its answer key, of which the latter is the grading user's alone."""
    for folder in ("solutions", "assignments"):
        shutil.copytree(ROOT / folder / EXERCISE, root / folder / EXERCISE)
    (root / ".autograder" / "keys").mkdir(parents=True)
    for key in (ROOT / ".autograder" / "keys").glob(f"{EXERCISE}-*.key"):
        shutil.copy(key, root / ".autograder" / "keys" / key.name)
    for place in (root, *root.rglob("*")):
        os.chown(place, user, user)


def write_class(scratch: Path, targets: dict[str, object], user: int) -> None:
    """Write everybody's file, and the files that are secrets."""
    for source in sorted((scratch / "submissions").iterdir()):
        folder = scratch / "class" / source.stem / EXERCISE
        folder.mkdir(parents=True)
        text = source.read_text("utf-8").replace("TARGETS = {}", f"TARGETS = {targets!r}", 1)
        (folder / f"{EXERCISE}.py").write_text(text, "utf-8")
    for name, mode in (("readable", 0o644), ("private", 0o600)):
        (scratch / name).write_text("a secret")
        (scratch / name).chmod(mode)
        os.chown(scratch / name, user, user)


def peak_of_graders() -> int:
    """Return the most memory in KiB that any of the grader's own processes has had: of the command and its pool."""
    peaks = [0]
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(name in (folder / "cmdline").read_bytes() for name in (b"autograder\0grade", b"spawn_main")):
                peaks += [int(word) for word in re.findall(r"VmHWM:\s*(\d+)", (folder / "status").read_text())]
    return max(peaks)


def left_running() -> list[str]:
    """Return the command lines of processes that still run when the grader has been gone for a while, and end them."""
    time.sleep(1.0)  # workers end by themselves when the grader's connection closes
    found = []
    while children := Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        for child in children:
            if command := Path(f"/proc/{child}/cmdline").read_text():  # nothing is left of one that has ended
                found.append(command.replace("\0", " ")[:200])
                os.kill(int(child), 9)
            os.waitpid(int(child), 0)
    return found


if __name__ == "__main__":
    main(PLACE, int(sys.argv[1]))
