"""Opens handles on the grader and the fork server by pidfd_open, signals through them and takes their descriptors."""

import os


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"], 1):
        try:
            handle = os.pidfd_open(pid)
        except OSError:
            continue
        told = [f"pidfd_open on {pid}"]
        for call in ((424, handle, 0, 0, 0), (438, handle, 0, 0)):
            try:
                c(*call)
                told.append(f"call {call[0]} through it")
            except OSError:
                continue
        os.close(handle)
        return ", ".join(told)
