"""Reports from records: feedback for students, and results, tables and histories for instructors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.lazy import on_first_use

if TYPE_CHECKING:
    from autograder.report.changes import Difference, difference, history
    from autograder.report.formats import (
        FORMATS,
        REPORTS,
        Checked,
        Shown,
        as_ctrf,
        as_junit,
        as_summary,
        results_json,
        write_reports,
    )
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
    "REPORTS",
    "WIDTH",
    "Checked",
    "Difference",
    "ExerciseSummary",
    "Grades",
    "Shown",
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
    "results_json",
    "show",
    "show_failures",
    "sign_of",
    "style_of",
    "watch",
    "wrapped",
    "write_reports",
    "write_results",
]

# The screen needs rich, which students do not have, and writing results needs the store.
__getattr__ = on_first_use(
    __name__,
    {
        ".changes": "Difference difference history",
        ".formats": "FORMATS REPORTS Checked Shown as_ctrf as_junit as_summary results_json write_reports",
        ".grades": "Grades in_words",
        ".screen": "show show_failures watch",
        ".text": "PLAIN WIDTH Style closing_feedback feedback function_feedback points sign_of style_of wrapped",
        ".write": "ExerciseSummary View Written bounded_notes persist read_record write_results",
    },
)
