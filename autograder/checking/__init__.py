"""Run checks on a student's functions, and judge them: calls, expectations, blame, words."""

from autograder.checking.blame import PASSED, Verdict, judge
from autograder.checking.expect import DOUBLE, Expect, Observation, compare, differs_by_ones, is_close, rounded
from autograder.checking.failures import (
    BrokenProperty,
    Failure,
    NotFinite,
    NotRefused,
    NotWritten,
    RaisedError,
    Stopped,
    Undefined,
    WrongCount,
    WrongDistribution,
    WrongForm,
    WrongShape,
    WrongValues,
)
from autograder.checking.run import CheckError, Expected, Run, Setting, expected_of, run_check
from autograder.checking.student import Asked, CallFailed, InProcessStudent, Student, StudentFunctions, Unusable
from autograder.checking.watchdog import Watchdog
from autograder.checking.words import STOPPED, explain, plain

__all__ = [
    "DOUBLE",
    "PASSED",
    "STOPPED",
    "Asked",
    "BrokenProperty",
    "CallFailed",
    "CheckError",
    "Expect",
    "Expected",
    "Failure",
    "InProcessStudent",
    "NotFinite",
    "NotRefused",
    "NotWritten",
    "Observation",
    "RaisedError",
    "Run",
    "Setting",
    "Stopped",
    "Student",
    "StudentFunctions",
    "Undefined",
    "Unusable",
    "Verdict",
    "Watchdog",
    "WrongCount",
    "WrongDistribution",
    "WrongForm",
    "WrongShape",
    "WrongValues",
    "compare",
    "differs_by_ones",
    "expected_of",
    "explain",
    "is_close",
    "judge",
    "plain",
    "rounded",
    "run_check",
]
