"""Sets priority, scheduler and disk priority of the fork server and the grader, to what they are."""

import os


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        ways = (
            lambda: os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid)),
            lambda: os.setpriority(os.PRIO_PGRP, 0, os.getpriority(os.PRIO_PGRP, 0)),
            lambda: os.sched_setscheduler(pid, os.SCHED_OTHER, os.sched_param(0)),
            lambda: os.sched_setparam(pid, os.sched_param(0)),
            lambda: c(251, 1, pid, c(252, 1, pid)),
        )
        for number, way in enumerate(ways):
            try:
                way()
                return f"way {number} set the priority of {pid}"
            except OSError:
                continue
