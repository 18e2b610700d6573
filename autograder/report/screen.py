"""What an instructor watches while a class is graded, and reads at the end. Needs rich, of the extra `instructor`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.classroom.desk import NotGraded, Outcome, exercise_of
from autograder.report.summary import ExerciseSummary


def watch(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Pass outcomes on, with a progress bar on standard error where that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("grading", total=total)
        for outcome in outcomes:
            yield outcome
            progress.update(task, advance=1, description=exercise_of(outcome))


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
        table.add_row(*(escape(_printable(cell)) for cell in row))
    console.print(table)


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)
