"""What becomes of time and memory as a class grows: `python -m benchmarks.growth`.

Classes of 10 to 10,000 students are graded from the command line into a fresh folder. They are copies of what the
example class submitted for the quickest exercise (without the students whose code waits for limits), each with a
different last line. Then a class of 1,000 is graded on one process and on all cores, on two Dask workers, and a second
time unchanged.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course import DEFAULT_SEED
from benchmarks.course import class_sources, make_class, subject
from benchmarks.measure import ROOT, goal, show, spread, table
from benchmarks.memory import Run, watched

EXERCISE = "normalization"
SIZES = (10, 100, 1_000, 10_000)
CLASS = 1_000
CORES = len(os.sched_getaffinity(0))


def measure(*, quick: bool) -> str:
    """Return both tables and the goals."""
    subject(EXERCISE)  # records the answer key, which is not part of what is measured
    with tempfile.TemporaryDirectory() as place:
        sizes, rounds, size = ((1, 2, 4), 1, 8) if quick else (SIZES, 3, CLASS)
        return f"{_growth(Path(place), sizes)}\n{_speedup(Path(place), size, rounds)}"


def _growth(place: Path, sizes: Sequence[int]) -> str:
    runs = {size: _grade(place, _class(place, size)) for size in sizes}
    rows, marginal, before = [], [], None
    for size, run in runs.items():
        one_more = (run.seconds - runs[before].seconds) / (size - before) * 1000 if before else None
        marginal += [] if one_more is None else [one_more]
        rows.append(
            [
                f"{size:,}",
                f"{run.seconds:.1f}",
                "" if one_more is None else f"{one_more:.2f}",
                f"{run.grader:.0f}",
                f"{run.workers:.0f}",
            ]
        )
        before = size
    header = ["students", "seconds", "ms for each one more", "peak MB, grader", "peak MB, workers and children"]
    last = runs[sizes[-1]]
    goals = [
        goal(
            f"one more of {sizes[-1]:,} students costs at most 1.1 times as much as one more of {sizes[-2]:,}",
            actual=marginal[-1] / marginal[-2],
            limit=1.1,
        ),
        goal(f"under 400 MB for {sizes[-1]:,} students", actual=last.grader + last.workers, limit=400, digits=0),
    ]
    return f"{table(header, rows)}\n{''.join(goals)}"


def _speedup(place: Path, size: int, rounds: int) -> str:
    """Grade one class in several ways, in turn, with a fresh class in each round."""
    ways: dict[str, list[Run]] = {"`--jobs 1`": [], f"`--jobs {CORES}`, all cores": [], "Dask, two workers": []}
    one, every, dask = ways
    again: list[Run] = []
    with _cluster() as address:
        for _ in range(rounds):
            folder = _class(place, size)
            ways[one].append(_grade(place, folder, "--jobs", "1"))
            output = Path(tempfile.mkdtemp(dir=place))
            ways[every].append(_grade(place, folder, "--jobs", str(CORES), output=output))
            again.append(_grade(place, folder, output=output))
            if address:
                ways[dask].append(_grade(place, folder, "--scheduler", address))
    ways["a second time, unchanged"] = again
    seconds = {name: spread([run.seconds for run in runs]) for name, runs in ways.items() if runs}
    rows = [[name, seconds[name].text(2) if name in seconds else "distributed is not installed"] for name in ways]
    text = f"{table([f'{size:,} students', 'seconds, median (quartiles)'], rows)}\n"
    gains = [alone.seconds / together.seconds for alone, together in zip(ways[one], ways[every], strict=True)]
    gain = spread(gains).median
    text += goal(f"{CORES} cores at least {0.9 * CORES:.1f} times one", actual=gain, limit=0.9 * CORES, at_least=True)
    unchanged = spread([run.seconds for run in again]).median
    return text + goal("a class that has not changed takes under a second", actual=unchanged, limit=1.0)


def _class(place: Path, size: int) -> Path:
    folder = Path(tempfile.mkdtemp(dir=place))
    return make_class(folder, EXERCISE, class_sources(EXERCISE), size)


def _grade(place: Path, submissions: Path, *options: str, output: Path | None = None) -> Run:
    output = output or Path(tempfile.mkdtemp(dir=place))
    words = ["--seed", str(DEFAULT_SEED), "--submissions", submissions, "--output", output, "--course", ROOT, *options]
    return watched([sys.executable, "-m", "autograder.cli.main", "grade", EXERCISE, *words])


@contextlib.contextmanager
def _cluster() -> Iterator[str | None]:
    """Start a Dask scheduler and two workers on this machine, if Dask is installed; yield the scheduler's address."""
    if importlib.util.find_spec("distributed") is None:
        yield None
        return
    dask = [sys.executable, "-m", "dask"]
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    options = ("--nworkers", "1", "--nthreads", "1", "--no-dashboard")
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(_background(scheduler, r"tcp://[\d.]+:\d+"))
        for _ in range(2):
            stack.enter_context(_background([*dask, "worker", address, *options], "Registered to"))
        yield address


@contextlib.contextmanager
def _background(words: Sequence[str | Path], pattern: str) -> Iterator[str]:
    """Run a command in the background; yield what the pattern first finds in what it prints."""
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr or iter(())
        found = next((match[0] for line in said if (match := re.search(pattern, line))), None)
        if found is None:
            raise RuntimeError(f"{' '.join(map(str, words))} ended without having said {pattern!r}")
        rest = threading.Thread(target=deque, args=(said, 0))  # a full pipe would stop it
        rest.start()
        try:
            yield found
        finally:
            process.terminate()
            rest.join()


if __name__ == "__main__":
    show(measure)
