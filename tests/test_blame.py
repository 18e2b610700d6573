"""The three sentences that say who is to blame, on functions that build on one another: g, then f, then back.

g returns its argument, f returns twice what g returns, and back returns four times its argument, by calling f.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from autograder.authoring import Exercise, handle, numerical_gradient
from autograder.checking import CheckError, Stopped, judge
from autograder.course import CourseError
from tests.small import raiser, record

pytestmark = pytest.mark.unit


def same(x):
    """Be right for g."""
    return x


def double(x):
    """Be right for f."""
    return 2 * x


def triple(x):
    """Be wrong for g and f."""
    return 3 * x


def nothing(x):
    """Return NaN."""
    return x * np.nan


def wrong_elsewhere(x):
    """Be right in every check except g's own."""
    return x if len(x) == 3 else 3 * x


RIGHT = {"g": same, "f": double, "back": lambda x: 4 * x}
followed: list[str] = []  # the follow-throughs that were run, in their order


def course():
    """Return the exercise."""
    exercise = Exercise("small")
    g = exercise.function("g", returns="y")
    f = exercise.function("f", returns="y", needs=[g])
    back = exercise.function("back", returns="dx", needs=[f])

    @g.check(points=1)
    def identity(student, inputs, expect):
        """Return the argument."""
        expect.reference("y", student.g(inputs.normal(4)))

    @f.check(points=1)
    def doubles(student, inputs, expect):
        """Double."""
        expect.reference("y", student.f(inputs.apart(3)))

    @doubles.follow_through
    def doubles_the_own_g(student, inputs, expect):
        followed.append("doubles")
        x = inputs.apart(3)
        own = student.g(x)
        expect.nondegenerate(np.ptp(own) > 0.01)
        expect.provided_right(np.allclose(own, x))
        expect.follows("y", student.f(x), given=[2 * own], repeats=[own + x])

    @f.check(points=1)
    def refuses(student, inputs, expect):
        """Refuse text."""
        with expect.raises(ValueError, "a text"):
            student.f(f"{inputs.below(9)}x")

    @f.check(points=1)
    def keeps_the_sign(student, inputs, expect):
        """Keep the sign; nothing decides this where g is wrong."""
        expect.that(student.f(inputs.positive(3)) > 0, "It must stay positive.")

    @back.check(points=1)
    def quadruples(student, inputs, expect):
        """Be four times the argument."""
        x = inputs.apart(3)
        student.f(x)
        expect.reference("dx", student.back(x))

    @quadruples.follow_through
    def quadruples_the_own_f(student, inputs, expect):
        followed.append("quadruples")
        x = inputs.apart(3)
        expect.follows("dx", student.back(x), given=[2 * student.f(x)])

    return exercise


def refusing(function):
    """Return a function that refuses texts, as f must, and otherwise does what the given one does."""

    def f(x):
        if isinstance(x, str):
            raise ValueError("x")
        return function(x)

    return f


RIGHT["f"] = refusing(double)
SMALL = record(course(), RIGHT)


def statuses(**functions) -> dict[str, str]:
    """Return the status of each check, by the name of its Python function."""
    followed.clear()
    functions = {name: refusing(function) if name == "f" else function for name, function in functions.items()}
    return {name.partition(".")[2]: verdict.status for name, verdict in SMALL.judge(**functions).items()}


PASSED = dict.fromkeys(["identity", "doubles", "refuses", "keeps_the_sign", "quadruples"], "passed")


def test_right_functions_pass_without_a_follow_through():
    """If nothing is wrong, only the checks themselves run."""
    assert statuses() == PASSED
    assert followed == []


def test_check_whose_expectations_hold_is_passed_whatever_else_is_wrong():
    """A right result is right, however wrong the function is that it needs; no follow-through runs for it."""
    for g in (triple, nothing, raiser(ValueError()), raiser(NotImplementedError()), lambda x: x[:2]):
        assert {name for name, status in statuses(g=g).items() if status != "passed"} == {"identity"}
        assert followed == []


def test_wrong_function_is_failed_where_what_it_needs_is_right():
    """If there is no other function to blame, there is no follow-through, and the check is failed."""
    assert statuses(f=triple) == PASSED | {"doubles": "failed"}
    assert followed == []


@pytest.mark.parametrize(
    ("f", "g", "status"),
    [
        (lambda x: 6 * x, triple, "passed"),
        (lambda x: 6 * x + 1e-9, triple, "passed"),
        (lambda x: 4 * x, triple, "passed"),  # own + x: it repeats what g does
        (lambda x: 5 * x, triple, "skipped"),  # it may be right for a right g
        (lambda x: 6 * x[:2], triple, "skipped"),
        (raiser(KeyError("k")), triple, "skipped"),
        (lambda x: 5 * x, wrong_elsewhere, "failed"),  # g is right here, and f is not
        (raiser(KeyError("k")), wrong_elsewhere, "error"),
        (lambda x: 5 * x, np.ones_like, "skipped"),  # a constant leaves nothing to get right
        (lambda x: 2.0 * np.ones_like(x), np.ones_like, "skipped"),
        (lambda x: 5 * x, raiser(ValueError()), "skipped"),
        (lambda x: 5 * x, lambda x: x[:2], "skipped"),
        (lambda x: 5 * x, nothing, "skipped"),
        (nothing, nothing, "skipped"),
        (lambda x: 0 * x, lambda x: 0 * x, "skipped"),
        (lambda x: 5 * x, raiser(NotImplementedError()), "skipped"),
        (raiser(NotImplementedError()), triple, "not_attempted"),
    ],
)
def test_follow_through_decides_where_a_needed_function_is_wrong(f, g, status):
    """Right for the own wrong g is passed, wrong for a right g is failed, and anything undecided is skipped."""
    assert statuses(f=f, g=g)["doubles"] == status


def test_follow_through_pays_and_names_whom_to_fix():
    """The verdict of a follow-through names the function to fix, and says if both have to change."""
    verdict = SMALL.judge(g=triple, f=refusing(lambda x: 6 * x))["f.doubles"]
    assert (verdict.status, verdict.fix_first, verdict.repeats) == ("passed", "g", False)
    assert SMALL.tell("f.doubles", g=triple, f=refusing(lambda x: 6 * x))[1].startswith("Follows from your own g; fix")
    verdict = SMALL.judge(g=triple, f=refusing(lambda x: 4 * x))["f.doubles"]
    assert (verdict.status, verdict.fix_first, verdict.repeats) == ("passed", "g", True)


@pytest.mark.parametrize("g", [np.zeros_like, lambda x: np.where(x > 0, np.nan, x)])
def test_zeros_and_what_is_not_finite_are_no_answer(g):
    """An answer of only zeros, or with NaN, is never counted as following from another function."""
    verdicts = SMALL.judge(g=g, f=refusing(lambda x: 2 * g(x)))
    assert verdicts["f.doubles"].status != "passed"
    assert verdicts["back.quadruples"].status != "failed"


def test_check_without_a_follow_through_is_skipped():
    """If a needed function is wrong and nothing decides, the check names the function to fix first."""
    found = statuses(g=triple, f=lambda x: -x)
    assert found["keeps_the_sign"] == "skipped"
    assert SMALL.tell("f.keeps_the_sign", g=triple, f=refusing(np.negative))[1] == (
        "Skipped: fix g first, which this check needs.\nIt must stay positive."
    )


def test_needs_of_needs_are_blamed_in_their_order():
    """The function to fix first is the one that goes wrong first, also if another one is built on it."""
    verdicts = SMALL.judge(g=triple, f=refusing(lambda x: 6 * x), back=lambda x: 12 * x)
    assert [verdict.status for verdict in verdicts.values()] == ["failed", "passed", "passed", "passed", "passed"]
    assert verdicts["back.quadruples"].fix_first == "g"
    verdicts = SMALL.judge(f=refusing(triple), back=lambda x: 6 * x)
    assert (verdicts["back.quadruples"].status, verdicts["back.quadruples"].fix_first) == ("passed", "f")
    verdicts = SMALL.judge(f=refusing(triple), back=lambda x: 7 * x)
    assert (verdicts["back.quadruples"].status, verdicts["back.quadruples"].fix_first) == ("skipped", "f")


def test_skipped_check_counts_as_lost_for_what_is_built_on_it():
    """A function whose check is skipped is not known to be right, and a function that follows from it is passed."""
    wrong = {"g": np.ones_like, "f": refusing(lambda x: 5 * x), "back": lambda x: 10 * x}
    verdicts = SMALL.judge(**wrong)
    assert (verdicts["f.doubles"].status, verdicts["f.doubles"].fix_first) == ("skipped", "g")
    assert (verdicts["back.quadruples"].status, verdicts["back.quadruples"].fix_first) == ("passed", "g")
    assert SMALL.judge(**wrong | {"back": lambda x: 11 * x})["back.quadruples"].status == "skipped"


def test_failure_that_hits_in_another_functions_check_alone_is_no_excuse():
    """A function that is right in its own checks, and fails only when f calls it, is named, and f is failed."""

    def picky(x):
        return x if np.abs(x).max() < 1.9 else x[:1]

    exercise = Exercise("small")
    g = exercise.function("g", returns="y")
    f = exercise.function("f", returns="y", needs=[g])

    @g.check(points=1)
    def identity(student, inputs, expect):
        """Return the argument."""
        expect.reference("y", student.g(inputs.uniform(3)))

    @f.check(points=1)
    def doubles_g(student, inputs, expect):
        """Double what g gives."""
        expect.reference("y", student.f(student.g(5 + inputs.uniform(3))))

    found = record(exercise, {"g": same, "f": double})
    assert found.judge(g=picky)["g.identity"].status == "passed"
    assert found.tell("f.doubles_g", g=picky) == ("failed", "This check needs g. y has shape (1,), expected (3,).")
    assert found.tell("f.doubles_g", g=triple)[0] == "skipped"


@pytest.mark.parametrize(("kind", "told"), [("timeout", "timeout"), ("crash", "crash")])
def test_own_process_that_ends_is_told_in_any_case(kind, told):
    """A function that stops its process in its own check is reported, also if a function that it needs is wrong."""
    runs = {}
    for check in SMALL.key.checks:
        run = SMALL.run(check.id, g=triple)
        if check.id == "f.doubles":
            run = replace(run, failure=Stopped(function="f", kind=kind, detail=""), function="f")
        runs[check.id] = run
    verdicts = judge(SMALL.exercise, runs, lambda _: pytest.fail("a follow-through was run"))
    assert verdicts["f.doubles"].status == told
    assert verdicts["back.quadruples"].status == "passed"


def test_checks_may_need_other_checks_of_their_own_function():
    """If a function has two results, the second one may be right for the student's own first one."""
    exercise = Exercise("small")
    f = exercise.function("f", returns=("loss", "dx"))

    @f.check(points=1)
    def loss(student, inputs, expect):
        """Give the sum of squares."""
        expect.reference("loss", student.f(inputs.apart(3))[0])

    @f.check(points=1, needs=[loss])
    def gradient(student, inputs, expect):
        """Give its gradient."""
        expect.gradient("dx", student.f(inputs.apart(3))[1])

    @gradient.follow_through
    def gradient_of_the_own_loss(student, inputs, expect):
        x = inputs.apart(3)
        own = numerical_gradient(lambda at: student.f(at)[0], x)
        expect.follows("dx", student.f(x)[1], given=[own])

    found = record(exercise, {"f": lambda x: (np.sum(x**2), 2 * x)})

    def verdicts(f):
        return [verdict.status for verdict in found.judge(f=f).values()]

    assert verdicts(lambda x: (np.sum(x**2), 2 * x)) == ["passed", "passed"]
    assert verdicts(lambda x: (np.sum(x**2) / 2, x)) == ["failed", "passed"]
    assert verdicts(lambda x: (np.sum(x**2) / 2, 1.001 * x)) == ["failed", "failed"]
    assert verdicts(lambda x: (np.sum(x**2) / 2, 2 * x)) == ["failed", "passed"]
    assert verdicts(lambda x: (np.sum(x**2), x)) == ["passed", "failed"]
    assert verdicts(lambda _: (7.0, np.zeros(3))) == ["failed", "failed"]
    message = found.tell("f.gradient", f=lambda x: (np.sum(x**2) / 2, x))[1]
    assert message == "Correct for what the rest of your own f gives; fix that."


def test_function_is_not_excused_by_its_own_other_check():
    """If a check needs another check of its own function, and nothing decides, no other function is blamed."""
    exercise = Exercise("small")
    f = exercise.function("f", returns=("loss", "dx"))

    @f.check(points=1)
    def loss(student, inputs, expect):
        """Give the sum of squares."""
        expect.reference("loss", student.f(inputs.apart(3))[0])

    @f.check(points=1, needs=[loss])
    def gradient(student, inputs, expect):
        """Give its gradient."""
        expect.gradient("dx", student.f(inputs.apart(3))[1])

    @f.check(points=1, needs=[loss])
    def undecided(student, inputs, expect):
        """Give its gradient again."""
        expect.gradient("dx", student.f(inputs.apart(2))[1])

    @undecided.follow_through
    def never(student, inputs, expect):
        value, _ = student.f(inputs.apart(2))
        expect.nondegenerate(value > 0)
        expect.that(True, "It is positive.")

    found = record(exercise, {"f": lambda x: (np.sum(x**2), 2 * x)})
    verdicts = found.judge(f=lambda x: (-np.sum(x**2), x))
    assert {name: (verdict.status, verdict.fix_first) for name, verdict in verdicts.items()} == {
        "f.loss": ("failed", ""),
        "f.gradient": ("failed", ""),
        "f.undecided": ("failed", ""),
    }


def test_function_that_was_not_checked_is_not_blamed():
    """If only some checks run, functions whose checks did not run have lost nothing."""
    runs = {"f.doubles": SMALL.run("f.doubles", g=triple, f=refusing(lambda x: 6 * x))}
    verdicts = judge(SMALL.exercise, runs, lambda _: pytest.fail("a follow-through was run"))
    assert {name: verdict.status for name, verdict in verdicts.items()} == {"f.doubles": "failed"}


def test_mistake_in_a_follow_through_is_the_authors():
    """A follow-through whose own code fails is an error of the course, and a check has one follow-through at most."""
    exercise = Exercise("small")
    g = exercise.function("g", returns="y")
    f = exercise.function("f", returns="y", needs=[g])

    @g.check(points=1)
    def identity(student, inputs, expect):
        """Return the argument."""
        expect.reference("y", student.g(inputs.positive(3)))

    @f.check(points=1)
    def doubles(student, inputs, expect):
        """Double."""
        expect.reference("y", student.f(inputs.positive(3)))

    @doubles.follow_through
    def of_the_own_g(student, inputs, expect):
        y = student.g(inputs.positive(3))
        assert (y > 0).all()
        expect.follows("y", 2 * y, given=[2 * y])

    found = record(exercise, {"g": same, "f": double})
    with pytest.raises(CourseError, match=r"check f\.doubles fails .*AssertionError") as caught:
        found.judge(g=np.negative, f=triple)
    assert isinstance(caught.value.__cause__, CheckError)
    with pytest.raises(CourseError, match="has a follow-through already"):
        doubles.follow_through(of_the_own_g)


def test_follow_through_must_find_the_reference_worth_following():
    """A follow-through that always calls the reference degenerate would never decide anything, and is refused."""
    exercise = Exercise("small")
    f = exercise.function("f", returns="y")

    @f.check(points=1)
    def doubles(student, inputs, expect):
        """Double."""
        expect.reference("y", student.f(inputs.positive(3)))

    @doubles.follow_through
    def never(student, inputs, expect):
        expect.nondegenerate(student.f(inputs.positive(3)) < 0)

    with pytest.raises(CourseError, match=r"f\.doubles, its follow-through, finds the reference degenerate"):
        record(exercise, {"f": double})


def test_numbers_that_leave_nothing_to_get_right_are_drawn_again():
    """If a follow-through finds the reference degenerate by chance, its check draws other numbers."""
    exercise = Exercise("small")
    f = exercise.function("f", returns="y")
    drawn = []

    @f.check(points=1)
    def doubles(student, inputs, expect):
        """Double."""
        expect.reference("y", student.f(inputs.positive(3)))

    @doubles.follow_through
    def by_chance(student, inputs, expect):
        y = student.f(inputs.positive(3))
        drawn.append(y)
        expect.nondegenerate(len(drawn) > 2)
        expect.follows("y", y, given=[y])

    found = record(exercise, {"f": double})
    assert len(drawn) == 3
    assert len(np.unique(drawn)) == 9
    assert found.judge()["f.doubles"].status == "passed"


def course_of_several_cases():
    """Return an exercise with a follow-through of several cases: g doubles, back multiplies by what g did."""
    exercise = Exercise("small")
    g = exercise.function("g", returns=("y", handle("cache")))
    back = exercise.function("back", returns="dx", needs=[g])
    sizes = (1, 3, 2)

    @g.check(points=1)
    def doubles(student, inputs, expect):
        """Double."""
        for size in sizes:
            expect.reference(f"y of {size}", student.g(inputs.apart(size))[0])

    @back.check(points=1)
    def slope(student, inputs, expect):
        """Double dy."""
        for size in sizes:
            expect.gradient(f"dx of {size}", student.back(inputs.apart(size), student.g(inputs.apart(size))[1]))

    @slope.follow_through
    def own_slope(student, inputs, expect):
        pairs = []
        for size in sizes:
            x, dy = inputs.apart(size), inputs.apart(size)
            y, cache = student.going_on.g(x)
            dx = student.going_on.back(dy, cache)
            if expect.usable(y, dx):
                pairs.append((dx, dy * y / x))
        expect.nondegenerate(len(pairs) > 1)
        found, right = map(np.concatenate, zip(*pairs, strict=True))
        expect.follows("dx of all", found, given=[right])

    return exercise


def times(dy, cache):
    """Be right for back."""
    return cache * dy


def raises_for_single_numbers(x):
    """Be wrong for g."""
    if x.size == 1:
        raise ValueError("x")
    return 3 * x, 3.0


SEVERAL = record(course_of_several_cases(), {"g": lambda x: (2 * x, 2.0), "back": times})


@pytest.mark.parametrize(
    ("g", "back", "status"),
    [
        (lambda x: (x, 2.0), times, "passed"),
        (lambda x: (x * 3, 3.0), times, "passed"),
        (lambda x: (x * 3, 3.0), lambda dy, cache: cache * dy + 1, "skipped"),
        (raises_for_single_numbers, times, "passed"),  # what can be asked follows
        (raises_for_single_numbers, lambda dy, cache: cache * dy + 1, "skipped"),
        (lambda x: (x * (3 if x.size > 1 else np.nan), 3.0), times, "passed"),
        (lambda x: (x[:0], 3.0), times, "skipped"),  # nothing can be asked
    ],
)
def test_follow_through_may_go_on_after_calls_that_fail(g, back, status):
    """A function that raises, or returns another shape, ends only one case."""
    assert SEVERAL.judge(g=g, back=back)["back.slope"].status == status


def test_call_with_an_output_that_is_not_usable_is_not_made():
    """Calls that depend on a failed call are counted, but not made."""
    asked = []

    def noted(dy, cache):
        asked.append(dy.size)
        return times(dy, cache)

    assert SEVERAL.judge(g=raises_for_single_numbers, back=noted)["back.slope"].status == "passed"
    assert asked == [3, 2]
