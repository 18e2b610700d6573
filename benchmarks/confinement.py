"""What confining a submission costs: `python -m benchmarks.confinement`.

In slots that differ in their layers alone, in turn: a child is forked, confined, imports the optimizers solution, and
ends. `limits alone` is what a grader without confinement would have. A file of one line shows what is left without the
time that Python takes to compile a long one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from autograder.cells import Cell
from autograder.grade.ask import ENCODE
from autograder.grade.receive import read_loading
from autograder.limits import Limits
from autograder.trace import Loaded
from autograder.worker.frames import Load
from autograder.worker.slot import Slot, SlotBroken
from autograder.worker.surround import BARE, Surrounding, surroundings
from benchmarks.course import subject
from benchmarks.measure import goal, interleave, show, spread, table, timed

FILTER, LANDLOCK, LIMITS = "filter", "landlock", "limits"
WHOLE, ALONE, SHORT = "all layers", "limits alone", "all layers, a file of one line"
LEFT_OUT: dict[str, frozenset[str]] = {
    ALONE: frozenset({LANDLOCK, FILTER}),
    WHOLE: frozenset(),
    "without Landlock": frozenset({LANDLOCK}),
    "without the filter": frozenset({FILTER}),
    "no layer": frozenset({LANDLOCK, FILTER, LIMITS}),
}


def measure(*, quick: bool) -> str:
    """Return the table and the goals."""
    frame, limits = _frame(subject("optimizers").source), Limits()
    with ExitStack() as stack:
        slots = {name: stack.enter_context(Slot(limits, BARE, without=left)) for name, left in LEFT_OUT.items()}
        for name, surrounding in _walls():
            slots[name] = stack.enter_context(Slot(limits, surrounding))
        tasks = {name: timed(_serving(slot, frame)) for name, slot in slots.items()}
        tasks[SHORT] = timed(_serving(slots[WHOLE], _frame("x = 1\n")))
        return _report(interleave(tasks, rounds=5 if quick else 300))


def _walls() -> Iterator[tuple[str, Surrounding]]:
    """Yield the outer walls that this machine has, each around a worker that starts."""
    for surrounding in surroundings(frozenset()):
        name = "all layers, in bubblewrap" if surrounding.bubblewrap else "all layers"
        if surrounding.user is not None:
            name += ", as another user"
        try:
            with Slot(Limits(), surrounding) as slot, slot.submission():
                pass
        except SlotBroken:
            continue
        if surrounding != BARE:
            yield name, surrounding


def _frame(source: str) -> bytes:
    cell = Cell(label="optimizers.py", source=source.encode(), required=True)
    return ENCODE(Load("optimizers", cell))


def _serving(slot: Slot, frame: bytes) -> Callable[[], object]:
    def action() -> None:
        with slot.submission() as line:
            reply = line.exchange(frame)
        if not isinstance(reply, bytes) or not isinstance(read_loading(reply), Loaded):
            raise RuntimeError(f"the solution was not imported: {reply!r}")

    return action


def _report(seconds: dict[str, list[float]]) -> str:
    base = seconds[ALONE]
    more = {name: [value - unit for value, unit in zip(values, base, strict=True)] for name, values in seconds.items()}
    rows = [
        [
            name,
            spread(values).times(1000).text(2),
            "" if values is base else spread(more[name]).times(1000).text(2),
            f"{spread(values).median / spread(base).median:.2f}",
        ]
        for name, values in seconds.items()
    ]
    header = ["fork, confine, import, end", "ms, median (quartiles)", "ms more than limits alone", "ratio"]
    text = table(header, rows)
    if shutil.which("bwrap") is None:
        text += "\nbubblewrap is not installed on this machine.\n"
    added = spread(more[WHOLE]).median * 1000
    text += f"\n{goal('confinement costs at most 1 ms over limits alone', actual=added, limit=1.0)}"
    for name in (SHORT, WHOLE):
        text += goal(f"the whole takes at most 5 ms ({name})", actual=spread(seconds[name]).median * 1000, limit=5.0)
    return text


if __name__ == "__main__":
    show(measure)
