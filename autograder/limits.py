"""What one submission may use. Nothing here limits anything: `worker.confine` does."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one submission may use; an exercise may set its own."""

    cpu_seconds: float = 3.0  # of one check: ten times what plain Python loops need
    wall_seconds: float = 30.0  # of one check: generous, a busy machine must never decide a verdict
    total_cpu_seconds: int = 120  # of the whole submission
    memory_bytes: int = 2 * 2**30  # of address space
    file_bytes: int = 16 * 2**20  # of one written file
    open_files: int = 64
    processes: int = 64  # of the whole user; no help against root
