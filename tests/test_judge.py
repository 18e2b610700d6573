"""Claims and their verdicts, on traces written by hand; tolerance and words with them."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from autograder.answers.record import _answered, _required, _shapes
from autograder.array import pack
from autograder.ask.asking import Asking
from autograder.ask.draw import Draw
from autograder.ask.expect import carried, equal, holds, own_slopes, provided, provided_right, refuses
from autograder.ask.suite import Suite, arrays, mapping, opaque, returns
from autograder.book import Check
from autograder.judge.explain import explain, plain
from autograder.judge.judge import judge
from autograder.judge.tolerance import compare, shows_single_precision
from autograder.trace import Absent, Fault, Malformed, Raised, Returned, Trace, Unreached
from autograder.worker.run import run

FUNCTIONS = {"f": returns("y"), "g": returns("y"), "pair": returns("y", opaque("cache")), "back": returns("dx")}
SECRET = 0.123456789


def make_check(body, *, function="f", right=None, functions=FUNCTIONS, visibility="public") -> Check:
    """Return a check as recording would make it, with the shapes of the functions `right`."""
    asking = Asking(functions)
    claims = tuple(body(asking, Draw(1)))
    trace = run(asking.script(), right or {"f": lambda x: x, "g": lambda x: x}, {})
    return Check(
        id="check",
        function=function,
        title="",
        kind="reference",
        visibility=visibility,
        points=1.0,
        script=asking.script(),
        claims=claims,
        shapes=tuple(_shapes(outcome) for outcome in trace.outcomes),
        required=tuple(_required(asking.script(), claim) for claim in claims),
    )


def answered(check: Check, right) -> Check:
    """Return the check with the reference's values in the place of every reference."""
    return msgspec.structs.replace(check, claims=_answered(check, run(check.script, right, {})))


def verdict(check: Check, **functions):
    """Judge what functions give for a check's script."""
    return judge(check, run(check.script, functions, {}))


def same_as_input(ask, draw):
    """Claim that f is the identity."""
    x = draw.normal(3)
    yield equal("y", ask.f(x), x)


def raiser(error):
    """Return a function that raises."""

    def function(*_, **__):
        raise error

    return function


@pytest.mark.parametrize(
    ("f", "status", "words"),
    [
        (lambda x: x + 1e-3, "failed", "y is not right"),
        (lambda x: x[:2], "failed", "shape (2,), expected (3,)"),
        (lambda x: x[:, None], "failed", "shape (3, 1), expected (3,)"),
        (lambda x: x * np.nan, "failed", "not finite"),
        (lambda _: None, "failed", "None"),
        (lambda _: "text", "failed", "expected numbers"),
        (raiser(KeyError("v")), "error", "KeyError"),
        (raiser(MemoryError()), "memory", "memory"),
        (raiser(NotImplementedError()), "not_attempted", "not written yet"),
        (lambda x: x + 1e-9, "passed", ""),
        (lambda x: [float(value) for value in x], "passed", ""),
        (lambda x: x.astype(np.float32), "passed", ""),
    ],
)
def test_first_rung_that_fails_is_the_verdict(f, status, words):
    """Missing, malformed, misshapen, infinite and wrong values each have their status and words; right ones pass."""
    check = make_check(same_as_input)
    found = verdict(check, f=f)
    assert found.status == status
    assert words in explain(found, "public", "f(x)")


def test_missing_function_is_not_attempted():
    """A function that is not in the file is not attempted, one that is no function fails."""
    check = make_check(same_as_input)
    assert judge(check, Trace((Absent(""),))).status == "not_attempted"
    assert judge(check, Trace((Absent("a value of type int"),))).status == "failed"


@pytest.mark.parametrize(
    ("kind", "status"), [("timeout", "timeout"), ("memory", "memory"), ("crash", "crash"), ("protocol", "crash")]
)
def test_process_that_gave_no_answer_has_its_status(kind, status):
    """Each fault of a process has a status of the closed set."""
    assert judge(make_check(same_as_input), Fault(kind, "")).status == status


def carried_from_g(ask, draw):
    """Claim that f gives x; twice the student's own g is right as well."""
    x = draw.apart(3)
    y, own = ask.f(x), ask.g(x)
    yield equal("y", y, x, or_else=[carried("g", y, 2 * own)])


@pytest.mark.parametrize(
    ("f", "g", "status"),
    [
        (lambda x: 6 * x, lambda x: 3 * x, "passed"),
        (lambda x: 5 * x, lambda x: 3 * x, "failed"),
        (lambda x: 0 * x, lambda x: 0 * x, "failed"),
        (lambda x: x, raiser(ValueError()), "passed"),
        (lambda x: 2 * x, raiser(NotImplementedError()), "failed"),
        (lambda x: x * np.nan, lambda x: x * np.nan, "skipped"),
    ],
)
def test_error_carried_forward_pays_but_never_for_zero(f, g, status):
    """What is right for the student's own wrong function keeps its points, unless it is all zero."""
    check = make_check(carried_from_g)
    found = verdict(check, f=f, g=g)
    assert found.status == status
    if status == "passed" and found.mend:
        assert "mend g" in explain(found, "hidden", "")


def provided_that_g_is_right(ask, draw):
    """Claim that f doubles; its failure is left out where g, the identity, is wrong."""
    x = draw.apart(3)
    y = ask.f(x)
    yield provided_right([("g", ask.g(x))], equal("y", y, 2 * x))


@pytest.mark.parametrize(
    ("f", "g", "status", "words"),
    [
        (lambda x: 2 * x, lambda x: x, "passed", ""),
        (lambda x: 2 * x, lambda x: 3 * x, "passed", ""),
        (lambda x: 2 * x, raiser(ValueError()), "passed", ""),
        (lambda x: 5 * x, lambda x: x + 1e-9, "failed", "y is not right"),
        (lambda x: 5 * x, lambda x: 3 * x, "skipped", "Needs g, which fails: its result is not right."),
        (lambda x: 5 * x, lambda x: x[:2], "skipped", "Needs g, which fails: y has shape (2,), expected (3,)."),
        (lambda x: 5 * x, raiser(ValueError("no")), "failed", "y is not right"),
        (lambda x: 5 * x, lambda x: x * np.nan, "skipped", "Needs g, which fails: y is not finite"),
        (lambda x: x * np.nan, lambda x: x * np.nan, "skipped", "Needs g, which fails: y is not finite"),
        (lambda x: 5 * x, raiser(NotImplementedError()), "failed", "y is not right"),
        (raiser(KeyError("k")), lambda x: 3 * x, "skipped", "Needs g"),
        (raiser(KeyError("k")), lambda x: x, "error", "KeyError"),
        (lambda x: x[:2], lambda x: 3 * x, "skipped", "Needs g"),
    ],
)
def test_failure_is_left_out_where_what_it_rests_on_is_wrong(f, g, status, words):
    """A right result is right whatever it rests on; a wrong one is excused by a wrong function, not by none."""
    right = {"f": lambda x: 2 * x, "g": lambda x: x}
    check = answered(make_check(provided_that_g_is_right, right=right), right)
    found = verdict(check, f=f, g=g)
    assert found.status == status
    assert words in explain(found, "public", "")


@pytest.mark.parametrize(
    ("f", "g", "status"),
    [
        (lambda x: 2 * x, lambda x: 3 * x, "passed"),
        (lambda x: 6 * x, lambda x: 3 * x, "passed"),
        (lambda x: 5 * x, lambda x: 3 * x, "skipped"),
        (lambda x: 5 * x, lambda x: x, "failed"),
        (lambda x: 5 * x, lambda x: x[:2], "skipped"),
    ],
)
def test_result_that_is_none_of_its_alternatives_stays_open(f, g, status):
    """Where right results were known for the wrong function, too, another result is not paid for by other claims."""

    def body(ask, draw):
        x = draw.apart(3)
        y, own = ask.f(x), ask.g(x)
        yield provided_right([("g", own)], equal("y", y, 2 * x, or_else=[carried("g", y, 2 * own)]))
        yield holds(y != 0, "y is zero.")

    right = {"f": lambda x: 2 * x, "g": lambda x: x}
    check = answered(make_check(body, right=right), right)
    assert verdict(check, f=f, g=g).status == status


def test_what_rests_on_several_functions_names_the_first_wrong_one():
    """Conditions are tried in the order of the work: the function that goes wrong first is the one to mend."""

    def two(ask, draw):
        x = draw.apart(3)
        first = ask.f(x)
        claim = equal("dx", ask.back(x), x)
        yield provided_right([("f", first), ("g", ask.g(first))], claim)

    right = {"f": lambda x: x, "g": lambda x: x, "back": lambda x: x}
    check = answered(make_check(two, function="back", right=right), right)
    wrong = verdict(check, f=lambda x: 3 * x, g=lambda x: x, back=lambda x: -x)
    assert explain(wrong, "public", "").startswith("Needs f")
    wrong = verdict(check, f=lambda x: x, g=lambda x: 3 * x, back=lambda x: -x)
    assert explain(wrong, "public", "").startswith("Needs g")


def test_condition_may_be_written_out():
    """What a claim rests on may be any condition; it is left out only where that is broken."""

    def body(ask, draw):
        x = draw.apart(3)
        yield provided("g", ask.g(x) > 0, equal("y", ask.f(x), x))

    check = make_check(body)
    assert verdict(check, f=lambda x: -x, g=np.abs).status == "failed"
    assert verdict(check, f=lambda x: -x, g=lambda x: -np.abs(x)).status == "skipped"


def test_later_call_that_could_not_be_made_is_the_fault_of_the_one_before():
    """A result that a formula can't be computed from is told as what is wrong with it, not as a later failure."""

    def body(ask, draw):
        x = draw.apart(3)
        y = ask.f(x)
        yield equal("y of y", ask.f(y + np.ones(3)), x + 1)

    check = make_check(body)
    assert verdict(check, f=lambda x: x).status == "passed"
    found = verdict(check, f=lambda x: x[:2])
    assert (found.status, explain(found, "public", "")) == ("failed", "y has shape (2,), expected (3,).")
    lying = Trace((Returned({"y": pack(np.zeros(3))}), Unreached(0)))
    assert judge(check, lying).status == "crash"


def test_claim_blocked_by_another_function_is_left_out():
    """A failing dependency skips a check only where no more than half of its claims are left to judge."""

    def layers(ask, draw):
        for x in (draw.normal(size) for size in sizes):
            _, cache = ask.pair(x)
            yield equal("dx", ask.back(cache), np.ones(x.shape))

    right = {"pair": lambda x: (x, x), "back": np.ones_like}
    sizes = (2, 3, 4)
    check = make_check(layers, function="back", right=right)

    def picky(x):
        if x.size == 2:
            raise ValueError
        return x, x

    assert verdict(check, pair=picky, back=np.ones_like).status == "passed"
    assert verdict(check, pair=picky, back=np.zeros_like).status == "failed"
    assert verdict(check, pair=raiser(ValueError()), back=np.ones_like).status == "skipped"
    sizes = (2, 3)
    two = make_check(layers, function="back", right=right)
    assert verdict(two, pair=picky, back=np.ones_like).status == "skipped"
    assert verdict(check, pair=raiser(NotImplementedError()), back=np.ones_like).status == "not_attempted"


@pytest.mark.parametrize(
    ("f", "status"),
    [
        (lambda x: x, "failed"),
        (raiser(TypeError()), "failed"),
        (raiser(type("Mine", (ValueError,), {})()), "passed"),
        (raiser(NotImplementedError()), "not_attempted"),
    ],
)
def test_refusal_counts_only_with_the_right_exception(f, status):
    """Returning or raising something else is no refusal; a subclass of ValueError is one."""

    def refusal(ask, draw):
        yield refuses(ask.f(draw.normal(1)), "x")

    assert verdict(make_check(refusal), f=f).status == status


@pytest.mark.parametrize(("slope", "met"), [(2.0, True), (2.001, False), (0.0, False)])
def test_own_slopes_are_the_derivative_of_the_students_own_loss(slope, met):
    """A gradient is accepted where it is the loss's numerical derivative, and not where it is off by a thousandth."""

    def gradient(ask, draw):
        at = draw.apart(3)
        dy = ask.g(at)

        def loss(x):
            return np.sum(ask.f(x) * ask.f(x))

        yield equal("dy", dy, np.full(3, 7.0), or_else=[own_slopes("f", dy, loss=loss, at=at, draw=draw)])

    check = make_check(gradient, function="g")
    found = verdict(check, f=np.asarray, g=lambda x: slope * x)
    assert (found.status == "passed") == met


@pytest.mark.parametrize("visibility", ["public", "hidden"])
def test_hidden_checks_show_no_values(visibility):
    """Values, and texts of exceptions, stand in messages of public checks alone."""

    def claims(ask, draw):
        yield equal("y", ask.f(draw.normal(3)), np.full(3, SECRET))

    check = make_check(claims, visibility=visibility)
    for f in (lambda x: x, raiser(ValueError(f"the answer is {SECRET}"))):
        message = explain(verdict(check, f=f), visibility, "")
        assert (str(SECRET)[:7] in message) == (visibility == "public")


def test_message_is_plain_and_short():
    """Control characters can't reach a terminal, and a message has at most eight lines."""
    text = plain("\x1b[31mred\x07\n" * 20 + "x" * 1000)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert len(text.splitlines()) == 8


@pytest.mark.parametrize(
    ("actual", "expected", "same"),
    [
        (1.0 + 1e-7, 1.0, True),
        (1.0 + 1e-5, 1.0, False),
        (np.array([1e-9, 1.0]), np.array([0.0, 1.0]), True),
        (np.array([1e-4, 1.0]), np.array([0.0, 1.0]), False),
        (np.nan, 1.0, False),
        (np.inf, 1.0, False),
        (1e-300, 0.0, False),
    ],
)
def test_tolerance_scales_with_the_answer(actual, expected, same):
    """A millionth of the answer and of its size is allowed; NaN and infinity never are."""
    actual, expected = np.asarray(actual, float), np.asarray(expected, float)
    found = compare("y", actual=actual, expected=expected, scale=None, single=False)
    assert (found is None) == same


def test_numbers_of_any_size_are_compared_without_a_warning():
    """The largest floats are wrong values like any others."""
    largest = np.finfo(float).max
    for expected in (np.array([-largest, 1.0]), np.array([1e-300, 0.0])):
        found = compare("y", actual=np.array([largest, 1.0]), expected=expected, scale=None, single=False)
        assert found.index == (0,)


def test_comparison_never_broadcasts():
    """Arrays of other shapes are not compared at all."""
    with pytest.raises(ValueError, match="shapes"):
        compare("y", actual=np.zeros((3, 1)), expected=np.zeros(3), scale=None, single=False)


def test_single_precision_is_seen_by_the_values():
    """Values that were rounded to float32 show it, whatever their dtype now; others don't."""
    values = np.random.default_rng(0).normal(size=9)
    assert shows_single_precision(values.astype(np.float32).astype(float))
    assert not shows_single_precision(values)


def test_condition_that_does_not_hold_says_the_authors_sentence():
    """A property that is broken is told in the check author's words."""

    def claims(ask, draw):
        yield holds(ask.f(draw.positive(3)) > 0, "It must be positive.")

    check = make_check(claims)
    assert explain(verdict(check, f=lambda x: -x), "hidden", "") == "It must be positive."
    assert verdict(check, f=lambda x: x).status == "passed"


def test_lists_and_dicts_are_taken_apart():
    """A list of another length, a dict with other keys, and too few values each fail with what came instead."""
    functions = {"f": returns(arrays("batches")), "g": returns("y", mapping("running", "mean"))}

    def claims(ask, _draw):
        yield equal("batches", np.concatenate(ask.f()), np.arange(4.0))
        yield equal("the last batch", ask.f()[1], np.arange(2.0, 4.0))
        yield equal("mean", ask.g()[1]["mean"], 1.0)

    right = {"f": lambda: [np.arange(2), np.arange(2, 4)], "g": lambda: (0.0, {"mean": 1.0})}
    check = make_check(claims, right=right, functions=functions)
    assert verdict(check, **right).status == "passed"
    assert "1 items, expected 2" in explain(verdict(check, **right | {"f": lambda: [np.arange(4)]}), "public", "")
    for wrong in (lambda: (0.0, {"average": 1.0}), lambda: (0.0, 1.0), lambda: 0.0):
        assert verdict(check, **right | {"g": wrong}).status == "passed"  # g fails, and f's check is judged without it


def test_trace_of_a_malformed_result_names_it():
    """A call that could not be made because an earlier result was malformed is judged by that result."""

    def claims(ask, draw):
        yield equal("y", ask.f(ask.at("step 1").f(draw.normal(2))), np.zeros(2))

    check = make_check(claims)
    broken = Returned({"y": Malformed("nothing", "None")})
    found = judge(check, Trace((broken, Unreached(0))))
    assert "y (step 1) is None" in explain(found, "public", "")


def test_suite_refuses_two_checks_of_one_id():
    """A second check of the same name, and a check of an unknown function, are errors of the author."""
    suite = Suite(FUNCTIONS)
    suite.public("f", "reference", "A title", points=1)(same_as_input)
    with pytest.raises(ValueError, match="already"):
        suite.public("f", "reference", "Another", points=1)(same_as_input)
    with pytest.raises(ValueError, match="no function 'h'"):
        suite.public("h", "reference", "A title", points=1)


def test_exception_is_named_by_pythons_own_class():
    """A hidden check calls a student's exception class by the nearest class of Python's own."""
    outcome = Raised(("Leak42", "KeyError", "LookupError", "Exception", "BaseException", "object"), "secret", ())
    message = explain(judge(make_check(same_as_input), Trace((outcome,))), "hidden", "")
    assert "KeyError" in message
    assert "Leak42" not in message
