"""Verdicts: the status that a finding earns. A closed set, apart from the words."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.findings import Needs, NotWritten, RaisedError, Reason, Stopped, Undefined
from autograder.results import CheckStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A check's status, and why it was not passed.

    `mend` names what is wrong elsewhere where a pass carried an error forward, `left_out` is why some claims of a pass
    were not judged. `blames` are, excuse by excuse, the functions of which one must have made a mistake.
    """

    status: CheckStatus
    reason: Reason | None = None
    mend: tuple[str, ...] = ()
    left_out: Needs | None = None
    blames: tuple[frozenset[str], ...] = ()

    @property
    def whole(self) -> bool:
        """Say whether all claims of a passed check were judged."""
        return self.status == "passed" and self.left_out is None

    @property
    def clean(self) -> bool:
        """Say whether the check was passed without any excuse."""
        return self.whole and not self.mend


def verdict_on(reason: Reason) -> Verdict:
    """Return the verdict on a check that was not passed."""
    return Verdict(status=_status(reason), reason=reason)


def _status(reason: Reason) -> CheckStatus:
    if isinstance(reason, Needs):  # whatever keeps that function from running keeps this check from running
        return "not_attempted" if isinstance(reason.problem, NotWritten | Undefined) else "skipped"
    if isinstance(reason, NotWritten | Undefined):
        return "not_attempted" if isinstance(reason, NotWritten) or not reason.found else "failed"
    if isinstance(reason, RaisedError):
        return "error"
    if isinstance(reason, Stopped):
        return _stopped(reason.kind)
    return "failed"


def _stopped(kind: str) -> CheckStatus:
    if kind == "timeout":
        return "timeout"
    return "memory" if kind == "memory" else "crash"
