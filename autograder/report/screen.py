"""The progress bar while a class is graded, and the tables at the end. Needs rich, from the extra `instructor`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.classroom import NotGraded, Result
from autograder.printable import printable
from autograder.report.write import ExerciseSummary

FOUND = "found "  # in the message on a missing submission, if there is something under another name


def watch(batches: Iterable[list[Result]], *, cached: int, total: int) -> Iterator[list[Result]]:
    """Pass results on, with a progress bar on standard error if that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from batches
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("grading", total=total, completed=cached)
        for results in batches:
            yield results
            progress.advance(bar, len(results))


def show(summaries: Sequence[ExerciseSummary], failed: Sequence[NotGraded]) -> None:
    """Print the closing table, which submissions could not be graded and why, and what the grader failed to grade."""
    console = Console(highlight=False)
    table = Table(title="Results by exercise", box=SIMPLE)
    table.add_column("exercise")
    for name in ("graded", "mean", "median"):
        table.add_column(name, justify="right")
    table.add_column("hardest checks (share that passed)", overflow="fold")
    for summary in summaries:
        hardest = "\n".join(f"{name} ({share:.0%})" for name, share in summary.hardest())
        numbers = ("-" if value is None else f"{value:.1f}" for value in (summary.mean, summary.median))
        table.add_row(summary.exercise, str(len(summary.scores)), *numbers, Text(hardest))
    console.print(table)
    missing, errors = _missing(summaries), _errors(summaries)
    rows = [(name, "all" if len(own) == len(summaries) > 1 else ", ".join(own)) for name, own in missing.items()]
    _print_table(console, "Missing", ("student", "exercises"), rows)
    _print_table(console, "Could not be graded, 0 points", ("exercise", "student", "kind", "why"), errors)
    notes = [(summary.exercise, *note) for summary in summaries for note in summary.notes]
    _print_table(console, "Read differently than expected", ("exercise", "student", "what"), notes)
    show_failures(failed)


def _print_table(console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table that has a row."""
    table = Table(title=title, box=SIMPLE)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    if table.rows:
        console.print(table)


def _is_missing(kind: str, why: str) -> bool:
    return kind == "missing" and FOUND not in why


def _missing(summaries: Sequence[ExerciseSummary]) -> dict[str, list[str]]:
    """Return the exercises for which a student submitted nothing, by student."""
    found: dict[str, list[str]] = {}
    for summary in summaries:
        for student, kind, why in summary.errors:
            if _is_missing(kind, why):
                found.setdefault(student, []).append(summary.exercise)
    return found


def _errors(summaries: Sequence[ExerciseSummary]) -> list[tuple[str, ...]]:
    """Return the submissions that can't be graded."""
    return [
        (summary.exercise, student, kind, why)
        for summary in summaries
        for student, kind, why in summary.errors
        if not _is_missing(kind, why)
    ]


def show_failures(failed: Sequence[NotGraded]) -> None:
    """Print what the grader failed to grade."""
    console = Console(highlight=False)
    for failure in failed:
        message = f"NOT GRADED, our failure: {failure.student}, {failure.exercise}: {failure.reason}"
        console.print(Text(printable(message)), style="bold red")
