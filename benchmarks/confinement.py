"""What confining a submission costs: `python -m benchmarks.confinement`.

In sandboxes that differ only in their layers, in turn: a process is forked, confines itself, imports the optimizers
solution, and ends. `limits alone` is what a grader without confinement would have. A file of one line shows what is
left without the time that Python takes to compile a long one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import msgspec

from autograder.cells import Cell
from autograder.limits import Limits
from autograder.sandbox import BARE, OuterSandbox, Sandbox, SandboxError, outer_sandboxes
from autograder.wire import Load, Loaded, Loading
from benchmarks.course import subject
from benchmarks.measure import goal, interleave, one_core, show, spread, table, timed

FILTER, LANDLOCK, LIMITS = "filter", "landlock", "limits"
ALL, ALONE, SHORT = "all layers", "limits alone", "all layers, a file of one line"
WITHOUT: dict[str, frozenset[str]] = {
    ALONE: frozenset({LANDLOCK, FILTER}),
    ALL: frozenset(),
    "without Landlock": frozenset({LANDLOCK}),
    "without the filter": frozenset({FILTER}),
    "no layer": frozenset({LANDLOCK, FILTER, LIMITS}),
}


def measure(*, quick: bool) -> str:
    """Return the table and the goals."""
    message, limits = _load(subject("optimizers").source), Limits()
    with one_core(), ExitStack() as stack:
        sandboxes = {
            name: stack.enter_context(Sandbox(limits, BARE, without=without)) for name, without in WITHOUT.items()
        }
        for name, outer in _outer_sandboxes():
            sandboxes[name] = stack.enter_context(Sandbox(limits, outer))
        tasks = {name: timed(_loading(sandbox, message)) for name, sandbox in sandboxes.items()}
        tasks[SHORT] = timed(_loading(sandboxes[ALL], _load("x = 1\n")))
        return _report(interleave(tasks, rounds=5 if quick else 300))


def _outer_sandboxes() -> Iterator[tuple[str, OuterSandbox]]:
    """Yield the outer sandboxes, other than none, in which a worker starts on this machine."""
    for outer in outer_sandboxes(frozenset()):
        name = "all layers, in bubblewrap" if outer.bubblewrap else "all layers"
        if outer.user is not None:
            name += ", as another user"
        try:
            with Sandbox(Limits(), outer) as sandbox, sandbox.session():
                pass
        except SandboxError:
            continue
        if outer != BARE:
            yield name, outer


def _load(source: str) -> bytes:
    cell = Cell(label="optimizers.py", source=source.encode(), required=True)
    return msgspec.msgpack.encode(Load("optimizers", cell))


def _loading(sandbox: Sandbox, message: bytes) -> Callable[[], object]:
    decode = msgspec.msgpack.Decoder(Loading).decode

    def action() -> None:
        with sandbox.session() as session:
            reply = session.exchange(message)
        if not isinstance(reply, bytes) or not isinstance(decode(reply), Loaded):
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
    added = spread(more[ALL]).median * 1000
    text += f"\n{goal('confinement costs at most 1 ms over limits alone', actual=added, limit=1.0)}"
    for name in (SHORT, ALL):
        text += goal(f"the whole takes at most 5 ms ({name})", actual=spread(seconds[name]).median * 1000, limit=5.0)
    return text


if __name__ == "__main__":
    show(measure)
