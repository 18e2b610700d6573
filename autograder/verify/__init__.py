"""Verify exercises: prove that solutions, references, checks, misconceptions and known submissions agree."""

from autograder.verify.defect import Defect, Figures, costs_table, table
from autograder.verify.survivors import TOLERATED, Mutation, mutate, mutation_table
from autograder.verify.verify import appended, verify

__all__ = [
    "TOLERATED",
    "Defect",
    "Figures",
    "Mutation",
    "appended",
    "costs_table",
    "mutate",
    "mutation_table",
    "table",
    "verify",
]
