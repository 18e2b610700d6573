"""Import downloads from other systems: lay submissions out as `autograder grade` reads them."""

from autograder.intake.assign import Row
from autograder.intake.download import Download, Entry, open_download
from autograder.intake.layout import Imported, Request, import_download
from autograder.intake.systems import SYSTEMS, recognize

__all__ = [
    "SYSTEMS",
    "Download",
    "Entry",
    "Imported",
    "Request",
    "Row",
    "import_download",
    "open_download",
    "recognize",
]
