"""Write results into the sheets that other systems have exported."""

from autograder.export.fill import (
    ANY_SHEET,
    Column,
    ExportedSheet,
    Filled,
    SheetKind,
    fill,
    identities_of,
    read_exported_sheet,
    read_identities,
    write_filled_sheet,
)
from autograder.export.systems import CANVAS, MOODLE, feedback_zip

__all__ = [
    "ANY_SHEET",
    "CANVAS",
    "MOODLE",
    "Column",
    "ExportedSheet",
    "Filled",
    "SheetKind",
    "feedback_zip",
    "fill",
    "identities_of",
    "read_exported_sheet",
    "read_identities",
    "write_filled_sheet",
]
