"""A course in one term: its file `course.toml`, its roster, its due dates, and the attempts that were submitted."""

from autograder.term.attempts import (
    ATTEMPTS,
    HandIn,
    Lateness,
    attempts_folder,
    kept_hand_in,
    lateness,
    read_hand_ins,
    write_hand_ins,
)
from autograder.term.course_file import (
    KEEP,
    CourseFile,
    Keep,
    LatePolicy,
    find_course_file,
    is_submitted,
    read_course_file,
    write_course_file,
)
from autograder.term.roster import Roster, RosterStudent, alike, name_key, read_roster, twins
from autograder.term.sheet import Sheet, read_sheet, read_table

__all__ = [
    "ATTEMPTS",
    "KEEP",
    "CourseFile",
    "HandIn",
    "Keep",
    "LatePolicy",
    "Lateness",
    "Roster",
    "RosterStudent",
    "Sheet",
    "alike",
    "attempts_folder",
    "find_course_file",
    "is_submitted",
    "kept_hand_in",
    "lateness",
    "name_key",
    "read_course_file",
    "read_hand_ins",
    "read_roster",
    "read_sheet",
    "read_table",
    "twins",
    "write_course_file",
    "write_hand_ins",
]
