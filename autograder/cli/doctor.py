"""`autograder doctor`: say how well student code is confined here, by attacks from inside a real sandbox."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.course import UsageError, find_exercises, find_root, private_files
from autograder.report import Style, style_of
from autograder.results import Level
from autograder.sandbox import OPENS, Choice, EscapeTest, Layer, choose, layers, private_places

MEANING: dict[Level, str] = {
    "strong": "student code sees nothing but itself, and can reach nothing",
    "good": "student code can read, change and reach nothing that is not its own; it may learn that files exist, "
    "and, by timing, for which names an earlier submission asked",
    "weak": "a layer is missing: student code could disturb this machine; grading refuses",
    "none": "student code could read references or change scores; grading refuses",
}


def run(arguments: argparse.Namespace) -> int:
    """Run all escape tests and print what they show; return 0 if grading would start as it is."""
    without = frozenset(arguments.without)
    choice = choose(without, private_places(_private(arguments)))
    print("\n".join(_lines(choice, without, style_of(sys.stdout))))
    return 0 if choice.report.level in ("good", "strong") else 1


def _private(arguments: argparse.Namespace) -> list[Path]:
    """Return files that a submission must not read: of the named or current course, of a class, and of results."""
    try:
        root = arguments.course or find_root(Path.cwd())
    except UsageError:
        course = []  # there is none here, which is no reason to say nothing of the machine
    else:
        course = private_files(find_exercises(root, []))
    named = (arguments.submissions, arguments.output, arguments.store)
    return [*course, *(place for place in named if place is not None)]


def _lines(choice: Choice, without: frozenset[str], style: Style) -> Iterator[str]:
    report = choice.report
    yield style.paint(f"Isolation: {report.level}", "strong") + f": {MEANING[report.level]}."
    yield ""
    yield "Layers, from the outside inwards"
    for layer in layers(choice, without):
        yield from _layer(layer, style)
    yield ""
    yield "Escape tests: what a submission tried in a real sandbox"
    for test in report.tests:
        if test.function != OPENS:
            yield _test(test, style, escaped=test in report.escaped)
    places = [str(test.target) for test in report.tests if test.function == OPENS]
    if places:
        count = len(places) - len(report.readable)
        yield f"  {style.paint('prevented  ', 'good')}  open your own files: {count} of {len(places)} places tried"
        for place in report.readable:
            yield f"  {style.paint('got through', 'bad')}  open {place}"
    yield ""
    if report.readable:
        yield "Next step: move the files that could be opened out of Python's and NumPy's own folders."
    if report.level in ("good", "strong"):
        yield "`autograder grade` runs here without further options."
    else:
        yield f"`autograder grade` refuses here; `--isolation {report.level}` would let it run code that you trust."


def _layer(layer: Layer, style: Style) -> Iterator[str]:
    word = style.paint("on     ", "good") if layer.on else style.paint("missing", "bad")
    yield f"  {layer.name:10}  {word}  {layer.fact}"
    if layer.next_step:
        yield f"  {'':10}           next step: {layer.next_step}"


def _test(test: EscapeTest, style: Style, *, escaped: bool) -> str:
    if not escaped:
        return f"  {style.paint('prevented  ', 'good')}  {test.attempt}"
    tone = "open" if test.leaves == "good" else "bad"
    return (
        f"  {style.paint('got through', tone)}  {test.attempt} "
        f"(prevented by: {test.prevented_by}; the level is at best {test.leaves})"
    )
