"""The same checks as pytest items: `pytest` in an assignment's folder, or `pytest --submission FILE --exercise NAME`.

One engine, two faces: a file's checks are judged as `autograder check` judges them, its code stays in a worker, and
each check is one item with the same message. The first is a student's, with the public answer book beside the file;
the second an instructor's, with all checks. Nothing is imported before there is something to collect.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from autograder.book import Book
    from autograder.results import CheckRecord, Record


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the instructor's options."""
    group = parser.getgroup("autograder")
    group.addoption("--submission", type=Path, metavar="FILE", help="a submission to run all checks of an exercise on")
    group.addoption("--exercise", metavar="NAME", help="the exercise that --submission is for")


def pytest_configure(config: pytest.Config) -> None:
    """Collect the submission, and nothing else, where one is named."""
    submission, exercise = config.getoption("--submission"), config.getoption("--exercise")
    if (submission is None) != (exercise is None):
        raise pytest.UsageError("--submission and --exercise belong together: name a file, and what it is for")
    if submission is not None:
        if not submission.is_file():
            raise pytest.UsageError(f"--submission {submission}: there is no such file")
        config.args[:] = [str(submission)]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take over a submission that was named, and any file beside which its answer book lies."""
    submission = parent.config.getoption("--submission")
    if submission is not None:
        return SubmissionFile.from_parent(parent, path=file_path) if file_path == submission.resolve() else None
    if file_path.suffix == ".py" and file_path.with_suffix(".book").is_file():
        return SubmissionFile.from_parent(parent, path=file_path)
    return None


class SubmissionFile(pytest.File):
    """A student's file; its items are the checks."""

    def collect(self) -> Iterator[pytest.Item]:
        """Judge the file once, and yield one item a check."""
        record = self._judge()
        for check in record.checks:
            yield CheckItem.from_parent(self, name=check.id, check=check, record=record)

    def _judge(self) -> Record:
        from autograder.cli.check import check_file

        return check_file(self.path, self._book()).record

    def _book(self) -> Book:
        from autograder.answers.library import open_books
        from autograder.assignment import Assignment
        from autograder.catalogue import UsageError, find_exercises, find_root
        from autograder.cli.main import DEFAULT_SEED

        exercise = self.config.getoption("--exercise")
        try:
            if exercise is None:
                return Assignment(file=self.path, book_file=self.path.with_suffix(".book")).book()
            return open_books(find_exercises(find_root(Path.cwd()), [exercise]), DEFAULT_SEED)[0]
        except UsageError as error:
            raise pytest.UsageError(str(error)) from error


class CheckFailed(Exception):
    """A check was not passed; the text is the student's message."""


class CheckItem(pytest.Item):
    """One check."""

    def __init__(self, *, check: CheckRecord, record: Record, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]  # what pytest's own constructor takes
        self._check = check
        self._record = record

    def runtest(self) -> None:
        """Report the verdict."""
        if self._record.error:
            raise CheckFailed(f"{self._record.error.kind}: {self._record.error.message}")
        if self._check.status != "passed":
            raise CheckFailed(self._check.message)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:  # noqa: ARG002  # pytest's
        """Show the check's sentence and message, not our own lines."""
        if isinstance(excinfo.value, CheckFailed):
            return f"{self._check.title}\n{excinfo.value}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the item by the check's sentence."""
        return self.path, None, f"{self._check.id}: {self._check.title}"
