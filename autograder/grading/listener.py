"""Who is told how grading goes, while it does: a terminal, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.results import CheckRecord, Note

if TYPE_CHECKING:  # it comes with NumPy
    from autograder.debugging import Example


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedFunction:
    """What there is to tell of one function, as it will be in the whole record."""

    records: tuple[CheckRecord, ...]
    notes: tuple[Note, ...]
    examples: Mapping[str, Example] = field(default_factory=dict)


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
        Is given what there is to tell of a function, once all that decides about it has run.
    """

    running: Callable[[str], None] = _ignore
    waiting: Callable[[float], None] = _ignore
    judged: Callable[[JudgedFunction], None] = _ignore


NOBODY = Listener()
