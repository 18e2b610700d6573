"""Raises its own limits, hard and soft: memory, CPU time, file size, processes, descriptors."""

import resource


def attack():
    for what in (
        "RLIMIT_AS",
        "RLIMIT_CPU",
        "RLIMIT_FSIZE",
        "RLIMIT_NPROC",
        "RLIMIT_NOFILE",
        "RLIMIT_CORE",
        "RLIMIT_MEMLOCK",
    ):
        kind = getattr(resource, what)
        soft, hard = resource.getrlimit(kind)
        higher = resource.RLIM_INFINITY if hard == resource.RLIM_INFINITY else hard + 1
        try:
            resource.setrlimit(kind, (higher if soft != higher else soft, higher))
        except (OSError, ValueError):
            continue
        now = resource.getrlimit(kind)
        if now != (soft, hard):
            return f"{what} went from {soft, hard} to {now}"
