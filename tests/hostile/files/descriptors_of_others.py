"""Takes the open files of the grader and of the fork server through /proc/PID/fd."""

import os


def attack():
    for pid in (TARGETS["grader_pid"], os.getppid()):
        for number in range(64):
            try:
                descriptor = os.open(f"/proc/{pid}/fd/{number}", os.O_RDONLY | os.O_NONBLOCK)
            except OSError:
                continue
            os.close(descriptor)
            return f"descriptor {number} of {pid} is open here too"
