"""How everything here is measured: tasks take turns, round by round, so that a busy machine slows all of them alike.

What enters are tasks by name, each of which returns the seconds that it took; what leaves are medians with quartiles,
and Markdown.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import pin_to_one_core

ROOT = Path(__file__).resolve().parents[1]
Task = Callable[[], float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """Quartiles and median of what was measured."""

    low: float
    median: float
    high: float

    def times(self, factor: float) -> Spread:
        """Return the same in another unit."""
        return Spread(low=self.low * factor, median=self.median * factor, high=self.high * factor)

    def text(self, digits: int) -> str:
        """Return median and quartiles as a cell of a table."""
        return f"{self.median:,.{digits}f} ({self.low:,.{digits}f} to {self.high:,.{digits}f})"


def spread(values: Sequence[float]) -> Spread:
    """Return the quartiles of one or more values."""
    if len(values) == 1:
        return Spread(low=values[0], median=values[0], high=values[0])
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(low=low, median=median, high=high)


def interleave(tasks: Mapping[str, Task], rounds: int, *, warm_up: bool = True) -> dict[str, list[float]]:
    """Run all tasks once to warm up, then in turn; return what each took, round by round."""
    for task in tasks.values() if warm_up else ():
        task()
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            seconds[name].append(task())
    return seconds


def ratios(values: Sequence[float], units: Sequence[float]) -> Spread:
    """Return the ratios of values to units, round by round."""
    return spread([value / unit for value, unit in zip(values, units, strict=True)])


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Keep this thread and what it starts to one core, always the same one, as executors do with their workers."""
    cores = pin_to_one_core(min(os.sched_getaffinity(0)))
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def on_one_core(task: Task) -> Task:
    """Return a task that runs on one core, together with the workers that were started there."""

    def pinned() -> float:
        with one_core():
            return task()

    return pinned


def timed(action: Callable[[], object]) -> Task:
    """Return a task that measures an action in wall-clock time."""

    def task() -> float:
        started = time.perf_counter()
        action()
        return time.perf_counter() - started

    return task


def command(
    *words: str | Path, cwd: Path | None = None, environ: Mapping[str, str] | None = None
) -> Callable[[], object]:
    """Return an action that runs a command to its end; where the command fails, so does the action, with its output."""

    def action() -> None:
        quiet = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
        done = subprocess.run(words, cwd=cwd, env=environ, check=False, **quiet)
        if done.returncode:
            raise RuntimeError(f"{' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")

    return action


def show(measure: Callable[..., str]) -> None:
    """Run a benchmark from the command line: print what it measures; `--quick` only shows that it works."""
    parser = argparse.ArgumentParser(description="Measure, and print Markdown.")
    parser.add_argument("--quick", action="store_true", help="few rounds, small classes, nothing installed")
    print(measure(quick=parser.parse_args().quick), end="")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, with the first column aligned to the left and the others to the right."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def goal(what: str, *, actual: float, limit: float, digits: int = 2, at_least: bool = False) -> str:
    """Return a list item that says whether a goal was met, and if not, by what factor it was missed."""
    met = actual >= limit if at_least else actual <= limit
    by = max(actual, limit) / min(actual, limit)
    verdict = "met" if met else f"not met, by a factor of {by:.2f}"
    return f"- Goal: {what}. Measured: {actual:,.{digits}f}; **{verdict}**.\n"
