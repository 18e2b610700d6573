"""Two checkouts of this project side by side: `python -m benchmarks.submission --against PATH [EXERCISE ...]`.

What enters is the path of another checkout with its own `.venv`, which may be of the first edition. What leaves is a
table: for each exercise, how many calls of a student's functions a right submission costs in both, how many
milliseconds, and the ratio; also the ratio of the quickest rounds, which a busy machine disturbs least.

Each checkout has one process for the whole run (`benchmarks/edition.py`), which grades one submission whenever it is
told to. The two take turns, so that whatever else the machine does slows both alike. They grade the same file, this
checkout's solution, each in a warm sandbox, with grader and worker on one core, the same one in both.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.measure import ROOT, goal, interleave, ratios, spread, table

SCRIPT = Path(__file__).with_name("edition.py")
BEFORE, AFTER = "before", "after"


class Edition:
    """A process of a checkout that grades right submissions one at a time."""

    def __init__(self, checkout: Path, interpreter: Path) -> None:
        self.checkout = checkout
        core = min(os.sched_getaffinity(0))
        # The text itself is passed: a script's folder would come first in the path, and has modules of common names.
        self._process = subprocess.Popen(
            [interpreter, "-c", SCRIPT.read_text("utf-8"), str(core)],
            cwd=checkout,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.__exit__(kind, error, trace)  # closes the pipes, at which the process ends, and waits for it

    def open(self, exercise: str, file: Path) -> int:
        """Get ready to grade a right submission; return how many calls of its functions that makes."""
        return int(self._ask(f"open {exercise} {file}")["calls"])

    def grade(self) -> float:
        """Grade it once, and return the seconds that this took."""
        return float(self._ask("grade")["seconds"])

    def _ask(self, request: str) -> dict[str, Any]:
        requests, replies = self._process.stdin, self._process.stdout
        if requests is None or replies is None:
            raise RuntimeError(f"{self.checkout}: the process has no pipes")
        try:
            requests.write(f"{request}\n")
            reply = replies.readline()
        except BrokenPipeError:
            reply = ""
        if not reply:
            raise RuntimeError(f"{self.checkout}: its process has ended at {request!r}; what it printed is above")
        answer: dict[str, Any] = json.loads(reply)
        return answer


def interpreter_of(checkout: Path) -> Path:
    """Return a checkout's own interpreter."""
    interpreter = checkout / ".venv" / "bin" / "python"
    if not interpreter.is_file():
        raise SystemExit(f"{checkout} has no .venv/bin/python; run `make venv` there")
    return interpreter


def compare(other: Path, exercises: Sequence[str], *, rounds: int) -> str:
    """Return the table and the goals; `other` is before, this checkout is after."""
    other = other.resolve()
    interpreter = interpreter_of(other)
    names = [name for name in exercises if (other / "solutions" / name).is_dir()]
    if not names:
        raise SystemExit(f"{other} has none of the exercises {', '.join(exercises)}")
    calls: dict[str, dict[str, int]] = {}
    seconds: dict[str, dict[str, list[float]]] = {}
    with ExitStack() as stack:
        both = {
            BEFORE: stack.enter_context(Edition(other, interpreter)),
            AFTER: stack.enter_context(Edition(ROOT, Path(sys.executable))),
        }
        for name in names:
            file = ROOT / "solutions" / name / f"{name}.py"
            calls[name] = {when: edition.open(name, file) for when, edition in both.items()}
            seconds[name] = interleave({when: edition.grade for when, edition in both.items()}, rounds)
    return _report(calls, seconds)


def _report(calls: dict[str, dict[str, int]], seconds: dict[str, dict[str, list[float]]]) -> str:
    rows, medians, quickest, ratio_of = [], {BEFORE: 0.0, AFTER: 0.0}, {BEFORE: 0.0, AFTER: 0.0}, {}
    for name, values in seconds.items():
        spreads = {when: spread(each).times(1000) for when, each in values.items()}
        least = {when: min(each) for when, each in values.items()}
        for when in (BEFORE, AFTER):
            medians[when] += spreads[when].median
            quickest[when] += least[when]
        ratio_of[name] = ratios(values[AFTER], values[BEFORE])
        counts = [f"{calls[name][when]:,}" for when in (BEFORE, AFTER)]
        times = [spreads[when].text(1) for when in (BEFORE, AFTER)]
        rows.append([name, *counts, *times, ratio_of[name].text(2), f"{least[AFTER] / least[BEFORE]:.2f}"])
    counts = [f"{sum(count[when] for count in calls.values()):,}" for when in (BEFORE, AFTER)]
    times = [f"{medians[when]:,.1f}" for when in (BEFORE, AFTER)]
    sums = medians[AFTER] / medians[BEFORE]
    rows.append(["**sum**", *counts, *times, f"{sums:.2f}", f"{quickest[AFTER] / quickest[BEFORE]:.2f}"])
    header = ["right submission", "calls before", "calls after", "ms before, median (quartiles)"]
    header += ["ms after, median (quartiles)", "after / before", "quickest rounds"]
    worst = max(ratio.median for ratio in ratio_of.values())
    return (
        f"{table(header, rows)}\n"
        f"{goal('no exercise takes more than 1.1 times as long as before', actual=worst, limit=1.1)}"
        f"{goal('together they take less time than before', actual=sums, limit=1.0)}"
    )
