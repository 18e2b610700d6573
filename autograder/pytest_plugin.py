"""The checks as pytest items: `pytest` in an assignment's folder, or `pytest --submission FILE --exercise NAME`.

Both grade as the command line does: the submission's code runs in a sandbox, and each check is one item with the same
message. The first is for students, with the public checks and their answer key beside the file; the second is for
instructors, with all checks. Nothing is imported before there is something to collect.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from autograder.results import CheckRecord, Record

KEY_SUFFIX = ".key"  # as in autograder.key, which is not imported for files that are no submissions


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the instructor's options."""
    group = parser.getgroup("autograder")
    group.addoption("--submission", type=Path, metavar="FILE", help="a submission to run all checks of an exercise on")
    group.addoption("--exercise", metavar="NAME", help="the exercise that --submission is for")


def pytest_configure(config: pytest.Config) -> None:
    """Collect only the submission if one is named."""
    submission, exercise = config.getoption("--submission"), config.getoption("--exercise")
    if (submission is None) != (exercise is None):
        raise pytest.UsageError("--submission and --exercise belong together: name a file and its exercise")
    if submission is not None:
        if not submission.is_file():
            raise pytest.UsageError(f"--submission {submission}: there is no such file")
        config.args[:] = [str(submission)]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the submission that is named, or else any file that has its answer key beside it."""
    submission = parent.config.getoption("--submission")
    if submission is not None:
        return SubmissionFile.from_parent(parent, path=file_path) if file_path == submission.resolve() else None
    if file_path.suffix == ".py" and file_path.with_suffix(KEY_SUFFIX).is_file():
        return SubmissionFile.from_parent(parent, path=file_path)
    return None


class SubmissionFile(pytest.File):
    """A student's file; its items are the checks."""

    def collect(self) -> Iterator[pytest.Item]:
        """Grade the file once, and yield one item per check."""
        record = self._grade()
        for check in record.checks:
            yield CheckItem.from_parent(self, name=check.id, check=check, record=record)

    def _grade(self) -> Record:
        from autograder.api import check_file, grade
        from autograder.assignment import Assignment
        from autograder.course import DEFAULT_SEED, CourseError, UsageError

        exercise = self.config.getoption("--exercise")
        try:
            if exercise is not None:
                return grade(self.path, exercise, seed=DEFAULT_SEED)
            assignment = Assignment(file=self.path, key_file=self.path.with_suffix(KEY_SUFFIX))
            return check_file(self.path, assignment).record
        except (UsageError, CourseError) as error:
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
        """Show the check's sentence and message instead of a traceback of the plugin."""
        if isinstance(excinfo.value, CheckFailed):
            return f"{self._check.title}\n{excinfo.value}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the item by the check's sentence."""
        return self.path, None, f"{self._check.id}: {self._check.title}"
