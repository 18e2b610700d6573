"""Write results in formats that other systems read: their own exported sheets, and reports for programs."""

from autograder.export.canvas import CANVAS
from autograder.export.class_reports import REPORTS, write_reports
from autograder.export.fill import ANY_SHEET, Column, Filled, SheetKind, fill
from autograder.export.gradescope import Shown, results_json
from autograder.export.identities import identities_of, read_identities
from autograder.export.moodle import MOODLE, feedback_zip
from autograder.export.sheet import ExportedSheet, read_exported_sheet, write_filled_sheet

__all__ = [
    "ANY_SHEET",
    "CANVAS",
    "MOODLE",
    "REPORTS",
    "Column",
    "ExportedSheet",
    "Filled",
    "SheetKind",
    "Shown",
    "feedback_zip",
    "fill",
    "identities_of",
    "read_exported_sheet",
    "read_identities",
    "results_json",
    "write_filled_sheet",
    "write_reports",
]
