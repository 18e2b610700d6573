"""What an instructor watches while a class is graded, and reads at the end. Needs rich, of the extra `instructor`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.classroom.plan import NotGraded, Register
from autograder.printable import printable
from autograder.report.summary import ExerciseSummary

if TYPE_CHECKING:
    from autograder.classroom.crew import Result


def watch(batches: Iterable[list[Result]], register: Register) -> Iterator[list[Result]]:
    """Pass results on, with a progress bar on standard error where that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from batches
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    graded = 0
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("grading", total=len(register.attempts))
        for results in batches:
            yield results
            graded += len(results)
            progress.update(task, completed=register.unchanged + graded)


def show(summaries: Sequence[ExerciseSummary], failed: Sequence[NotGraded]) -> None:
    """Print the closing table, what could not be graded and why, and what we failed at."""
    console = Console(highlight=False)
    table = Table(title="Results by exercise", box=SIMPLE)
    table.add_column("exercise")
    for name in ("graded", "mean", "median"):
        table.add_column(name, justify="right")
    table.add_column("hardest checks (share that passed)", overflow="fold")
    for summary in summaries:
        hardest = "\n".join(f"{name} ({share:.0%})" for name, share in summary.hardest())
        numbers = ("-" if value is None else f"{value:.1f}" for value in (summary.mean, summary.median))
        table.add_row(summary.exercise, str(len(summary.scores)), *numbers, escape(hardest))
    console.print(table)
    _show_errors(console, summaries)
    show_failures(failed)


def show_failures(failed: Sequence[NotGraded]) -> None:
    """Print what we failed at."""
    console = Console(highlight=False)
    for fault in failed:
        console.print(
            escape(f"NOT GRADED, our failure: {fault.student}, {fault.exercise}: {fault.reason}"), style="bold red"
        )


def _show_errors(console: Console, summaries: Sequence[ExerciseSummary]) -> None:
    errors = [(summary.exercise, *error) for summary in summaries for error in summary.errors]
    if not errors:
        return
    table = Table(title="Could not be graded, 0 points", box=SIMPLE)
    for name in ("exercise", "student", "kind", "why"):
        table.add_column(name)
    for row in errors:
        table.add_row(*(escape(printable(cell)) for cell in row))
    console.print(table)
