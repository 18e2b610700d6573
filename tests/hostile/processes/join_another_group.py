"""Leaves its session or joins another process group, so that whoever ends the group misses it."""

import os


def attack():
    for target in (os.getppid(), TARGETS["grader_pid"], 1):
        try:
            os.setpgid(0, os.getpgid(target))
            return f"joined the group of {target}"
        except OSError:
            continue
    for way in (os.setpgrp, lambda: os.setpgid(0, 0), os.setsid):
        try:
            way()
            return "made a group of its own"
        except OSError:
            continue
