"""Settle the verdicts on one submission: an excuse holds only where its other checks bear it out.

Enters: the verdicts on all checks, each judged by itself. Leaves: those that count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.judge.evidence import Answers, Evidence, gather
from autograder.judge.judge import judge
from autograder.judge.verdict import Verdict, verdict_on
from autograder.trace import Trace


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """The verdicts that count, and the evidence that they rest on, where anything was excused."""

    verdicts: tuple[Verdict, ...]
    evidence: Evidence | None


def settle(answers: Answers, verdicts: Sequence[Verdict]) -> Settled:
    """Judge again, with all evidence, what was excused; what is left of a check counts for a proven function only."""
    if not any(verdict.blames for verdict in verdicts):
        return Settled(verdicts=tuple(verdicts), evidence=None)
    evidence = gather(answers, verdicts)
    settled = [
        judge(check, trace, evidence) if verdict.blames and isinstance(trace, Trace) else verdict
        for (check, trace), verdict in zip(answers, verdicts, strict=True)
    ]
    proven = {check.function for (check, _), each in zip(answers, settled, strict=True) if _proves(check.kind, each)}
    counted = (
        each if check.function in proven else _without_what_is_left(each)
        for (check, _), each in zip(answers, settled, strict=True)
    )
    return Settled(verdicts=tuple(counted), evidence=evidence)


def judge_all(answers: Answers) -> tuple[Verdict, ...]:
    """Return the verdicts that count on checks of which every one could be asked."""
    return settle(answers, [judge(check, trace) for check, trace in answers]).verdicts


def _proves(kind: str, verdict: Verdict) -> bool:
    """Say whether a check shows that its function computes what it is to compute: a property of that is not enough."""
    return verdict.whole and kind in ("reference", "gradient")


def _without_what_is_left(verdict: Verdict) -> Verdict:
    """Return the verdict without the points of a pass of which claims were left out."""
    if verdict.status != "passed" or verdict.left_out is None:
        return verdict
    return replace(verdict_on(verdict.left_out), blames=verdict.blames)
