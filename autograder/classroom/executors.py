"""Run chunks of a class, in order: in this process, or in several that each keep to a core with their worker."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing.queues import SimpleQueue

from autograder.classroom.desk import Chunk, Outcome, grade_chunk

WINDOW = 4  # chunks in flight for each job: enough to keep it busy, and memory does not grow with the class


def run_chunks(chunks: Iterable[Chunk], jobs: int) -> Iterator[Outcome]:
    """Yield the outcomes in the order of the chunks, whatever order they are ready in."""
    if jobs == 1:
        for chunk in chunks:
            yield from grade_chunk(chunk)
        return
    context = multiprocessing.get_context("spawn")
    cores: SimpleQueue[int] = context.SimpleQueue()
    for core in sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else ():
        cores.put(core)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_settle, initargs=(cores,)) as executor:
        yield from in_order(executor, chunks, window=WINDOW * jobs)


def in_order(executor: Executor, chunks: Iterable[Chunk], *, window: int) -> Iterator[Outcome]:
    """Keep at most `window` chunks in flight, and yield their outcomes in order."""
    waiting: deque[Future[list[Outcome]]] = deque()
    for chunk in chunks:
        waiting.append(executor.submit(grade_chunk, chunk))
        if len(waiting) >= window:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


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
