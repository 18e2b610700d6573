"""What one submission may use. Nothing here limits anything: `worker.confine` and `sandbox.session` do."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one submission may use; an exercise may set its own, and an instructor others for one run."""

    cpu_seconds: float = 3.0  # of one check: ten times what plain Python loops need
    wall_seconds: float = 30.0  # of one check: generous, a busy machine must never decide a verdict
    total_cpu_seconds: int = 120  # of one process of the submission
    total_wall_seconds: float = 600.0  # of the whole submission: ends one that sleeps through every check
    memory_bytes: int = 2 * 2**30  # of address space
    output_bytes: int = 2000  # kept of what it prints in one check
    file_bytes: int = 2**20  # of one written file, on a machine where it can write any
    open_files: int = 64
    processes: int = 64  # of the whole user; root is not bound by it
