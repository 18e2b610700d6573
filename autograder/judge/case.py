"""One check on one submission: what judging it looks at, and how a claim says that it can't be judged."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from autograder.book import Check
from autograder.findings import Needs
from autograder.judge.evidence import Evidence
from autograder.judge.results import Results


class NotJudged(Exception):
    """A claim can't be judged, because another function than the one it is about fails."""

    def __init__(self, reason: Needs) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One check on one submission; `evidence` is what its other checks say, once they have been judged."""

    check: Check
    results: Results
    evidence: Evidence | None = None

    def may_blame(self, functions: Set[str]) -> bool:
        """Say whether one of the functions may have made an error: it has lost points in checks of its own."""
        return self.evidence is None or not self.evidence.suspects.isdisjoint(functions)
