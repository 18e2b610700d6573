"""Store what was graded, as it comes, and note at each place what stands there now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.classroom.plan import NotGraded, Register
from autograder.report.attempt import attempt_of
from autograder.store.store import Store

if TYPE_CHECKING:
    from autograder.classroom.crew import Result


def keep(results: Sequence[Result], store: Store, register: Register, failed: dict[int, NotGraded]) -> None:
    """Store results in one transaction; what our side failed at is noted in `failed`, by place."""
    graded = []
    for paper, outcome in results:
        if isinstance(outcome, NotGraded):
            failed[paper.place] = outcome
        else:
            graded.append((paper.place, attempt_of(paper, outcome)))
    numbers = store.add([attempt for _, attempt in graded])
    for (place, _), number in zip(graded, numbers, strict=True):
        register.attempts[place] = number
