"""Expectations: when two values are the same answer, what the first failed one says, and what is still looked at."""

from __future__ import annotations

import re
import warnings

import numpy as np
import pytest

from autograder.authoring import Bernoulli, Normal, numerical_gradient, resembles
from autograder.checking import CheckError, compare, rounded
from autograder.checking.failures import BrokenProperty, NotRefused, WrongDistribution, WrongValues
from autograder.checking.student import shows_single_precision
from autograder.course import CourseError
from tests.small import raiser, small

pytestmark = pytest.mark.unit


# ---- one tolerance policy


@pytest.mark.parametrize(
    ("actual", "expected", "same"),
    [
        (1.0 + 1e-5, 1.0, True),
        (1.0 + 1e-4, 1.0, False),
        ([1e-9, 1.0], [0.0, 1.0], True),
        ([1e-4, 1.0], [0.0, 1.0], False),
        (np.nan, 1.0, False),
        (np.inf, 1.0, False),
        (1.0, np.nan, False),
        (np.nan, np.nan, False),
        (1e-300, 0.0, False),
        (0.0, 0.0, True),
        ([np.inf, 1.0], [np.inf, 1.0], True),
        ([-np.inf, 1.0], [np.inf, 1.0], False),
        ([1e300, 1.0], [np.inf, 1.0], False),
        ([np.inf, 1.1], [np.inf, 1.0], False),
        ([], [], True),
    ],
)
def test_tolerance_scales_with_the_answer(actual, expected, same):
    """Errors of a 50,000th of the answer and its size are allowed; NaN never is, infinity only where it is expected."""
    actual, expected = np.asarray(actual, float), np.asarray(expected, float)
    with np.errstate(all="ignore"):
        assert (compare("y", actual, expected, single=False) is None) == same


def test_scale_widens_what_is_near_zero_alone():
    """An answer that cancels to zero is judged by the size of its terms, element by element if that is given."""
    actual, expected = np.array([2e-4, 2e-4]), np.zeros(2)
    with np.errstate(all="ignore"):
        assert compare("y", actual, expected, single=False) is not None
    assert compare("y", actual, expected, scale=100.0, single=False) is None
    assert compare("y", actual, expected, scale=np.array([100.0, 1.0]), single=False).index == (1,)


def test_single_precision_is_allowed_five_times_more():
    """Values that show single precision may be off by 1e-4, and no more."""
    expected = np.array([1.0, 2.0])
    assert compare("y", expected + 1e-4, expected, single=False) is not None
    assert compare("y", expected + 1e-4, expected, single=True) is None
    assert compare("y", expected + 1e-3, expected, single=True) is not None


def test_numbers_of_any_size_are_compared_without_a_warning():
    """The largest floats are wrong values like any others."""
    largest = np.finfo(float).max
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("error")
        for expected in (np.array([-largest, 1.0]), np.array([1e-300, 0.0])):
            found = compare("y", np.array([largest, 1.0]), expected, single=False)
            assert found.index == (0,)


def test_comparison_never_broadcasts():
    """Arrays of different shapes are not compared at all."""
    for actual, expected in ((np.zeros((3, 1)), np.zeros(3)), (np.zeros(3), np.zeros(())), (np.zeros(0), np.zeros(1))):
        with pytest.raises(ValueError, match="compare equal shapes"):
            compare("y", actual, expected, single=False)


def test_worst_element_is_told():
    """Of several wrong elements, the message names the one that is most tolerances away, and their number."""
    found = compare("y", np.array([[1.0, 2.5], [3.1, 4.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]), single=False)
    assert (found.count, found.size, found.index) == (2, 4, (0, 1))
    assert (found.actual, found.expected) == (2.5, 2.0)
    assert found.tolerance == pytest.approx(1.2e-4)


def test_single_precision_is_seen_by_the_values():
    """Values that were rounded to float32 are recognized, whatever their dtype is now; other values are not."""
    values = np.random.default_rng(0).normal(size=9)
    assert shows_single_precision(values.astype(np.float32).astype(float))
    assert shows_single_precision(np.float64(np.float32(1 / 3)))
    assert not shows_single_precision(values)
    assert not shows_single_precision(np.append(values.astype(np.float32).astype(float), 1 / 3))


@pytest.mark.parametrize("dtype", [np.int64, np.float16, np.float32, np.float64])
def test_numbers_that_any_precision_holds_show_nothing(dtype):
    """Whole numbers, quarters, zeros and non-finite numbers count as double precision."""
    assert not shows_single_precision(np.array([0, 1, 2, 500, 3000]).astype(dtype))
    if np.dtype(dtype).kind == "f":
        assert not shows_single_precision(np.array([0.25, -1.5, 96.75, np.inf, np.nan], dtype))


def test_recorded_values_are_rounded_beyond_what_any_tolerance_sees():
    """Rounding leaves twelve digits of numbers of any size, and keeps infinities and NaN as they are."""
    values = np.array([0.0, 1 / 3, -2e-200, 1.7976931348623157e308, 5e-324, np.inf, -np.inf, np.nan])
    found = rounded(values)
    assert np.array_equal(found[5:], values[5:], equal_nan=True)
    assert np.allclose(found[:4], values[:4], rtol=1e-11, atol=0)
    assert found[1] == pytest.approx(0.333333333333, rel=1e-15)
    assert found[1] != values[1]
    assert found[4] == 0


# ---- expectations in a check


def same(x):
    """Be right where a check expects its argument back."""
    return x


def test_first_failed_expectation_is_the_failure_and_the_others_are_looked_at():
    """Expectations are soft: the check goes on, so that each label is known to hold or not."""

    def three(student, _inputs, expect):
        """Return ones."""
        y = student.f(np.ones(2))
        expect.that(y > 0, "It must be positive.")
        expect.reference("y", y)
        expect.close("the sum of y", y.sum(), 2.0)

    run = small(three, right={"f": same}).run(f=lambda x: x + np.arange(2))
    assert {each.label: each.failure is None for each in run.observations} == {
        "It must be positive.": True,
        "y": False,
        "the sum of y": False,
        "(end)": True,
    }
    assert (run.failure.what, run.function) == ("y", "f")
    run = small(three, right={"f": same}).run(f=lambda x: -x)
    assert run.failure == BrokenProperty(sentence="It must be positive.")


def test_condition_that_does_not_hold_says_the_authors_sentence():
    """A broken property is reported in the check author's words; every element of it has to hold."""

    def positive(student, inputs, expect):
        """Be positive."""
        y = student.f(inputs.positive(3))
        expect.that(y > 0, "It must be positive.")
        expect.that(0 < y[0] < 3, "The first one must be small.")

    exercise = small(positive, right={"f": same})
    assert exercise.tell(f=lambda x: x - [0, 0, 5]) == ("failed", "It must be positive.")
    assert exercise.tell(f=lambda x: x + 5) == ("failed", "The first one must be small.")
    assert exercise.tell() == ("passed", "")


def test_kind_is_the_most_telling_expectation():
    """A check's kind is derived from what it expects: error, distribution, gradient, reference, or property."""
    seen = []

    def grown(student, _inputs, expect):
        """Grow."""
        y = student.f(np.ones(2))
        for number, add in enumerate(expectations):
            add(f"{number}", y, expect, student)
        seen.append(None)

    def error(label, _y, expect, student):
        with expect.raises(ValueError, label):
            student.f(np.zeros(2))

    def sample(label, _y, expect, _student):
        expect.distribution(label, np.random.default_rng(0).normal(size=(60, 60)), Normal(0, 1))

    expectations = [
        lambda label, y, expect, _: expect.that(y > 0, label),
        lambda label, y, expect, _: expect.reference(label, y),
        lambda label, y, expect, _: expect.gradient(label, y),
        sample,
        error,
    ]
    every = list(expectations)

    def f(x):
        if not x.any():
            raise ValueError("zero")
        return x

    kinds = []
    for count in range(1, 6):
        expectations[:] = every[:count]
        kinds.append(small(grown, right={"f": f}).key.checks[0].kind)
    assert kinds == ["property", "reference", "gradient", "distribution", "error"]


@pytest.mark.parametrize(
    ("f", "status", "words"),
    [
        (same, "failed", "p=1.2 must raise ValueError; it returns as if nothing were wrong."),
        (lambda _: None, "failed", "it returns as if nothing were wrong"),
        (raiser(TypeError("x")), "failed", "p=1.2 must raise ValueError; it raises TypeError."),
        (raiser(Exception("x")), "failed", "it raises Exception"),
        (raiser(ValueError("x")), "passed", ""),
        (raiser(type("Mine", (ValueError,), {})("x")), "passed", ""),
        (raiser(UnicodeError("x")), "passed", ""),
        (raiser(NotImplementedError()), "not_attempted", "not written yet"),
        (raiser(MemoryError()), "memory", "more memory"),
    ],
)
def test_refusal_counts_only_with_the_right_exception(f, status, words):
    """Returning a value or raising another exception does not count as refusing; a subclass of ValueError does."""

    def refusal(student, _inputs, expect):
        """Refuse it."""
        with expect.raises(ValueError, "p=1.2"):
            student.f(1.2)

    found, message = small(refusal, right={"f": raiser(ValueError("p"))}).tell(f=f)
    assert found == status
    assert words in message


def test_check_goes_on_after_a_refusal():
    """Expectations after the block count, too, whether the call was refused or not."""

    def refusal(student, _inputs, expect):
        """Refuse it, and double."""
        with expect.raises(ValueError, "x=0"):
            student.f(0.0)
        expect.reference("y", student.f(1.0))

    def double(x):
        if x == 0:
            raise ValueError("x")
        return 2 * x

    exercise = small(refusal, right={"f": double})
    labels = [each.label for each in exercise.run(f=lambda x: 2 * x).observations]
    assert labels == ["x=0", "y", "(end)"]
    assert isinstance(exercise.run(f=lambda x: 2 * x).failure, NotRefused)
    assert exercise.run(f=lambda x: 3 * double(x)).failure.what == "y"


def test_distribution_is_refused_by_its_statistic():
    """A sample of another distribution fails with the statistic, its value and its range."""

    def coins(student, inputs, expect):
        """Toss coins."""
        expect.distribution("the coins", student.f(inputs.generator()), Bernoulli(0.5))

    exercise = small(coins, right={"f": lambda rng: rng.random((60, 60)) < 0.5})
    run = exercise.run(f=lambda rng: rng.random((60, 60)) < 0.7)
    assert isinstance(run.failure, WrongDistribution)
    assert run.failure.statistic == "share"
    assert run.failure.low < 0.5 < run.failure.high < run.failure.actual
    words = exercise.tell(f=lambda rng: rng.random((60, 60)) < 0.7)[1]
    assert re.match(r"the coins: the share is 0\.[67]\d*, expected 0\.4\d* to 0\.5\d*\.", words)
    assert exercise.tell()[0] == "passed"


def test_recorded_value_is_told_without_being_expected():
    """A follow-through may ask for the reference's value; a different value is then no failure."""
    given = []

    def told(student, _inputs, expect):
        """Return ones."""
        given.append(expect.recorded("y", student.f(np.ones(2))))
        expect.that(True, "It is there.")

    exercise = small(told, right={"f": same})
    given.clear()
    assert exercise.run(f=lambda x: 7 * x).failure is None
    assert given[0] == pytest.approx([1.0, 1.0], rel=1e-11)


def test_values_of_another_shape_than_recorded_are_the_authors_mistake():
    """A check that compares a value without a fixed shape is itself wrong: results have the reference's shapes."""

    def chosen(student, inputs, expect):
        """Be positive."""
        y = student.f(inputs.positive(3))
        expect.reference("the positive ones", y[y > 0])

    with pytest.raises(CheckError, match="compare equal shapes"):
        small(chosen, right={"f": same}).run(f=lambda x: -x)


def test_reference_must_pass_its_own_check():
    """A check that the reference fails is refused when the key is recorded; the message says what failed."""

    def wrong(student, _inputs, expect):
        """Return twos."""
        expect.close("y", student.f(np.ones(2)), 2 * np.ones(2))

    with pytest.raises(CourseError, match=r"does not pass check f\.wrong: y: 2 of 2 elements differ"):
        small(wrong, right={"f": same})


# ---- helpers of follow-throughs


def test_numerical_gradient_is_the_gradient():
    """Central differences agree with a derivative to well within the tolerance policy, for any shape."""
    at = np.random.default_rng(0).normal(size=(2, 3, 1))
    found = numerical_gradient(lambda x: np.sum(np.sin(x) * at), at)
    assert compare("dx", found, np.cos(at) * at, single=False) is None


@pytest.mark.parametrize(
    ("actual", "alike"),
    [
        ([1.0, 2.0, 3.0], True),
        ([-10.0, -20.0, -30.0], True),
        ([1.0, 2.0, 2.0], True),
        ([0.0, 0.0, 0.0], False),
        ([500.0, 1000.0, 1500.0], False),
        ([0.001, 0.002, 0.003], False),
        ([3.0, 0.0, -1.0], False),
        ([np.nan, 2.0, 3.0], False),
    ],
)
def test_result_resembles_the_right_one_in_size_and_direction(actual, alike):
    """A result in the direction of the right one, or against it, with about its size, leaves as much to get right."""
    assert resembles(np.array(actual), np.array([1.0, 2.0, 3.0])) == alike


def test_wrong_values_are_data():
    """Failures are distinguished by their fields, not by their words."""

    def number(student, _inputs, expect):
        """Return one."""
        expect.reference("y", student.f())

    failure = small(number, right={"f": lambda: 1.0}).run(f=lambda: 2.1).failure
    assert isinstance(failure, WrongValues)
    assert (failure.what, failure.count, failure.size, failure.index) == ("y", 1, 1, ())
    assert (failure.actual, failure.expected, failure.tolerance) == pytest.approx((2.1, 1.0, 4e-5), rel=1e-9)
