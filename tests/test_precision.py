"""Any mixture of single and double precision is right: one place in single precision costs no accepted submission."""

from __future__ import annotations

import pytest

from autograder.course import DEFAULT_SEED
from tests.casts import failures
from tests.conftest import EXERCISES

EVERY = 9  # so many assignments are between two that are tried; `python -m tests.casts` tries all


@pytest.mark.parametrize(
    "name", ["augmentation", "initializers", "learned_optimizer", "normalization", "optimizers", "schedules"]
)
def test_single_precision_in_one_place_costs_nothing(name, keys):
    """Each argument, each result and some of the local values of each accepted submission may be single."""
    assert name in EXERCISES
    assert failures(name, keys(DEFAULT_SEED)[name], EVERY) == []
