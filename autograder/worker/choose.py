"""Which worker this machine can have: the strongest outer wall that works, found by trying."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.limits import Limits
from autograder.worker.line import Worker
from autograder.worker.own import OwnWorker
from autograder.worker.slot import Slot, SlotBroken
from autograder.worker.surround import BARE, Surrounding, surroundings

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The wall that works, and why each stronger one does not."""

    surrounding: Surrounding
    refused: tuple[tuple[Surrounding, str], ...]


def choose(without: frozenset[str] = NOTHING) -> Choice:
    """Return the strongest outer wall in which a worker starts; raises `SlotBroken` where none does."""
    require_linux()
    refused: list[tuple[Surrounding, str]] = []
    for surrounding in surroundings(without):
        try:
            with Slot(Limits(), surrounding, without) as slot, slot.submission():
                return Choice(surrounding=surrounding, refused=tuple(refused))
        except SlotBroken as broken:
            refused.append((surrounding, str(broken)))
    raise SlotBroken(refused[-1][1])


@contextlib.contextmanager
def own_worker(limits: Limits) -> Iterator[Worker]:
    """Open a worker for a student's own file on the student's own machine: confined where that costs nothing."""
    if sys.platform == "linux":
        with Slot(limits, BARE) as slot:
            yield slot
    else:
        yield OwnWorker(limits)


def require_linux() -> None:
    """Refuse to run other people's code where nothing could hold it."""
    if sys.platform != "linux":
        raise SlotBroken(
            f"other people's code is graded on Linux only, not on {sys.platform}: use a Linux container or virtual "
            "machine, or WSL2 on Windows; a student's own `autograder check` runs everywhere"
        )
