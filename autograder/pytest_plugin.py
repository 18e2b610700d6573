"""The public checks as pytest items: `pytest` in an assignment's folder.

This is for students, on their own file: pytest executes any `conftest.py` and `pytest.ini` that it finds. Each check is
one item, with the message that `autograder check` prints. To grade somebody else's file, use `autograder grade-file`.
Nothing is imported before there is something to collect.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.printable import printable

if TYPE_CHECKING:
    from autograder.debugging import Example
    from autograder.grading import Graded
    from autograder.results import CheckRecord, Record

ADVICE = pytest.StashKey[list[str]]()
KEY_SUFFIX = ".key"  # as in autograder.key, which is imported only if there is something to check


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a file that has its answer key beside it."""
    if file_path.suffix == ".py" and file_path.with_suffix(KEY_SUFFIX).is_file():
        return AssignmentFile.from_parent(parent, path=file_path)
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what a student should know about the files as a whole."""
    advice: list[str] = config.stash.get(ADVICE, [])
    if advice:
        terminalreporter.section("advice")
        for line in dict.fromkeys(advice):
            terminalreporter.line(f"{line}.")


class AssignmentFile(pytest.File):
    """A student's own file; its items are the public checks."""

    def collect(self) -> Iterator[pytest.Item]:
        """Run the checks once, and yield one item per check."""
        graded = self._check()
        printed = {note.check: note.printed for note in graded.notes}
        self.config.stash.setdefault(ADVICE, []).extend(graded.record.advice)
        for check in graded.record.checks:
            example = graded.examples.get(check.id)
            item = CheckItem.from_parent(self, name=check.id, check=check, record=graded.record, example=example)
            if check.status != "passed" and printed.get(check.id):
                lines = map(printable, printed[check.id].splitlines())
                item.add_report_section("call", "stdout", "\n".join(lines))
            yield item

    def _check(self) -> Graded:
        from autograder.api import check_assignment
        from autograder.assignment import Assignment
        from autograder.course import CourseError, UsageError

        try:
            assignment = Assignment(file=self.path, key_file=self.path.with_suffix(KEY_SUFFIX))
            return check_assignment(assignment)
        except (UsageError, CourseError) as error:
            raise pytest.UsageError(str(error)) from error


class CheckFailed(Exception):
    """A check failed; the text is the message for the student."""


class CheckItem(pytest.Item):
    """One check."""

    def __init__(self, *, check: CheckRecord, record: Record, example: Example | None, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]  # what pytest's own constructor takes
        self._check = check
        self._record = record
        self._example = example

    def runtest(self) -> None:
        """Report the verdict."""
        if self._record.error:
            error = self._record.error
            place = f", line {error.line}" if error.line else ""
            raise CheckFailed(f"{error.kind}{place}: {error.message}\n{error.source}".rstrip())
        if self._check.status != "passed":
            raise CheckFailed("\n".join((self._check.message, *self._call())))

    def _call(self) -> Iterator[str]:
        """Yield the failing call as code to copy."""
        if self._example is not None:
            yield ""
            yield from self._example.told().splitlines()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:  # noqa: ARG002  # pytest's
        """Show the check's sentence and message instead of a traceback of the plugin."""
        if isinstance(excinfo.value, CheckFailed):
            return f"{self._check.title}\n{excinfo.value}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the item by the check's sentence."""
        return self.path, None, f"{self._check.id}: {self._check.title}"
