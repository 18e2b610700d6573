"""Who is told how grading goes, while it does: a terminal, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.results import CheckRecord, Note


def _ignore(*_: object) -> None:
    pass


@dataclass(frozen=True, kw_only=True, slots=True)
class Listener:
    """What is called on the way; an exception that one of them raises ends the grading.

    Attributes
    ----------
    running
        Is given the name of the function whose check begins.
    waiting
        Is called several times a second while a call takes long, with the CPU seconds that its check has used.
    judged
        Is given a function's records and notes, as they will be in the whole record.
    """

    running: Callable[[str], None] = _ignore
    waiting: Callable[[float], None] = _ignore
    judged: Callable[[Sequence[CheckRecord], Sequence[Note]], None] = _ignore


NOBODY = Listener()
