"""Run checks on a student's functions, and judge them: calls, expectations, blame, words."""

from autograder.checking.blame import PASSED, Verdict, judge
from autograder.checking.expect import Expect, Observation, rounded
from autograder.checking.failures import (
    Failure,
    RaisedError,
    Stopped,
    WrongCount,
    WrongDistribution,
    WrongShape,
    WrongValues,
)
from autograder.checking.run import CheckError, Expected, Run, Setting, expected_of, run_check
from autograder.checking.student import CallFailed, InProcessStudent, Student, StudentFunctions
from autograder.checking.tolerance import DOUBLE, compare
from autograder.checking.watchdog import Watchdog
from autograder.checking.words import STOPPED, explain, plain

__all__ = [
    "DOUBLE",
    "PASSED",
    "STOPPED",
    "CallFailed",
    "CheckError",
    "Expect",
    "Expected",
    "Failure",
    "InProcessStudent",
    "Observation",
    "RaisedError",
    "Run",
    "Setting",
    "Stopped",
    "Student",
    "StudentFunctions",
    "Verdict",
    "Watchdog",
    "WrongCount",
    "WrongDistribution",
    "WrongShape",
    "WrongValues",
    "compare",
    "expected_of",
    "explain",
    "judge",
    "plain",
    "rounded",
    "run_check",
]
