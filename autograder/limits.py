"""The limits of one submission. They are enforced by `worker.confine` and `sandbox`, not here."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of one submission; an exercise may set its own, and an instructor others for one run."""

    cpu_seconds: float = 3.0  # for one check: ten times what plain Python loops need
    wall_seconds: float = 30.0  # for one check: generous, since a busy machine must never change a verdict
    total_cpu_seconds: int = 120  # for one process of the submission
    total_wall_seconds: float = 600.0  # for the whole submission: ends one that sleeps in every check
    memory_bytes: int = 2 * 2**30  # of address space
    output_bytes: int = 2000  # kept of its output in one check
    file_bytes: int = 2**20  # for one file, on a machine where it can write any
    open_files: int = 64
    processes: int = 64  # for the whole user; it does not apply to root
