"""Grade one submission: read it, run the checks on it, judge them, make the record.

`open_grader` needs NumPy, and is imported on first use, since an unchanged class is read without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.grading.listener import NOBODY, JudgedFunction, Listener
from autograder.grading.submission import (
    MAX_SOURCE,
    Submission,
    Unreadable,
    find_folder,
    open_folder,
    read_file,
    read_folder,
    read_module,
    read_submission,
    single_file,
)
from autograder.lazy import on_first_use

if TYPE_CHECKING:
    from autograder.grading.grade import Graded, Grader, open_grader
    from autograder.grading.students import SandboxedStudent

__all__ = [
    "MAX_SOURCE",
    "NOBODY",
    "Graded",
    "Grader",
    "JudgedFunction",
    "Listener",
    "SandboxedStudent",
    "Submission",
    "Unreadable",
    "find_folder",
    "open_folder",
    "open_grader",
    "read_file",
    "read_folder",
    "read_module",
    "read_submission",
    "single_file",
]

__getattr__ = on_first_use(__name__, {".grade": "Graded Grader open_grader", ".students": "SandboxedStudent"})
