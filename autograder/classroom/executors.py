"""Executors on this machine: this process itself, or several processes, each on one core together with its worker.

For each task of a batch, an executor returns an outcome: a complete record with notes, or the reason why grading failed
on our side. What grades the batches in any process or thread, on other machines too, is a `BatchGrader`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from types import ModuleType

from autograder.classroom.plan import Batch, NotGraded, Outcome
from autograder.grading import Grader, Submission, open_grader
from autograder.key import AnswerKey, read_key
from autograder.limits import Limits
from autograder.processes import safe_path
from autograder.results import Level
from autograder.sandbox import Confinement, Sandbox, SandboxError, confinement, open_sandbox, pin_to_one_core
from autograder.store import KeyCover

WINDOW = 2  # batches in flight per process: one being graded, one waiting
ATTEMPTS = 3
SLICE_SECONDS = 0.5  # after which finished outcomes are returned, so that at most these are lost with a process


@contextmanager
def open_local_executor(jobs: int, at_least: Level, private: Iterable[Path]) -> Iterator[InlineExecutor | PoolExecutor]:
    """Open an executor of one or more processes, with student code confined at least at a level, away from private
    places.
    """
    confined = confinement(at_least, private)
    executor = PoolExecutor(jobs, confined) if jobs > 1 else InlineExecutor(confined)
    try:
        yield executor
    except BaseException:
        executor.kill()
        raise
    finally:
        executor.close()


class InlineExecutor:
    """Grades in the thread that opens it, one batch at a time; until it is closed, this thread stays on one core."""

    lost: tuple[type[Exception], ...] = ()
    retries = 0
    window = 1

    def __init__(self, confinement: Confinement) -> None:
        self.where = confinement.outer.describe()
        self._grader = BatchGrader(open_key, confinement)
        self._cores = pin_to_one_core()

    def submit(self, batch: Batch) -> Future[list[Outcome]]:
        """Grade a batch now."""
        future: Future[list[Outcome]] = Future()
        future.set_result(self._grader.grade(batch))
        return future

    def kill(self) -> None:
        """Do nothing: no other process is grading."""

    def close(self) -> None:
        """Close the sandboxes, and give the thread its cores back."""
        self._grader.close()
        os.sched_setaffinity(0, self._cores)


class PoolExecutor:
    """Grades in processes that end with this one; if one of them dies, all are replaced, and their batches are lost."""

    lost: tuple[type[Exception], ...] = (BrokenProcessPool,)
    retries = 1

    def __init__(self, jobs: int, confinement: Confinement) -> None:
        self.where = confinement.outer.describe()
        self.window = WINDOW * jobs
        self._jobs = jobs
        self._confinement = confinement
        self._pool = self._open()

    def submit(self, batch: Batch) -> Future[list[Outcome]]:
        """Send a batch to the next process that is free.

        This may start a process. It is started with SIGINT blocked, so that Ctrl-C does not reach it: the main process
        decides when it ends.
        """
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._send(batch)
        except BrokenProcessPool:
            self._pool.shutdown()
            self._pool = self._open()
            return self._send(batch)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def kill(self) -> None:
        """End all processes, whatever they are doing."""
        for process in multiprocessing.active_children():
            process.kill()

    def close(self) -> None:
        """Wait for the processes to end."""
        self._pool.shutdown(cancel_futures=True)

    def _send(self, batch: Batch) -> Future[list[Outcome]]:
        with safe_path(), _no_main_program():
            return self._pool.submit(_grade, batch, self._confinement)

    def _open(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        with safe_path():  # a process that tracks semaphores is started, too
            cores: SimpleQueue[int] = context.SimpleQueue()
        for core in sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else ():
            cores.put(core)
        return ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_prepare_process, initargs=(cores,))


@contextmanager
def _no_main_program() -> Iterator[None]:
    """While this context is open, processes of a pool that are started do not import the program that this one runs.

    They need nothing of it, and importing nbgrader's takes each of them seconds.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def open_key(cover: KeyCover) -> AnswerKey:
    """Read the answer key of a cover, on this machine."""
    return read_key(cover.file)


@cache
def _batch_grader(confinement: Confinement) -> BatchGrader:
    """Return the batch grader of this process of the pool, which ends with it."""
    return BatchGrader(open_key, confinement)


def _grade(batch: Batch, confinement: Confinement) -> list[Outcome]:
    return _batch_grader(confinement).grade(batch)


def _prepare_process(cores: SimpleQueue[int]) -> None:
    """Prepare a process of the pool: give it a core, leave any submission's folder, and let it end with the main
    process.
    """
    os.chdir("/")
    if not cores.empty():
        pin_to_one_core(cores.get())
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the main process has ended, for whatever reason, since nobody waits for its results
    then.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


# ---- grading batches, in any process or thread


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
