"""Excuses, on traces of small checks: they hold where a submission's other checks bear them out, and only there."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from autograder.ask.expect import carried, equal, provided, refuses
from autograder.judge.settle import judge_all
from autograder.worker.run import run
from tests.test_judge import make_check


def follows_g(ask, draw):
    """Claim that f doubles; twice the student's own g is right as well."""
    for _ in range(2):
        x = draw.apart(3)
        y, own = ask.f(x), ask.g(x)
        yield equal("y", y, 2 * x, or_else=[carried("g", y, 2 * own)])


def rests_on_g(ask, draw):
    """Claim that f doubles, and keeps sign and order; only the first is left out where g is wrong."""
    x = draw.positive(3)
    y = ask.f(x)
    yield provided("g", np.abs(ask.g(x) - x) < 1e-3, equal("y", y, 2 * x))
    yield equal("the sign of y", np.sign(y), np.ones(3))
    yield equal("the order of y", np.argsort(y), np.argsort(x))


def follows_f(ask, draw):
    """Claim that back is four times its argument; twice the student's own f is right as well."""
    x = draw.apart(3)
    dx, own = ask.back(x), ask.f(x)
    yield equal("dx", dx, 4 * x, or_else=[carried("f", dx, 2 * own)])


def g_is_the_identity(ask, draw):
    """Claim that g is the identity."""
    x = draw.apart(3)
    yield equal("y", ask.g(x), x)


def f_doubles(ask, draw):
    """Claim that f doubles."""
    x = draw.apart(3)
    yield equal("y", ask.f(x), 2 * x)


def f_refuses(ask, draw):
    """Claim that f refuses an argument."""
    yield refuses(ask.f(f"{draw.below(9)}x"), "text")


RIGHT = {"f": lambda x: 2 * x, "g": lambda x: x, "back": lambda x: 4 * x}


def asked(body, function, *, kind="reference", visibility="hidden", **functions):
    """Return a check of a function, and what came back from functions that do this."""
    check = make_check(body, function=function, right=RIGHT, visibility=visibility)
    return msgspec.structs.replace(check, kind=kind), run(check.script, functions, {})


def settled(*answers) -> list[str]:
    """Return the statuses that count."""
    return [verdict.status for verdict in judge_all(answers)]


def fivefold(x):
    """Be wrong for f, whatever g is."""
    return 5 * x


def triple(x):
    """Be wrong where twice or once is right."""
    return 3 * x


def sixfold(x):
    """Be twice what `triple` is."""
    return 6 * x


def nothing(x):
    """Give no number."""
    return x * np.nan


def same(x):
    """Be right for g."""
    return x


@pytest.mark.parametrize(("in_its_own_check", "status"), [(triple, "passed"), (same, "failed")])
def test_error_is_carried_only_from_a_function_that_fails(in_its_own_check, status):
    """What follows a wrong g is right, unless g is right wherever it is asked itself."""
    own = asked(g_is_the_identity, "g", g=in_its_own_check)
    assert settled(own, asked(follows_g, "f", f=sixfold, g=triple))[1] == status


@pytest.mark.parametrize(("in_its_own_check", "status"), [(triple, "skipped"), (same, "failed")])
def test_failure_is_excused_only_by_a_function_that_fails(in_its_own_check, status):
    """A wrong result is left out where g is wrong, and fails where g is right wherever it is asked itself."""
    own = asked(g_is_the_identity, "g", g=in_its_own_check)
    assert settled(own, asked(rests_on_g, "f", f=fivefold, g=triple))[1] == status


@pytest.mark.parametrize(("in_its_own_check", "status"), [(nothing, "skipped"), (triple, "failed"), (same, "failed")])
def test_what_is_not_finite_excuses_a_wrong_number_only_if_it_is_so_in_its_own_check(in_its_own_check, status):
    """A NaN on the way may become any number, but only where the function is known to give one."""
    own = asked(g_is_the_identity, "g", g=in_its_own_check)
    assert settled(own, asked(rests_on_g, "f", f=fivefold, g=nothing))[1] == status


def test_function_asked_alone_may_be_blamed_on_others_that_were_not_asked():
    """Where only f's checks are asked, nobody knows whether g is right."""
    assert settled(asked(follows_g, "f", f=sixfold, g=triple)) == ["passed"]


def test_function_whose_hidden_checks_are_not_here_may_be_blamed():
    """A student holds public checks only: that g passes those does not prove it right."""
    own = asked(g_is_the_identity, "g", visibility="public", g=same)
    assert settled(own, asked(follows_g, "f", visibility="public", f=sixfold, g=triple)) == ["passed", "passed"]


def test_excuse_may_come_from_a_function_that_is_excused_itself():
    """Errors are carried forward more than once: g fails, f follows it, and back follows f."""
    wrong = {"f": sixfold, "g": triple, "back": lambda x: 12 * x}
    answers = [
        asked(g_is_the_identity, "g", **wrong),
        asked(follows_g, "f", **wrong),
        asked(follows_f, "back", **wrong),
    ]
    assert settled(*answers) == ["failed", "passed", "passed"]


@pytest.mark.parametrize(
    ("f", "g"),
    [
        (lambda _: np.full(3, 2.0), np.ones_like),
        (lambda x: 2 + 1e-9 * x, lambda x: 1 + 1e-9 * x),
        (lambda _: np.array([0.0, 2.0, 4.0]), lambda _: np.arange(3.0)),
    ],
)
def test_nothing_is_carried_from_or_by_a_constant(f, g):
    """Functions whose results nothing changes meet by chance: the one is wrong, and of the other nothing is known."""
    assert settled(asked(g_is_the_identity, "g", g=g), asked(follows_g, "f", f=f, g=g)) == ["failed", "failed"]


def test_constant_function_excuses_but_carries_nothing():
    """Where g is constant, nobody knows what f would be with a right one: the check is skipped."""
    own = asked(g_is_the_identity, "g", g=np.ones_like)
    assert settled(own, asked(rests_on_g, "f", f=fivefold, g=np.ones_like)) == ["failed", "skipped"]


@pytest.mark.parametrize(
    ("proof", "status"),
    [
        (asked(f_doubles, "f", f=RIGHT["f"]), "passed"),
        (asked(f_refuses, "f", kind="error", f=int), "skipped"),
        (asked(f_doubles, "f", f=fivefold), "skipped"),
    ],
    ids=["computes", "refuses", "fails"],
)
def test_what_is_left_of_a_check_counts_for_a_proven_function(proof, status):
    """Claims that remain pay only where f has passed a whole check of what it computes."""
    own = asked(g_is_the_identity, "g", g=triple)
    assert settled(own, proof, asked(rests_on_g, "f", f=fivefold, g=triple))[2] == status
