"""Goes to files through /proc/PID/root and /proc/PID/cwd of the grader, the fork server and itself."""

import os


def attack():
    path = TARGETS["readable_secret"]
    for pid in ("self", os.getppid(), TARGETS["grader_pid"]):
        for way in (
            f"/proc/{pid}/root{path}",
            f"/proc/{pid}/cwd/{os.path.relpath(path)}",
            f"/proc/{pid}/task/{pid}/root{path}",
        ):
            try:
                with open(way, "rb") as file:
                    length = len(file.read())
            except OSError:
                continue
            if length:
                return f"{way}: {length} bytes"
