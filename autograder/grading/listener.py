"""Listeners to the progress of grading: a terminal, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.results import CheckRecord, Note

if TYPE_CHECKING:  # it comes with NumPy
    from autograder.debugging import Example


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedFunction:
    """The results of one function, as they will be in the whole record."""

    records: tuple[CheckRecord, ...]
    notes: tuple[Note, ...]
    examples: Mapping[str, Example] = field(default_factory=dict)


def _ignore(*_: object) -> None:
    pass


@dataclass(frozen=True, kw_only=True, slots=True)
class Listener:
    """Callbacks during grading; an exception in one of them ends the grading.

    Attributes
    ----------
    running
        Gets the name of the function whose check begins.
    waiting
        Is called several times a second during a long call, with the CPU seconds that its check has used.
    judged
        Gets the results of a function, once all checks that decide about it have run.
    """

    running: Callable[[str], None] = _ignore
    waiting: Callable[[float], None] = _ignore
    judged: Callable[[JudgedFunction], None] = _ignore


NOBODY = Listener()
