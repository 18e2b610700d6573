"""Readers of records: feedback for students, and results, tables and histories for instructors."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.report.changes import Difference, difference, history
    from autograder.report.formats import FORMATS, Checked, as_summary
    from autograder.report.grades import Grades, in_words
    from autograder.report.screen import show, show_failures, watch
    from autograder.report.text import PLAIN, Style, feedback, function_feedback, points, sign_of, style_of
    from autograder.report.write import (
        ExerciseSummary,
        View,
        Written,
        bounded_notes,
        persist,
        read_record,
        write_results,
    )

__all__ = [
    "FORMATS",
    "PLAIN",
    "Checked",
    "Difference",
    "ExerciseSummary",
    "Grades",
    "Style",
    "View",
    "Written",
    "as_summary",
    "bounded_notes",
    "difference",
    "feedback",
    "function_feedback",
    "history",
    "in_words",
    "persist",
    "points",
    "read_record",
    "show",
    "show_failures",
    "sign_of",
    "style_of",
    "watch",
    "write_results",
]

# Imported on first use: the screen needs rich, which students don't have, and writing results needs the store.
_MODULES = {
    "FORMATS": "formats",
    "PLAIN": "text",
    "Checked": "formats",
    "Difference": "changes",
    "ExerciseSummary": "write",
    "Grades": "grades",
    "Style": "text",
    "View": "write",
    "Written": "write",
    "as_summary": "formats",
    "bounded_notes": "write",
    "difference": "changes",
    "feedback": "text",
    "function_feedback": "text",
    "history": "changes",
    "in_words": "grades",
    "persist": "write",
    "points": "text",
    "read_record": "write",
    "show": "screen",
    "show_failures": "screen",
    "sign_of": "text",
    "style_of": "text",
    "watch": "screen",
    "write_results": "write",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
