"""Recognize mistakes: compare the behavior of a submission with that of known misconceptions."""

from autograder.diagnosis.agreement import failure_mark, features_of
from autograder.diagnosis.diagnose import Diagnosis, diagnose, fitting

__all__ = ["Diagnosis", "diagnose", "failure_mark", "features_of", "fitting"]
