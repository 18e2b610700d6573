"""What a peer is here: something that grades a source, and says what that cost and how many points it earned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """Seconds and points of one submission."""

    seconds: float
    points: float


class Peer(Protocol):
    """A grader, ready to be measured; `name` is the package's."""

    name: str

    def grade(self, source: str) -> Cost:
        """Grade a submission, or a class of copies of it."""
