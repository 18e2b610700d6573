"""Opens the memory and the memory map of the fork server and of the grader in /proc."""

import os


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        for name, flags in (("mem", os.O_RDWR), ("mem", os.O_RDONLY), ("maps", os.O_RDONLY), ("pagemap", os.O_RDONLY)):
            try:
                descriptor = os.open(f"/proc/{pid}/{name}", flags)
            except OSError:
                continue
            os.close(descriptor)
            return f"/proc/{pid}/{name} is open"
