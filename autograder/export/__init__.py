"""Write results into what other systems read: their own exported sheets, and the formats of programs."""

from autograder.export.canvas import CANVAS
from autograder.export.class_reports import REPORTS, write_reports
from autograder.export.fill import ANY_SHEET, Column, Filled, SheetKind, fill
from autograder.export.gradescope import Shown, results_json
from autograder.export.identities import identities_of, read_identities
from autograder.export.moodle import MOODLE, feedback_zip
from autograder.export.sheet import Sheet, read_sheet, write_sheet

__all__ = [
    "ANY_SHEET",
    "CANVAS",
    "MOODLE",
    "REPORTS",
    "Column",
    "Filled",
    "Sheet",
    "SheetKind",
    "Shown",
    "feedback_zip",
    "fill",
    "identities_of",
    "read_identities",
    "read_sheet",
    "results_json",
    "write_reports",
    "write_sheet",
]
