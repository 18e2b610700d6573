"""Reads its own environment, maps and memory in /proc, where an answer might lie."""


def attack():
    for name in ("environ", "maps", "mountinfo", "status", "cgroup", "auxv"):
        try:
            with open(f"/proc/self/{name}", "rb") as file:
                length = len(file.read())
        except OSError:
            continue
        if length:
            return f"/proc/self/{name}: {length} bytes"
