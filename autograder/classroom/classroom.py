"""Grade what of a class is to be graded, by a crew that is opened where there is something to do, and only then."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from autograder.catalogue import UsageError
from autograder.classroom.plan import Chunk
from autograder.kinds import Level

if TYPE_CHECKING:  # NumPy comes with them
    from autograder.classroom.crew import Crew, Result


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """Results as they come, and in words where student code runs for them; empty where nothing is to be graded."""

    where: str
    results: Iterator[list[Result]]


@contextmanager
def sitting(chunks: Iterator[Chunk], at_least: Level, jobs: int, scheduler: str | None) -> Iterator[Sitting]:
    """Open a crew: that of a cluster's scheduler, or one on this machine that is no larger than the work."""
    first = list(islice(chunks, jobs))
    if not first:
        yield Sitting(where="", results=iter(()))
        return
    from autograder.classroom.crew import run_chunks

    with _cluster(scheduler) if scheduler else _local(len(first), at_least) as (crew, where):
        yield Sitting(where=where, results=run_chunks(crew, chain(first, chunks)))


@contextmanager
def _local(jobs: int, at_least: Level) -> Iterator[tuple[Crew, str]]:
    from autograder.classroom.executors import local_crew
    from autograder.worker.choose import confinement

    wall = confinement(at_least)
    with local_crew(jobs, wall) as crew:
        yield crew, wall.surrounding.describe()


@contextmanager
def _cluster(scheduler: str) -> Iterator[tuple[Crew, str]]:
    if importlib.util.find_spec("distributed") is None:
        raise UsageError("--scheduler needs the extra `cluster`: pip install 'autograder[cluster]'")
    from autograder.classroom.cluster import cluster_crew

    with cluster_crew(scheduler) as crew:
        yield crew, f"on the workers of {scheduler}"
