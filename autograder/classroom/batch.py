"""Grade batches of submissions, in any process or thread.

For each task of a batch, it returns an outcome: a complete record with notes, or the reason why grading failed on our
side.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import TypeAlias

from autograder.classroom.plan import Batch, NotGraded
from autograder.grading import Graded, Grader, Submission, open_grader
from autograder.key import AnswerKey
from autograder.limits import Limits
from autograder.results import Level
from autograder.sandbox import Confinement, Sandbox, SandboxError, confinement, open_sandbox
from autograder.store import KeyCover

ATTEMPTS = 3
SLICE_SECONDS = 0.5  # after which finished outcomes are returned, so that at most these are lost with a process
Outcome: TypeAlias = Graded | NotGraded


class BatchGrader:
    """Grades batches, and keeps graders and sandboxes, which are costly to open, from one batch to the next.

    There is a grader for each answer key, by the hash of its bytes and by whether it reveals values, and a sandbox for
    each thread, limits and data files, since a sandbox serves one submission at a time.
    """

    def __init__(self, open_key: Callable[[KeyCover], AnswerKey], confinement: Confinement | None = None) -> None:
        self._open_key = open_key
        self._confinement = confinement
        self._opening = threading.Lock()  # opening a grader imports its checks, one thread at a time
        self._graders: dict[tuple[str, bool], Grader] = {}
        self._sandboxes: dict[tuple[Limits, frozenset[tuple[str, bytes]], int], tuple[Sandbox, Level]] = {}
        self._closed = False

    def grade(self, batch: Batch) -> list[Outcome]:
        """Return an outcome for each task, in order: for the first at least, for all if they are done in time."""
        wanted = batch.cover.sha256, batch.revealed
        with self._opening:
            if wanted not in self._graders:
                self._graders[wanted] = open_grader(self._open_key(batch.cover), revealed=batch.revealed)
        grader = self._graders[wanted]
        sandbox, isolation = self._sandbox(batch, grader)
        end = time.monotonic() + SLICE_SECONDS
        outcomes: list[Outcome] = []
        for task in batch.tasks:
            outcomes.append(self._grade(task.submission, grader, sandbox, isolation))
            if time.monotonic() > end:
                break
        return outcomes

    def close(self) -> None:
        """Close all sandboxes; if another thread is grading in one of them, that fails."""
        self._closed = True
        for sandbox, _ in list(self._sandboxes.values()):
            sandbox.close()

    def _grade(self, submission: Submission, grader: Grader, sandbox: Sandbox, isolation: Level) -> Outcome:
        """Grade a submission; after a fault of ours, try again in a fresh process."""
        reason = submission.fault
        for _ in range(0 if submission.fault else ATTEMPTS):
            try:
                return grader.grade(submission, sandbox, isolation)
            except Exception as fault:  # whatever it is, this submission is left for a person
                if self._closed:  # by another thread, which no longer wants the result
                    sandbox.close()  # it may have replaced its worker program since then
                    raise
                reason = str(fault) if isinstance(fault, SandboxError) else f"{type(fault).__name__}: {fault}"
                with contextlib.suppress(SandboxError):  # the next attempt will say so
                    sandbox.restart()
        return NotGraded(student=submission.student, exercise=grader.exercise, reason=reason)

    def _sandbox(self, batch: Batch, grader: Grader) -> tuple[Sandbox, Level]:
        """Return this thread's sandbox for a batch, and the isolation level that it has proven."""
        owner = batch.limits, frozenset(grader.data.items()), threading.get_ident()
        if owner not in self._sandboxes:
            if self._confinement is None:
                self._confinement = confinement(batch.at_least, batch.private)
            self._sandboxes[owner] = open_sandbox(batch.limits, self._confinement, grader.data)
            if self._closed:  # meanwhile, by another thread
                self.close()
        return self._sandboxes[owner]
