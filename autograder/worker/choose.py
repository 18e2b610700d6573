"""Which worker this machine can have: the strongest outer wall that works, found by trying (Linux)."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.catalogue import UsageError
from autograder.kinds import LEVELS, Level
from autograder.limits import Limits
from autograder.worker.canaries import Evidence, prove
from autograder.worker.slot import Slot, SlotBroken
from autograder.worker.surround import Surrounding, surroundings

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The wall that works, what was proven inside it, and why each stronger one does not work."""

    surrounding: Surrounding
    evidence: Evidence
    refused: tuple[tuple[Surrounding, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Confinement:
    """The wall to put around workers, and the least level that each must prove before it serves a submission."""

    surrounding: Surrounding
    at_least: Level


def choose(without: frozenset[str] = NOTHING) -> Choice:
    """Return the strongest outer wall in which a worker starts; raises `SlotBroken` where none does."""
    refused: list[tuple[Surrounding, str]] = []
    for surrounding in surroundings(without):
        try:
            with Slot(Limits(), surrounding, without) as slot:
                return Choice(surrounding=surrounding, evidence=prove(slot), refused=tuple(refused))
        except SlotBroken as broken:
            refused.append((surrounding, str(broken)))
    raise SlotBroken(refused[-1][1])


def confinement(at_least: Level) -> Confinement:
    """Return this machine's, at the level that it has proven; raises `UsageError` where that is too low."""
    choice = choose()
    require(choice.evidence, at_least)
    return Confinement(surrounding=choice.surrounding, at_least=choice.evidence.level)


def open_slot(limits: Limits, confinement: Confinement) -> tuple[Slot, Level]:
    """Open a slot, and return it with the level that it has proven; raises `UsageError` where that is too low."""
    slot = Slot(limits, confinement.surrounding)
    try:
        evidence = prove(slot)
        require(evidence, confinement.at_least)
    except BaseException:
        slot.close()
        raise
    return slot, evidence.level


def require(evidence: Evidence, at_least: Level) -> None:
    """Raise `UsageError` where the level that was proven is too low."""
    if LEVELS.index(evidence.level) >= LEVELS.index(at_least):
        return
    could = ", ".join(song.canary.tries for song in evidence.songs if song.through and song.canary.leaves != "good")
    raise UsageError(
        f"student code is confined at level {evidence.level}, grading needs {at_least}"
        f"{f'; it could {could}' if could else ''}. `autograder doctor` says what is missing; "
        f"--isolation {evidence.level} grades all the same"
    )
