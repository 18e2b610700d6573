"""What an instructor watches while a class is graded, and reads at the end. Needs rich, from the extra `instructor`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.classroom import NotGraded, Result
from autograder.printable import printable
from autograder.report.write import ExerciseSummary


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
    errors = [(summary.exercise, *error) for summary in summaries for error in summary.errors]
    if errors:
        table = Table(title="Could not be graded, 0 points", box=SIMPLE)
        for name in ("exercise", "student", "kind", "why"):
            table.add_column(name)
        for row in errors:
            table.add_row(*(Text(printable(cell)) for cell in row))
        console.print(table)
    notes = [(summary.exercise, *note) for summary in summaries for note in summary.notes]
    if notes:
        table = Table(title="Read otherwise than expected", box=SIMPLE)
        for name in ("exercise", "student", "what"):
            table.add_column(name, overflow="fold")
        for note in notes:
            table.add_row(*(Text(printable(cell)) for cell in note))
        console.print(table)
    show_failures(failed)


def show_failures(failed: Sequence[NotGraded]) -> None:
    """Print what the grader failed to grade."""
    console = Console(highlight=False)
    for failure in failed:
        message = f"NOT GRADED, our failure: {failure.student}, {failure.exercise}: {failure.reason}"
        console.print(Text(printable(message)), style="bold red")
