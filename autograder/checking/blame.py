"""Decide which function is to blame for a failed check.

1. A check whose expectations all hold is passed, whatever else is wrong.
2. Otherwise, if a function that it needs has lost points in its own checks, the check is passed if its follow-through
   finds its function right for what the student's own earlier functions return, failed if it finds that these returned
   nothing wrong, and otherwise skipped, naming the function to fix first.
3. Otherwise it is failed.

If a function is not written yet, or stops its process, the verdict says so in any case. Students read the same three
sentences in `docs/students.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from autograder.authoring import Check, Exercise
from autograder.checking.failures import Failure, Stopped, status_of
from autograder.checking.run import Run
from autograder.results import CheckStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A check's status, and why."""

    status: CheckStatus
    failure: Failure | None = None  # the failure of the check itself; None if it passed by itself
    function: str = ""  # the function that failed
    fix_first: str = ""  # the needed function that has lost points, if the verdict depends on that
    # the check is passed for the student's own `fix_first`, but repeats its mistake: both have to change
    repeats: bool = False


PASSED = Verdict(status="passed")
FollowThrough = Callable[[Check], Run]


def judge(
    exercise: Exercise,
    runs: Mapping[str, Run],
    follow_through: FollowThrough,
    known: Mapping[str, Verdict] = MappingProxyType({}),
) -> dict[str, Verdict]:
    """Return the verdict on each check that was run, by id; `known` verdicts stay."""
    verdicts = {name: verdict for name, verdict in known.items() if name in runs}
    checks = {check.id: check for check in exercise.checks() if check.id in runs}

    def visit(check: Check) -> None:
        if check.id in verdicts:
            return
        run = runs[check.id]
        if run.failure is None:
            verdicts[check.id] = PASSED
            return
        needed = [other for other in exercise.needed(check) if other.id in checks]
        for other in needed:
            visit(other)
        lost = [other.function.name for other in needed if verdicts[other.id].status != "passed"]
        verdicts[check.id] = _verdict(check, run, run.failure, lost, follow_through)

    for check in checks.values():
        visit(check)
    return verdicts


def _verdict(check: Check, run: Run, failure: Failure, lost: Sequence[str], follow_through: FollowThrough) -> Verdict:
    """Return the verdict on a failed check; `lost` are the functions of checks that it needs and that did not pass."""
    name = check.function.name
    own = run.function == name
    failed = Verdict(status=status_of(failure), failure=failure, function=run.function)
    told_in_any_case = failed.status == "not_attempted" or (own and isinstance(failure, Stopped))
    if told_in_any_case or not lost:
        return failed
    # If the needed check is one of the same function, there is no other function to fix first.
    first = next((function for function in lost if function != name), "")
    undecided = failed
    if first:
        undecided = Verdict(status="skipped", failure=failure, function=run.function, fix_first=first)
    if check.follow is None:
        return undecided
    followed = follow_through(check)
    if followed.undecided or (followed.failure is not None and followed.function != name):
        return undecided
    if followed.failure is None:
        return Verdict(status="passed", fix_first=first or name, repeats=followed.repeats)
    return failed if own and (followed.provided or not first) else undecided
