"""One checkout of this project, grading right submissions when it is told to: the other end of `benchmarks.editions`.

The checkout's own interpreter runs this text in the checkout's folder, with the number of a core as its argument; the
checkout may be older than this file, so that nothing of `benchmarks` is imported. What enters, line by line:
`open EXERCISE FILE`, `grade` and `cpu`. What leaves is one line of JSON for each: the number of calls of the student's
functions that grading the file makes; the seconds that grading it once took; the CPU seconds that this process and its
worker have used so far.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

Grade = Callable[[], Any]  # returns a record
CORES = os.sched_getaffinity(0)


def pin(core: int) -> None:
    """Keep this process, and the worker that it starts from now on, to one core, as executors do."""
    os.sched_setaffinity(0, {core})


def open_second_edition(name: str, source: bytes, core: int, stack: ExitStack) -> tuple[Grade, int]:
    """Return what grades a submission, and how many calls that makes: counted while it is graded."""
    from autograder.course import DEFAULT_SEED, find_exercises
    from autograder.course_key import seeded
    from autograder.grading import open_grader, single_file
    from autograder.grading.students import SandboxedStudent
    from autograder.recording import open_keys
    from autograder.sandbox import BARE, Sandbox

    (key,) = open_keys(find_exercises(Path.cwd(), [name]), seeded(DEFAULT_SEED))
    pin(core)
    grader, submission = open_grader(key), single_file("right", name, source)
    sandbox = stack.enter_context(Sandbox(key.limits, BARE))
    made: list[str] = []
    make = SandboxedStudent.call

    def counted(student: Any, call: Any, answer: Any) -> Any:
        made.append(call.function)
        return make(student, call, answer)

    with patch.object(SandboxedStudent, "call", counted):
        grader.grade(submission, sandbox)
    return lambda: grader.grade(submission, sandbox).record, len(made)


def open_first_edition(name: str, source: bytes, core: int, stack: ExitStack) -> tuple[Grade, int]:
    """Return the same for the first edition, whose scripts say beforehand which calls they make."""
    from autograder.answers.library import open_books  # noqa: I001  # ruff knows this checkout alone
    from autograder.catalogue import find_exercises
    from autograder.cli.main import DEFAULT_SEED
    from autograder.grade.ask import questions
    from autograder.grade.grade import grade
    from autograder.grade.read import Submission
    from autograder.worker.slot import Slot
    from autograder.worker.surround import BARE

    (book,) = open_books(find_exercises(Path.cwd(), [name]), DEFAULT_SEED)
    pin(core)
    asked, submission = questions(book), Submission(student="right", source=source, error=None)
    slot = stack.enter_context(Slot(book.limits, BARE))
    calls = sum(len(check.script.calls) for check in book.checks)
    return lambda: grade(book, asked, submission, slot).record, calls


def cpu_seconds() -> float:
    """Return the CPU seconds that this process has used, and its workers with the processes that they have forked."""
    used = time.process_time()
    for task in Path("/proc/self/task").iterdir():
        for child in task.joinpath("children").read_text("ascii").split():
            fields = Path(f"/proc/{child}/stat").read_text("utf-8").rpartition(")")[2].split()
            used += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # its own, and of those that have ended
    return used


def main(core: int) -> None:
    """Answer requests until there are no more."""
    replies = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever else is printed must not come between the replies
    is_first = importlib.util.find_spec("autograder.grading") is None
    open_edition = open_first_edition if is_first else open_second_edition
    grade: Grade | None = None
    with ExitStack() as stack:
        for request in sys.stdin:
            word, *rest = request.rstrip("\n").split(" ", 2)
            if word == "open":
                stack.close()  # the sandbox of the exercise before
                os.sched_setaffinity(0, CORES)  # answer keys may have to be recorded first
                grade, calls = open_edition(rest[0], Path(rest[1]).read_bytes(), core, stack)
                print(json.dumps({"calls": calls}), file=replies)
            elif word == "cpu":
                print(json.dumps({"seconds": cpu_seconds()}), file=replies)
            elif grade is not None:
                started = time.perf_counter()
                record = grade()
                seconds = time.perf_counter() - started
                if record.score != record.max_score:
                    raise RuntimeError(f"{record.exercise}: {record.score} of {record.max_score} points")
                print(json.dumps({"seconds": seconds}), file=replies)


if __name__ == "__main__":
    main(int(sys.argv[1]))
