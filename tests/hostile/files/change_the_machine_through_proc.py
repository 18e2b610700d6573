"""Opens switches of the kernel for writing: oom_score_adj of the fork server, core_pattern, sysrq, cgroup."""

import os


def attack():
    for path in (
        f"/proc/{os.getppid()}/oom_score_adj",
        f"/proc/{TARGETS['grader_pid']}/comm",
        "/proc/self/oom_score_adj",
        "/proc/sys/kernel/core_pattern",
        "/proc/sysrq-trigger",
        "/sys/fs/cgroup/cgroup.procs",
        "/proc/self/attr/current",
        "/proc/self/uid_map",
        "/proc/self/clear_refs",
        "/proc/self/comm",
    ):
        try:
            descriptor = os.open(path, os.O_WRONLY)
        except OSError:
            continue
        os.close(descriptor)
        return f"{path} is open for writing"
