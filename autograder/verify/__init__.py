"""Does an exercise hold what it promises? Everything that grading relies on is tried against itself."""

from autograder.verify.defect import Defect, Figures, costs_table, table
from autograder.verify.verify import appended, verify

__all__ = ["Defect", "Figures", "appended", "costs_table", "table", "verify"]
