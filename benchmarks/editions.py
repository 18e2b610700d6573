"""Two checkouts of this project side by side: `python -m benchmarks.submission --against PATH [EXERCISE ...]`.

What enters is the path of another checkout with its own `.venv`, which may be of the first edition. What leaves is a
table: for each exercise, how many calls of a student's functions a right submission costs in both, how many
milliseconds, and ratios. That of the quickest rounds and that of CPU time, of the grader and its worker together, are
the ones to look at when the machine is busy: then a process waits whenever it hands over to the other one, and an
edition that does so more often waits more.

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
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.measure import ROOT, goal, interleave, ratios, spread, table

SCRIPT = Path(__file__).with_name("edition.py")
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a right submission costs in one checkout: calls, seconds round by round, and CPU seconds on average."""

    calls: int
    seconds: Sequence[float]
    cpu: float


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

    def cpu_seconds(self) -> float:
        """Return the CPU seconds that the process and its workers have used so far."""
        return float(self._ask("cpu")["seconds"])

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
    costs: dict[str, dict[str, Cost]] = {}
    with ExitStack() as stack:
        both = {
            BEFORE: stack.enter_context(Edition(other, interpreter)),
            AFTER: stack.enter_context(Edition(ROOT, Path(sys.executable))),
        }
        for name in names:
            file = ROOT / "solutions" / name / f"{name}.py"
            calls = {when: edition.open(name, file) for when, edition in both.items()}
            cpu = {when: -edition.cpu_seconds() for when, edition in both.items()}
            seconds = interleave({when: edition.grade for when, edition in both.items()}, rounds)
            for when, edition in both.items():
                cpu[when] = (cpu[when] + edition.cpu_seconds()) / (rounds + 1)  # one more round is to warm up
            costs[name] = {when: Cost(calls=calls[when], seconds=seconds[when], cpu=cpu[when]) for when in both}
    return _report(costs)


def _report(costs: dict[str, dict[str, Cost]]) -> str:
    rows, slowest = [], 0.0
    for name, cost in costs.items():
        ratio = ratios(cost[AFTER].seconds, cost[BEFORE].seconds)
        slowest = max(slowest, ratio.median)
        times = [spread(each.seconds).times(1000).text(1) for each in cost.values()]
        rows.append([name, *_calls([cost]), *times, ratio.text(2), *_ratios([cost])])
    medians = [sum(spread(cost[when].seconds).median for cost in costs.values()) for when in (BEFORE, AFTER)]
    together = medians[1] / medians[0]
    times = [f"{median * 1000:,.1f}" for median in medians]
    everything = list(costs.values())
    rows.append(["**sum**", *_calls(everything), *times, f"{together:.2f}", *_ratios(everything)])
    header = ["right submission", "calls before", "calls after", "ms before, median (quartiles)"]
    header += ["ms after, median (quartiles)", "after / before", "quickest rounds", "CPU time"]
    return (
        f"{table(header, rows)}\n"
        f"{goal('no exercise takes more than 1.1 times as long as before', actual=slowest, limit=1.1)}"
        f"{goal('together they take less time than before', actual=together, limit=1.0)}"
    )


def _calls(costs: Sequence[dict[str, Cost]]) -> list[str]:
    """Return the calls before and after, over some exercises."""
    return [f"{sum(cost[when].calls for cost in costs):,}" for when in (BEFORE, AFTER)]


def _ratios(costs: Sequence[dict[str, Cost]]) -> list[str]:
    """Return how many times as much the quickest rounds and the CPU took after as before, over some exercises."""
    least = [sum(min(cost[when].seconds) for cost in costs) for when in (BEFORE, AFTER)]
    cpu = [sum(cost[when].cpu for cost in costs) for when in (BEFORE, AFTER)]
    return [f"{after / before:.2f}" if before else "" for before, after in (least, cpu)]
