"""Starts a program by subprocess, in every mode that it has."""

import subprocess
import sys


def attack():
    ways = (
        {"args": ["/bin/true"]},
        {"args": ["/bin/true"], "close_fds": False},
        {"args": ["/bin/true"], "start_new_session": True},
        {"args": "exit 0", "shell": True},
        {"args": [sys.executable or "/usr/bin/python3", "-c", "pass"]},
    )
    for number, way in enumerate(ways):
        try:
            if subprocess.run(**way, timeout=1).returncode == 0:
                return f"way {number} ran a program"
        except (OSError, subprocess.SubprocessError):
            continue
