"""What grading an optimizers submission costs beyond running it: `python -m benchmarks.floor`.

The floor is what nobody can do without: the same calls, made directly in one warm process with no isolation, no
conversion and no judging, by functions that were written beforehand (`benchmarks.equivalent`); and a bare fork of such
a process that ends at once. Apart from them stands the import of the student's file.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from autograder.worker.slot import Slot
from autograder.worker.surround import BARE
from benchmarks.course import Subject, subject
from benchmarks.equivalent import load_checks, write_module
from benchmarks.measure import Task, command, goal, interleave, ratios, show, spread, table, timed
from benchmarks.submission import grading

GRADED, CALLS, CLAIMS, LOAD, FORK, IMPORT = (
    "graded: isolated, judged, recorded",
    "the calls alone",
    "the calls, and plain NumPy assertions",
    "import of the student's file",
    "a bare fork",
    "`python -c 'import numpy'`",
)

FORKING = """
import gc, os, sys, time
import numpy
gc.freeze()
for line in sys.stdin:
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    print(time.perf_counter() - started, flush=True)
"""


def measure(*, quick: bool) -> str:
    """Return the table and the goal."""
    matter = subject("optimizers")
    module = _imported(matter)
    with ExitStack() as stack:
        slot = stack.enter_context(Slot(matter.book.limits, BARE))
        checks = {claims: _checks(matter, stack, with_claims=claims) for claims in (False, True)}
        actions = {
            GRADED: grading(matter, slot),
            CALLS: lambda: _run(checks[False], module),
            CLAIMS: lambda: _run(checks[True], module),
            LOAD: lambda: _imported(matter),
            IMPORT: command(sys.executable, "-c", "import numpy"),
        }
        tasks = {name: timed(action) for name, action in actions.items()}
        tasks[FORK] = stack.enter_context(_forking())
        return _report(interleave(tasks, rounds=3 if quick else 60))


def _report(seconds: dict[str, list[float]]) -> str:
    seconds["floor: calls and fork"] = [sum(pair) for pair in zip(seconds[CALLS], seconds[FORK], strict=True)]
    rows = [
        [name, spread(values).times(1000).text(2), ratios(seconds[GRADED], values).text(2)]
        for name, values in seconds.items()
    ]
    twice = ratios(
        seconds[GRADED], [2 * calls + fork for calls, fork in zip(seconds[CALLS], seconds[FORK], strict=True)]
    )
    text = table(["optimizers", "ms, median (quartiles)", "grading costs times that"], rows)
    line = goal("as a multiple of twice the calls and a fork, at most 1", actual=twice.median, limit=1.0)
    share = ratios(seconds[GRADED], seconds[IMPORT]).median
    return f"{text}\n{line}{goal('in a warm slot, at most a quarter of an import of NumPy', actual=share, limit=0.25)}"


def _checks(matter: Subject, stack: ExitStack, *, with_claims: bool) -> Sequence[Callable[[object], None]]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    write_module(matter.book, folder, with_claims=with_claims)
    return load_checks(folder)


def _run(checks: Sequence[Callable[[object], None]], module: object) -> None:
    for check in checks:
        check(module)


def _imported(matter: Subject) -> types.ModuleType:
    module = types.ModuleType(matter.exercise.name)
    exec(compile(matter.source, f"{matter.exercise.name}.py", "exec", dont_inherit=True), module.__dict__)
    return module


@contextlib.contextmanager
def _forking() -> Iterator[Task]:
    """Yield a task that lets a process which has imported NumPy, and nothing else, fork once."""
    with subprocess.Popen(
        [sys.executable, "-c", FORKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        asking, answering = process.stdin, process.stdout
        if asking is None or answering is None:
            raise RuntimeError("the process that forks has no pipes")

        def task() -> float:
            asking.write("\n")
            return float(answering.readline())

        yield task
        asking.close()


if __name__ == "__main__":
    show(measure)
