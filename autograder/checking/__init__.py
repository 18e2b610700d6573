"""Run checks on a student's functions, and judge them: calls, expectations, blame, words."""

from autograder.checking.blame import PASSED, Verdict, judge
from autograder.checking.expect import Expect, Observation, differs_by_ones, rounded
from autograder.checking.failures import (
    BrokenProperty,
    Failure,
    NotFinite,
    NotRefused,
    RaisedError,
    Stopped,
    WrongCount,
    WrongDistribution,
    WrongShape,
    WrongValues,
)
from autograder.checking.run import CheckError, Expected, Run, Setting, expected_of, run_check
from autograder.checking.student import CallFailed, InProcessStudent, Student, StudentFunctions, Unusable
from autograder.checking.tolerance import DOUBLE, compare
from autograder.checking.watchdog import Watchdog
from autograder.checking.words import STOPPED, explain, plain

__all__ = [
    "DOUBLE",
    "PASSED",
    "STOPPED",
    "BrokenProperty",
    "CallFailed",
    "CheckError",
    "Expect",
    "Expected",
    "Failure",
    "InProcessStudent",
    "NotFinite",
    "NotRefused",
    "Observation",
    "RaisedError",
    "Run",
    "Setting",
    "Stopped",
    "Student",
    "StudentFunctions",
    "Unusable",
    "Verdict",
    "Watchdog",
    "WrongCount",
    "WrongDistribution",
    "WrongShape",
    "WrongValues",
    "compare",
    "differs_by_ones",
    "expected_of",
    "explain",
    "judge",
    "plain",
    "rounded",
    "run_check",
]
