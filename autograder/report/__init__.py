"""Reports from records: feedback for students, and results, tables and histories for instructors."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.report.changes import Difference, difference, history
    from autograder.report.formats import FORMATS, Checked, as_ctrf, as_junit, as_summary
    from autograder.report.grades import Grades, in_words
    from autograder.report.screen import show, show_failures, watch
    from autograder.report.text import (
        PLAIN,
        WIDTH,
        Style,
        closing_feedback,
        feedback,
        function_feedback,
        points,
        sign_of,
        style_of,
        wrapped,
    )
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
    "WIDTH",
    "Checked",
    "Difference",
    "ExerciseSummary",
    "Grades",
    "Style",
    "View",
    "Written",
    "as_ctrf",
    "as_junit",
    "as_summary",
    "bounded_notes",
    "closing_feedback",
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
    "wrapped",
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
    "as_ctrf": "formats",
    "as_junit": "formats",
    "WIDTH": "text",
    "View": "write",
    "Written": "write",
    "as_summary": "formats",
    "bounded_notes": "write",
    "closing_feedback": "text",
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
    "wrapped": "text",
    "write_results": "write",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
