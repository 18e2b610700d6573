"""Starts programs by posix_spawn, os.spawnv, os.system and os.popen."""

import os


def attack():
    ways = (
        lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)[1] == 0,
        lambda: os.system("exit 0") == 0,
        lambda: os.popen("echo here").read() == "here\n",
        lambda: os.spawnv(os.P_WAIT, "/bin/true", ["true"]) == 0,
    )
    for number, way in enumerate(ways):
        try:
            if way():
                return f"way {number} started a program"
        except OSError:
            continue
