"""What grading an optimizers submission costs beyond running it: `python -m benchmarks.floor`.

The floor is what nobody can do without: the same calls, made directly in one warm process with no isolation, no
conversion and no judging, by functions that were written beforehand (`benchmarks.equivalent`); and a bare fork of such
a process that ends at once. Apart from them, there is the import of the student's file. All of it runs on one core, as
grading does.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from autograder.sandbox import BARE, Sandbox
from benchmarks.course import Subject, subject
from benchmarks.equivalent import calls_alone, load_checks, rehearse, write_checks
from benchmarks.measure import (
    Task,
    command,
    goal,
    interleave,
    on_one_core,
    one_core,
    ratios,
    show,
    spread,
    table,
    timed,
)
from benchmarks.submission import grading

GRADED, CALLS, ASSERTIONS, LOAD, FORK, IMPORT = (
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
    """Return the table and the goals."""
    matter = subject("optimizers")
    module = matter.solution()
    calls, assertions = calls_alone(rehearse(matter.key, vars(module))), _assertions(matter)
    with ExitStack() as stack:
        with one_core():
            sandbox = stack.enter_context(Sandbox(matter.key.limits, BARE))
            forking = stack.enter_context(_forking())
        actions = {
            GRADED: grading(matter, sandbox),
            CALLS: lambda: _run(calls, module),
            ASSERTIONS: lambda: _run(assertions, module),
            LOAD: matter.solution,
        }
        tasks = {name: on_one_core(timed(action)) for name, action in actions.items()}
        tasks[IMPORT] = timed(command(sys.executable, "-c", "import numpy"))
        tasks[FORK] = forking
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
    return (
        f"{text}\n{line}{goal('in a warm sandbox, at most a quarter of an import of NumPy', actual=share, limit=0.25)}"
    )


def _assertions(matter: Subject) -> Sequence[Callable[[object], None]]:
    with tempfile.TemporaryDirectory() as folder:
        write_checks(matter, Path(folder))
        return load_checks(Path(folder))


def _run(checks: Sequence[Callable[[object], None]], module: object) -> None:
    for check in checks:
        check(module)


@contextlib.contextmanager
def _forking() -> Iterator[Task]:
    """Yield a task that lets a process which has imported NumPy, and nothing else, fork once."""
    with subprocess.Popen(
        [sys.executable, "-c", FORKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        requests, replies = process.stdin, process.stdout
        if requests is None or replies is None:
            raise RuntimeError("the process that forks has no pipes")

        def task() -> float:
            requests.write("\n")
            return float(replies.readline())

        yield task
        requests.close()


if __name__ == "__main__":
    show(measure)
