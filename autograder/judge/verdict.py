"""Verdicts: the status that a finding earns. A closed set, apart from the words."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.findings import Needs, NotWritten, RaisedError, Reason, Stopped, Undefined
from autograder.results import CheckStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A check's status, and why it was not passed.

    `mend` names functions whose error a pass carried forward; `partial` says that claims were left out.
    """

    status: CheckStatus
    reason: Reason | None
    mend: tuple[str, ...] = ()
    partial: bool = False


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
