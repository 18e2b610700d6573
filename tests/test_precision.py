"""Any mixture of single and double precision is right, however a result is computed in it."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from autograder.authoring import load_exercise, load_module
from autograder.course import DEFAULT_SEED
from autograder.recording.fingerprints import Runner
from autograder.verify.mutants import judge_namespace, runs_without
from tests.casts import failures
from tests.conftest import EXERCISES, SEEDS
from tests.variances import VARIANCES, WITH_VARIANCE

EVERY = {name: 97 if name == "training" else 11 for name in EXERCISES}  # one in so many; `python -m tests.casts`: all


@pytest.mark.parametrize("name", EXERCISES)
def test_single_precision_in_one_place_costs_nothing(name, keys):
    """Arguments, results and local values of accepted submissions may be in single precision, each by itself."""
    assert failures(name, keys(DEFAULT_SEED)[name], EVERY[name]) == []


@pytest.mark.parametrize("seed", SEEDS[1:4])
@pytest.mark.parametrize("name", WITH_VARIANCE)
def test_any_way_to_a_variance_earns_everything(name, seed, answers):
    """A variance in one pass or two is right, in single or double precision, whether or not examples vary."""
    folder, key = EXERCISES[name], answers(name, seed)
    exercise, solution = load_exercise(name, folder.check_sources(), folder.folder), vars(load_module(folder.solution))
    source, runner, lost = folder.solution.read_text("utf-8"), Runner(exercise, key), []
    right = judge_namespace(exercise, runner, solution)
    for way, variance in VARIANCES.items():
        for cast in (np.float32, np.float64):
            functions = WITH_VARIANCE[name](variance, cast)
            known = runs_without(functions, key, source, right.runs)
            with warnings.catch_warnings(action="ignore"):
                verdicts = judge_namespace(exercise, runner, solution | functions, known=known).verdicts
            lost += [
                f"{way}, {cast.__name__}: {check}: {verdict.failure}"
                for check, verdict in verdicts.items()
                if verdict.status != "passed"
            ]
    assert lost == []
