"""Any mixture of single and double precision is right: one place in single precision costs no accepted submission."""

from __future__ import annotations

import pytest

from autograder.course import DEFAULT_SEED
from tests.casts import failures
from tests.conftest import EXERCISES

EVERY = 11  # one in so many is tried; `python -m tests.casts` tries all


@pytest.mark.parametrize(
    "name", ["augmentation", "initializers", "learned_optimizer", "normalization", "optimizers", "schedules"]
)
def test_single_precision_in_one_place_costs_nothing(name, keys):
    """Arguments, results and local values of accepted submissions may be single, each by itself."""
    assert name in EXERCISES
    assert failures(name, keys(DEFAULT_SEED)[name], EVERY) == []
