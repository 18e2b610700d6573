"""Have chunks graded by a crew, whatever it consists of; nothing is lost with a member of it.

A chunk that was lost with the process that graded it is tried again. One that is lost time and again is split, and its
papers wait until nothing else is under way: each is then graded alone, so that only the one to blame can be lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from typing import Protocol

from autograder.catalogue import UsageError
from autograder.classroom.desk import Outcome
from autograder.classroom.plan import Chunk, NotGraded, Paper

MAX_DEATHS = 50  # in a row: then it is the machine
Result = tuple[Paper, Outcome]


class Crew(Protocol):
    """Somewhere that chunks are graded."""

    @property
    def lost(self) -> tuple[type[Exception], ...]:
        """Return what a chunk raises whose process has died."""

    @property
    def retries(self) -> int:
        """Return how often such a chunk is worth another try as it is."""

    @property
    def window(self) -> int:
        """Return how many chunks may be under way at once."""

    def submit(self, chunk: Chunk) -> Future[list[Outcome]]:
        """Have a chunk graded, or the beginning of it."""


def run_chunks(crew: Crew, chunks: Iterable[Chunk]) -> Iterator[list[Result]]:
    """Yield results as they come, some at a time, each paper's once; only `crew.window` chunks are under way."""
    return _Run(crew, chunks).results()


class _Run:
    def __init__(self, crew: Crew, chunks: Iterable[Chunk]) -> None:
        self._crew = crew
        self._source = iter(chunks)
        self._again: deque[Chunk] = deque()
        self._suspects: deque[Chunk] = deque()
        self._waiting: dict[Future[list[Outcome]], Chunk] = {}
        self._deaths = 0  # since the last result

    def results(self) -> Iterator[list[Result]]:
        """Yield until all is done; on an interruption, first what is done already."""
        try:
            while self._fill():
                done, _ = wait(self._waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield self._settle(future, self._waiting.pop(future))
        except KeyboardInterrupt:
            for future, chunk in self._waiting.items():
                if future.done() and not future.cancelled() and future.exception() is None:
                    yield list(zip(chunk.papers, future.result(), strict=False))
            raise

    def _fill(self) -> bool:
        """Keep the crew busy, and say whether there is anything to wait for."""
        while len(self._waiting) < self._crew.window:
            chunk = self._again.popleft() if self._again else next(self._source, None)
            if chunk is None:
                break
            self._submit(chunk)
        if not self._waiting and self._suspects:
            self._submit(self._suspects.popleft())
        return bool(self._waiting)

    def _submit(self, chunk: Chunk) -> None:
        self._waiting[self._crew.submit(chunk)] = chunk

    def _settle(self, future: Future[list[Outcome]], chunk: Chunk) -> list[Result]:
        """Return what a chunk has come to, and see to the rest of it."""
        try:
            outcomes = future.result()
        except self._crew.lost as death:
            return self._retry(chunk, str(death) or type(death).__name__)
        self._deaths = 0
        if len(outcomes) < len(chunk.papers):
            self._again.appendleft(replace(chunk, papers=chunk.papers[len(outcomes) :]))
        return list(zip(chunk.papers, outcomes, strict=False))

    def _retry(self, chunk: Chunk, reason: str) -> list[Result]:
        """See to a chunk that was lost: once more, then each paper alone, then it is named."""
        self._deaths += 1
        if self._deaths > MAX_DEATHS:
            raise UsageError(
                f"{self._deaths} processes that grade died one after the other ({reason}), none gave a result; what "
                "was stored stays. Next: look after memory and disk of the machine, then run the command again"
            )
        if chunk.lost < self._crew.retries:
            (self._suspects if chunk.alone else self._again).append(replace(chunk, lost=chunk.lost + 1))
        elif not chunk.alone:
            self._suspects += [replace(chunk, papers=(paper,), alone=True, lost=0) for paper in chunk.papers]
        else:
            reason = f"it was there each time when the process that graded it died ({reason})"
            (paper,) = chunk.papers
            return [(paper, NotGraded(student=paper.student, exercise=chunk.cover.title.exercise, reason=reason))]
        return []
