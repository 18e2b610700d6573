"""Which mistake is it? What a submission does is compared with what known misconceptions do."""

from autograder.diagnosis.diagnose import Diagnosis, diagnose, fitting
from autograder.diagnosis.features import failure_mark, features_of

__all__ = ["Diagnosis", "diagnose", "failure_mark", "features_of", "fitting"]
