"""`autograder doctor`: how far out of reach student code is here, by what gets out of a real sandbox."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from autograder.report import Style, style_of
from autograder.results import Level
from autograder.sandbox import Choice, EscapeTest, Layer, choose, layers

MEANING: dict[Level, str] = {
    "strong": "student code sees nothing but itself, and can reach nothing",
    "good": "student code can read, change and reach nothing that is not its own; it may learn that things exist",
    "weak": "a layer is missing: student code could disturb this machine; grading refuses",
    "none": "student code could read references or change scores; grading refuses",
}


def run(arguments: argparse.Namespace) -> int:
    """Run all escape tests and print what they show; return 0 if grading would start as it is."""
    without = frozenset(arguments.without)
    choice = choose(without)
    print("\n".join(_lines(choice, without, style_of(sys.stdout))))
    return 0 if choice.report.level in ("good", "strong") else 1


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
        yield _test(test, style, escaped=test in report.escaped)
    yield ""
    if report.level in ("good", "strong"):
        yield "`autograder grade` runs here as it is."
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
