"""What one more optimizers submission costs, here and with other graders: `python -m benchmarks.peers`.

All grade the same right solution by the same checks, with the same calls and recorded answers (`benchmarks.equivalent`
says what is equal), each in its own environment, in turn. Graders that take a class pay for their start once, so that
what counts is their marginal cost; the others start a process for each submission, which is what one more submission
costs with them. Before anything is measured, each grader must give the solution all points and the stub fewer; every
run that is measured earns all points.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.version import VERSION
from benchmarks.course import Subject, subject
from benchmarks.environments import environment, version
from benchmarks.measure import Task, command, goal, interleave, ratios, show, spread, table, timed
from benchmarks.peer import Peer
from benchmarks.peer_classes import Nbgrader, Ours
from benchmarks.peer_processes import Gradescope, Otter, Pytest

IMPORT = "`python -c 'import numpy'`"
HOW = {
    "autograder": "`autograder grade --jobs 1`, marginal",
    "nbgrader": "`nbgrader autograde`, marginal",
    "otter-grader": "`otter run`, a process per submission",
    "gradescope-utils": "its unittest runner, a process per submission",
    "pytest": "a process per submission",
}


def measure(*, quick: bool) -> str:
    """Return the table and the goals."""
    matter = subject("optimizers")
    with tempfile.TemporaryDirectory() as place:
        peers = list(_peers(Path(place), matter, quick=quick))
        tasks = {IMPORT: timed(command(sys.executable, "-c", "import numpy"))}
        tasks |= {peer.name: _task(peer, matter) for peer in peers}
        seconds = interleave(tasks, rounds=1 if quick else 7, warm_up=not quick)
    return _report(seconds)


def _peers(place: Path, matter: Subject, *, quick: bool) -> Iterator[Peer]:
    folders = {name: place / name for name in HOW}
    for folder in folders.values():
        folder.mkdir()
    yield Ours(folders["autograder"], matter, size=1 if quick else 100)
    python = Path(sys.executable) if quick else environment("pytest") / "python"
    yield Pytest(folders["pytest"], matter, python)
    if not quick:
        yield Gradescope(folders["gradescope-utils"], matter)
        yield Otter(folders["otter-grader"], matter)
        yield Nbgrader(folders["nbgrader"], matter, _stub(matter), size=3)


def _stub(matter: Subject) -> str:
    return (matter.exercise.assignment / f"{matter.exercise.name}.py").read_text("utf-8")


def _task(peer: Peer, matter: Subject) -> Task:
    points = matter.points
    if peer.grade(_stub(matter)).points >= points:
        raise RuntimeError(f"{peer.name} gives all points to the stub: its checks find nothing wrong")

    def task() -> float:
        cost = peer.grade(matter.source)
        if cost.points != points:
            raise RuntimeError(f"{peer.name} gives the right solution {cost.points} of {points} points")
        return cost.seconds

    return task


def _report(seconds: dict[str, list[float]]) -> str:
    ours = seconds["autograder"]
    rows = []
    for name, values in seconds.items():
        label = name if name == IMPORT else f"{name} {VERSION if name == 'autograder' else version(name)}"
        times = ratios(values, ours).text(1) if values is not ours else "1"
        rows.append([label, HOW.get(name, ""), spread(values).times(1000).text(0), times])
    text = table(["grader", "how", "ms a submission, median (quartiles)", "times ours"], rows)
    return f"{text}\n{''.join(_goals(seconds, ours))}"


def _goals(seconds: dict[str, list[float]], ours: Sequence[float]) -> Iterator[str]:
    share = ratios(ours, seconds[IMPORT]).median
    yield goal("a submission costs at most a quarter of an import of NumPy", actual=share, limit=0.25)
    for name, factor in (("nbgrader", 100), ("otter-grader", 50)):
        if name in seconds:
            times = ratios(seconds[name], ours).median
            yield goal(f"{factor} times faster than {name}", actual=times, limit=factor, digits=0, at_least=True)


if __name__ == "__main__":
    show(measure)
