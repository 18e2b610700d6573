"""Crews on this machine: this very process, or several that each keep to a core with their worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from multiprocessing.queues import SimpleQueue

from autograder import book as books
from autograder.book import Book
from autograder.classroom.crew import Crew
from autograder.classroom.desk import Desk, Outcome
from autograder.classroom.plan import Chunk
from autograder.cover import Cover
from autograder.worker.choose import Confinement

WINDOW = 2  # chunks in flight for each job: one under way, one in hand


@contextmanager
def local_crew(jobs: int, wall: Confinement) -> Iterator[Crew]:
    """Open a crew of this process alone, or of as many others as there are jobs."""
    crew = PoolCrew(jobs, wall) if jobs > 1 else OwnCrew(wall)
    try:
        yield crew
    except BaseException:
        crew.kill()
        raise
    finally:
        crew.close()


class OwnCrew:
    """A crew of this process alone, one chunk at a time."""

    lost: tuple[type[Exception], ...] = ()
    retries = 0
    window = 1

    def __init__(self, wall: Confinement) -> None:
        self._desk = Desk(read_book, wall)

    def submit(self, chunk: Chunk) -> Future[list[Outcome]]:
        """Grade now."""
        future: Future[list[Outcome]] = Future()
        future.set_result(self._desk.grade(chunk))
        return future

    def kill(self) -> None:
        """Do nothing: nobody else is at work."""

    def close(self) -> None:
        """End the worker slots."""
        self._desk.close()


class PoolCrew:
    """Processes that die with us; when one of them dies, all are replaced, and their chunks are lost."""

    lost: tuple[type[Exception], ...] = (BrokenProcessPool,)
    retries = 1

    def __init__(self, jobs: int, wall: Confinement) -> None:
        self.window = WINDOW * jobs
        self._jobs = jobs
        self._wall = wall
        self._executor = self._open()

    def submit(self, chunk: Chunk) -> Future[list[Outcome]]:
        """Hand a chunk to the next process that is free."""
        with _interruption_kept_from_children():
            try:
                return self._executor.submit(_grade, chunk, self._wall)
            except BrokenProcessPool:
                self._executor.shutdown()
                self._executor = self._open()
                return self._executor.submit(_grade, chunk, self._wall)

    def kill(self) -> None:
        """End all processes, whatever they are doing."""
        for process in multiprocessing.active_children():
            process.kill()

    def close(self) -> None:
        """Wait for the processes to end."""
        self._executor.shutdown(cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        cores: SimpleQueue[int] = context.SimpleQueue()
        for core in sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else ():
            cores.put(core)
        return ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_settle, initargs=(cores,))


def read_book(cover: Cover) -> Book:
    """Read a book where it lies."""
    return books.read(cover.file)


@contextmanager
def _interruption_kept_from_children() -> Iterator[None]:
    """Start processes that a Ctrl-C does not reach: it is the grader's to say what becomes of them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@cache
def _desk(wall: Confinement) -> Desk:
    """Return the desk of this process of the pool, which ends with it."""
    return Desk(read_book, wall)


def _grade(chunk: Chunk, wall: Confinement) -> list[Outcome]:
    return _desk(wall).grade(chunk)


def _settle(cores: SimpleQueue[int]) -> None:
    """Prepare a process of the pool: one core, and no life without the grader."""
    keep_to_a_core(cores)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the grader has ended, however that came: then nobody waits for its results."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def keep_to_a_core(cores: SimpleQueue[int]) -> None:
    """Take the next free core for this process and, by inheritance, its worker: a reply then wakes no other core."""
    if not cores.empty():
        os.sched_setaffinity(0, {cores.get()})
