"""Executors on this machine: this process itself, or several processes, each on one core together with its worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from types import ModuleType

from autograder.classroom.batch import BatchGrader, Outcome
from autograder.classroom.plan import Batch
from autograder.key import AnswerKey, read_key
from autograder.processes import safe_path
from autograder.results import Level
from autograder.sandbox import Confinement, confinement, pin_to_one_core
from autograder.store import KeyCover

WINDOW = 2  # batches in flight per process: one being graded, one waiting


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
