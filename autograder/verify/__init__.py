"""Does an exercise hold what it promises? Everything that grading relies on is tried against itself."""

from autograder.verify.defect import Defect, Figures, table
from autograder.verify.verify import appended, verify

__all__ = ["Defect", "Figures", "appended", "table", "verify"]
