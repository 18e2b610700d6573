"""Recognize mistakes: compare the behavior of a submission with that of known misconceptions."""

from autograder.diagnosis.diagnose import Diagnosis, diagnose, fitting
from autograder.diagnosis.features import failure_mark, features_of

__all__ = ["Diagnosis", "diagnose", "failure_mark", "features_of", "fitting"]
