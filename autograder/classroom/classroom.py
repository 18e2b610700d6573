"""Grade what of a class is to be graded, by a crew that is opened where there is something to do, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from autograder.classroom.plan import Chunk
from autograder.results import Level

if TYPE_CHECKING:  # NumPy comes with them
    from autograder.classroom.crew import Result


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """Results as they come, and in words where student code runs for them; empty where nothing is to be graded."""

    where: str
    results: Iterator[list[Result]]


@contextmanager
def sitting(chunks: Iterator[Chunk], at_least: Level, jobs: int) -> Iterator[Sitting]:
    """Open a crew that is no larger than the work."""
    first = list(islice(chunks, jobs))
    if not first:
        yield Sitting(where="", results=iter(()))
        return
    from autograder.classroom.crew import run_chunks
    from autograder.classroom.executors import local_crew
    from autograder.worker.choose import confinement

    wall = confinement(at_least)
    with local_crew(len(first), wall) as crew:
        yield Sitting(where=wall.surrounding.describe(), results=run_chunks(crew, chain(first, chunks)))
