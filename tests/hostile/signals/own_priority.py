"""Makes itself nicer or more urgent: nice, real time, deadline, autogroup."""

import os


def attack():
    ways = (
        lambda: os.nice(1),
        lambda: os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0)),
        lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
        lambda: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)),
    )
    for number, way in enumerate(ways):
        try:
            way()
            return f"way {number} worked"
        except OSError:
            continue
