"""Advice for a student on the import of a submission: which statements failed, and what is missing because of them."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.checking import STOPPED, plain
from autograder.results import INTERRUPTED, SKIPPED
from autograder.wire import Fault, Loaded, Problem

MAX_ADVICE = 6  # lines
FILE_ERRORS = ("FileNotFoundError", "PermissionError", "IsADirectoryError", "NotADirectoryError")


def advice_on(label: str, loaded: Loaded, fault: Fault | None = None) -> list[str]:
    """Return the advice on a file or a cell that was imported; after a fault, it says that a statement was skipped."""
    lines = [_words(label, problem) for problem in loaded.problems]
    lines += [
        f"{each.name} is defined in {each.first} and again in {each.last}: all functions use the last one"
        for each in loaded.redefined
    ]
    if fault is not None:
        lines.append(f"{place(label, loaded.line)} {STOPPED[fault.kind]}; {SKIPPED}")
    return [plain(line).replace("\n", " ") for line in lines]


def bounded(advice: Iterable[str]) -> tuple[str, ...]:
    """Return the first few lines, each once."""
    lines = tuple(dict.fromkeys(advice))
    more = len(lines) - MAX_ADVICE
    return lines if more <= 0 else (*lines[:MAX_ADVICE], f"{more} more statement{'s' * (more > 1)} failed")


def place(label: str, line: int | None) -> str:
    """Return where something is."""
    return f"{label}, line {line}" if line else label


def _words(label: str, problem: Problem) -> str:
    raised = problem.raised
    name = raised.ancestry[0]
    where, fact = place(label, problem.line), f"{name}: {raised.text}".removesuffix(": ")
    if "SyntaxError" in raised.ancestry and not any(line.function for line in raised.lines):
        return f"{where} can't be read ({fact}); it is skipped"
    if name == "TookTooLong":
        return f"{where} {STOPPED['timeout']}; {INTERRUPTED}"
    if "ModuleNotFoundError" in raised.ancestry:
        fact += " (only NumPy and the standard library can be imported)"
    elif set(FILE_ERRORS) & set(raised.ancestry):
        fact += " (in grading, there are no files except the exercise's own)"
    return f"{where} raises {fact}; the rest was graded without it"
