"""Grade the pending submissions of a class with an executor, without losing any if one of its processes dies.

Given a plan, it yields results as they come. A batch that was lost with the process that graded it is tried again. A
batch that is lost repeatedly is split, and its tasks wait until no other batch is in flight: each is then graded alone,
so that only the one that is the cause can be lost.
"""

from __future__ import annotations

import importlib.util
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Protocol

from autograder.classroom.plan import Batch, Classroom, NotGraded, Outcome, Plan, Task, batches
from autograder.course import UsageError

MAX_DEATHS = 50  # without a result in between: then the machine is to blame


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """A task and its outcome."""

    task: Task
    outcome: Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Results as they come, and where student code runs for them, in words; both empty if nothing is pending."""

    where: str
    results: Iterator[list[Result]]


class Executor(Protocol):
    """Something that grades batches: this process, several processes, or a cluster."""

    @property
    def where(self) -> str:
        """Where student code runs, in words."""

    @property
    def lost(self) -> tuple[type[Exception], ...]:
        """The exceptions that the future of a batch raises if the process that graded it has died."""

    @property
    def retries(self) -> int:
        """How many times such a batch is tried again as it is."""

    @property
    def window(self) -> int:
        """How many batches may be in flight at the same time."""

    def submit(self, batch: Batch) -> Future[list[Outcome]]:
        """Grade the tasks of a batch, or the first few of them."""


@contextmanager
def open_run(classroom: Classroom, plan: Plan, *, jobs: int, scheduler: str | None = None) -> Iterator[Run]:
    """Start grading the pending submissions; if there are none, nothing is started or imported.

    Raises `UsageError` if student code can't be confined as well as the class requires, or the cluster can't be used.
    """
    source = batches(classroom, plan)
    first = list(islice(source, jobs))
    if not first:
        yield Run(where="", results=iter(()))
        return
    opened: AbstractContextManager[Executor]
    if scheduler is None:
        from autograder.classroom.executors import open_local_executor

        opened = open_local_executor(len(first), classroom.at_least, classroom.private)
    elif importlib.util.find_spec("distributed") is None:
        raise UsageError("--scheduler needs the extra `cluster`: pip install 'numgrade[cluster]'")
    else:
        from autograder.classroom.cluster import open_dask_executor

        opened = open_dask_executor(scheduler)
    with opened as executor:
        yield Run(where=executor.where, results=run_batches(executor, chain(first, source)))


def run_batches(executor: Executor, source: Iterable[Batch]) -> Iterator[list[Result]]:
    """Yield results as they come, some at a time, one for each task; at most `executor.window` batches are in flight.

    On an interruption, the finished results are yielded first.
    """
    scheduled = _Queue(executor, iter(source))
    try:
        while scheduled.fill():
            done, _ = wait(scheduled.running, return_when=FIRST_COMPLETED)
            for future in done:
                yield scheduled.take(future)
    except KeyboardInterrupt:
        for future, batch in scheduled.running.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                yield _paired(batch, future.result())
        raise


class _Queue:
    """Batches in flight, and batches that have to be graded again."""

    def __init__(self, executor: Executor, source: Iterator[Batch]) -> None:
        self.running: dict[Future[list[Outcome]], Batch] = {}
        self._executor = executor
        self._source = source
        self._again: deque[Batch] = deque()
        self._exclusive: deque[Batch] = deque()
        self._deaths = 0  # since the last result

    def fill(self) -> bool:
        """Keep the executor busy, and say whether there is anything to wait for."""
        while len(self.running) < self._executor.window:
            batch = self._again.popleft() if self._again else next(self._source, None)
            if batch is None:
                break
            self.running[self._executor.submit(batch)] = batch
        if not self.running and self._exclusive:
            batch = self._exclusive.popleft()
            self.running[self._executor.submit(batch)] = batch
        return bool(self.running)

    def take(self, future: Future[list[Outcome]]) -> list[Result]:
        """Return the results of a batch that has ended, and queue the rest of it."""
        batch = self.running.pop(future)
        try:
            outcomes = future.result()
        except self._executor.lost as death:
            return self._retry(batch, str(death) or type(death).__name__)
        self._deaths = 0
        if len(outcomes) < len(batch.tasks):
            self._again.appendleft(replace(batch, tasks=batch.tasks[len(outcomes) :]))
        return _paired(batch, outcomes)

    def _retry(self, batch: Batch, reason: str) -> list[Result]:
        """Queue a lost batch: as it is, then each task alone; a task that is lost even then is not graded."""
        self._deaths += 1
        if self._deaths > MAX_DEATHS:
            raise UsageError(
                f"{self._deaths} grading processes died one after the other ({reason}) without giving a result; what "
                "was stored is kept. Next: check the machine's memory and disk, then run the command again"
            )
        if batch.deaths < self._executor.retries:
            queue = self._exclusive if batch.exclusive else self._again
            queue.append(replace(batch, deaths=batch.deaths + 1))
        elif not batch.exclusive:
            self._exclusive += [replace(batch, tasks=(task,), exclusive=True, deaths=0) for task in batch.tasks]
        else:
            (task,) = batch.tasks
            reason = f"the process that graded it died each time ({reason})"
            failure = NotGraded(student=task.submission.student, exercise=batch.cover.exercise, reason=reason)
            return [Result(task=task, outcome=failure)]
        return []


def _paired(batch: Batch, outcomes: Iterable[Outcome]) -> list[Result]:
    return [Result(task=task, outcome=outcome) for task, outcome in zip(batch.tasks, outcomes, strict=False)]
