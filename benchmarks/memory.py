"""Run a command, and watch how long it takes and how much memory its processes hold (Linux).

A thread looks at the tree of processes many times a second. The grader's own processes stay; those that worker programs
fork for submissions come and go. What counts is the largest resident size that was seen. Pages that processes share are
counted for each of them: the sums are upper bounds.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOKS = 0.05  # seconds between two looks
PAGE = os.sysconf("SC_PAGE_SIZE")
WORKER = b"autograder.worker.program"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Seconds of a command, and peaks in MB: of the grader's processes together, and of workers and children."""

    seconds: float
    grader: float
    workers: float


@dataclass(slots=True)
class _Peaks:
    grader: int = 0
    workers: int = 0

    def look(self, root: int) -> None:
        """Add up what the processes of the tree hold now: worker programs with all below them, and the others."""
        sizes = {True: 0, False: 0}
        for process, is_worker in _tree(root, below_worker=False):
            sizes[is_worker] += _resident(process)
        self.grader, self.workers = max(self.grader, sizes[False]), max(self.workers, sizes[True])


def watched(words: Sequence[str | Path]) -> Run:
    """Run a command to its end."""
    peaks = _Peaks()
    started = time.perf_counter()
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peaks, ended))
        watcher.start()
        said, _ = process.communicate()
        seconds = time.perf_counter() - started
        ended.set()
        watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))} ended with {process.returncode}:\n{said.decode()}")
    return Run(seconds=seconds, grader=peaks.grader / 1e6, workers=peaks.workers / 1e6)


def _watch(root: int, peaks: _Peaks, ended: threading.Event) -> None:
    while not ended.wait(LOOKS):
        peaks.look(root)


def _tree(process: int, *, below_worker: bool) -> Iterator[tuple[int, bool]]:
    """Yield a process and all below it, each with whether it is or belongs to a worker program; some may have ended."""
    try:
        is_worker = below_worker or WORKER in Path(f"/proc/{process}/cmdline").read_bytes()
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(word) for task in tasks for word in (task / "children").read_text().split()]
    except OSError:
        return
    yield process, is_worker
    for child in children:
        yield from _tree(child, below_worker=is_worker)


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
