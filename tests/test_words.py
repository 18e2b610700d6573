"""Messages: fact, expected, place; hidden checks show nothing that could carry inputs; all are short and harmless."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from autograder.checking import Verdict, explain, plain
from autograder.checking.failures import (
    BrokenProperty,
    Failure,
    NotFinite,
    NotRefused,
    NotWritten,
    RaisedError,
    Stopped,
    Undefined,
    WrongCount,
    WrongDistribution,
    WrongForm,
    WrongShape,
    WrongValues,
)
from autograder.checking.words import MAX_LINES, MAX_WIDTH
from autograder.wire import Malformed, SourceLine
from tests.small import raiser, small

pytestmark = pytest.mark.unit

SECRET = 31415  # stands for an input of a hidden check: as a value, in a text, a name, a shape or a count
LINES = (SourceLine(3, "f", "return helper(x)"), SourceLine(7, f"helper{SECRET}", "raise ValueError(x)"))
PROBLEMS = ["nothing", "count", "mapping", "keys", "list", "text", "complex", "ragged", "object", "huge"]
FAILURES: list[Failure] = [
    Undefined(function="f", found=f"a value of type Leak{SECRET}"),
    RaisedError(
        function="f",
        label="",
        name=f"Leak{SECRET}",
        known="KeyError",
        ancestry=(f"Leak{SECRET}", "KeyError"),
        text=f"x is {SECRET}",
        lines=LINES,
    ),
    WrongShape(output="y", label="", actual=(SECRET, 3), expected=(2, 3)),
    WrongShape(output="y", label="", actual=(1,) * 30, expected=(2, 3)),
    WrongCount(output="batches", label="", actual=SECRET, expected=4),
    WrongDistribution(what="W", statistic="mean", actual=float(SECRET), low=-1.0, high=1.0),
    WrongValues(what="y", count=3, size=6, index=(1, 0), actual=float(SECRET), expected=2.5, tolerance=1e-6),
    NotFinite(output="y", label="", count=1, size=1, index=(), value=np.inf, given=(("x", float(SECRET)),)),
    *(
        WrongForm(output="y", label="", malformed=Malformed(problem, f"Leak{SECRET}"), expected="(y, z)")
        for problem in PROBLEMS
    ),
]


def told(failure: Failure, visibility: str, *, status: str = "failed", function: str = "f", **verdict: object) -> str:
    """Return what is said of a failure in a check of f."""
    found = Verdict(status=status, failure=failure, function=function, **verdict)
    return explain(found, "f", visibility, "f(x, eps=1e-05)")


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_hidden_check_echoes_nothing(failure):
    """A hidden check's message has no values, texts, names, shapes or counts that a student's code made."""
    said = told(failure, "hidden")
    assert said
    assert str(SECRET) not in said
    assert "Leak" not in said
    assert "1, 1, 1" not in said


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_public_check_says_more(failure):
    """A public check says what a hidden one keeps back."""
    assert told(failure, "public") != told(failure, "hidden") or "is None" in told(failure, "hidden")


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (Undefined(function="f", found=""), "f is not defined in the file. Expected: def f(x, eps=1e-05)"),
        (Undefined(function="f", found="a module"), "f is a module, not a function. Expected: def f(x, eps=1e-05)"),
        (NotWritten(function="f"), "f is not written yet (it raises NotImplementedError)."),
        (
            Stopped(function="f", kind="timeout", detail="secret"),
            "The call of f took longer than is allowed (perhaps a loop does not end).",
        ),
        (
            Stopped(function="f", kind="protocol", detail=""),
            "The call of f interfered with the grader's connection to it.",
        ),
        (
            NotRefused(argument="p=1.2", error="ValueError", raised=""),
            "p=1.2 must raise ValueError; it returns as if nothing were wrong.",
        ),
        (BrokenProperty(sentence="It must be positive."), "It must be positive."),
        (WrongShape(output="y", label="N=3", actual=(3, 1), expected=(3,)), "y (N=3) has shape (3, 1), expected (3,)."),
        (
            WrongShape(output="y", label="", actual=(2,), expected=(3,), item=1),
            "y (item 1 of the list) has shape (2,), expected (3,).",
        ),
        (WrongCount(output="b", label="N=3", actual=2, expected=4), "b (N=3): 2 items, expected 4."),
        (NotFinite(output="y", label="", count=1, size=1, index=(), value=np.nan), "y is nan, expected a number."),
        (
            NotFinite(output="y", label="N=3", count=1, size=6, index=(0, 1), value=-np.inf),
            "y (N=3): 1 of 6 elements is not finite; the first, at (0, 1), is -inf, expected a number.",
        ),
        (
            WrongValues(
                what="x after 1", count=5, size=6, index=(1, 0), actual=-1.823431, expected=-1.826041, tolerance=4e-6
            ),
            "x after 1: 5 of 6 elements differ; worst at (1, 0): got -1.82343, expected -1.82604 (tolerance 4e-06).",
        ),
        (
            WrongValues(what="y", count=1, size=6, index=(3,), actual=1.0, expected=2.0, tolerance=1e-6),
            "y: 1 of 6 elements differs; at 3: got 1, expected 2 (tolerance 1e-06).",
        ),
        (
            WrongValues(what="x", count=1, size=1, index=(0, 0), actual=1.0, expected=2.0, tolerance=1e-6),
            "x at (0, 0): got 1, expected 2 (tolerance 1e-06).",
        ),
        (
            WrongValues(what="the loss", count=1, size=1, index=(), actual=1.0, expected=2.0, tolerance=1e-6),
            "the loss: got 1, expected 2 (tolerance 1e-06).",
        ),
        (
            WrongValues(
                what="stop_epoch", count=1, size=1, index=(), actual=3.0, expected=5.0, tolerance=1e-5, whole=True
            ),
            "stop_epoch: got 3, expected 5.",
        ),
        (
            NotFinite(
                output="y", label="", count=1, size=6, index=(2,), value=np.nan, given=(("x", -800.0), ("dy", 0.5))
            ),
            (
                "y: 1 of 6 elements is not finite; the first, at 2, where x is -800 and dy is 0.5, is nan, "
                "expected a number."
            ),
        ),
        (
            NotFinite(output="y", label="", count=1, size=1, index=(), value=np.inf, given=(("p", 1.0),)),
            "y is inf, expected a number; p is 1.",
        ),
        (
            WrongDistribution(what="W", statistic="share", actual=0.7, low=0.2, high=0.4, instead="1 - p"),
            "W: the share is 0.7, expected 0.2 to 0.4. It is that of 1 - p.",
        ),
        (
            WrongDistribution(what="W", statistic="mean", actual=0.51, low=-0.1, high=0.1),
            "W: the mean is 0.51, expected -0.1 to 0.1.",
        ),
        (
            WrongDistribution(what="W", statistic="distance", actual=0.0, low=1e-7, high=np.inf),
            "W: the distance is 0, expected at least 1e-07.",
        ),
        (
            FAILURES[1],
            (
                f"f raises Leak{SECRET}: x is {SECRET}\n  line 3, in f: return helper(x)\n"
                f"  line 7, in helper{SECRET}: raise ValueError(x)"
            ),
        ),
    ],
)
def test_public_message_is_fact_expected_place(failure, words):
    """A public check's message says what is, what should be, where, and what is allowed."""
    assert told(failure, "public") == words


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (FAILURES[0], "f is something else, not a function. Expected: def f(x, eps=1e-05)"),
        (FAILURES[1], "f raises KeyError\n  line 7: raise ValueError(x)"),
        (FAILURES[2], "y has another shape, expected (2, 3)."),
        (WrongShape(output="y", label="N=7", actual=(7, 1), expected=(7,)), "y (N=7) has shape (7, 1), expected (7,)."),
        (FAILURES[4], "batches: more items than the 4 expected."),
        (FAILURES[5], "W: the mean is not what the distribution asks for."),
        (FAILURES[6], "y: 3 of 6 elements differ; worst at (1, 0)."),
    ],
)
def test_hidden_message_says_what_and_where(failure, words):
    """A hidden check says what kind of failure it is and where, so that a student can look for it."""
    assert told(failure, "hidden") == words


def test_innermost_line_that_says_something_is_told_of_a_hidden_check():
    """Blank lines and comments, with which a traceback could spell out a number, are skipped."""
    lines = (
        SourceLine(1, "f", "return g(x)"),
        SourceLine(2, "f", "# 7"),
        SourceLine(3, "f", ""),
    )
    said = told(dataclasses.replace(FAILURES[1], lines=lines), "hidden")
    assert said == "f raises KeyError\n  line 1: return g(x)"


def test_exception_is_named_by_pythons_own_class():
    """A hidden check names a student's exception class by the nearest class of Python's own."""

    def called(student, inputs, expect):
        """Return the argument."""
        expect.reference("y", student.f(inputs.normal(3)))

    leak = type("Leak42", (type("Leak43", (KeyError,), {}),), {})("secret")
    messages = [
        small(called, right={"f": lambda x: x}, visibility=visibility).tell(f=raiser(leak))[1]
        for visibility in ("hidden", "public")
    ]
    assert messages[0] == "f raises KeyError"
    assert messages[1] == "f raises Leak42: 'secret'"


@pytest.mark.parametrize("visibility", ["public", "hidden"])
def test_hidden_checks_show_no_values(visibility):
    """Only messages of public checks have values and texts of exceptions."""

    def secret(student, _inputs, expect):
        """Return the secret."""
        expect.close("y", student.f(np.full(3, SECRET + 0.5)), np.full(3, SECRET + 0.5))

    exercise = small(secret, right={"f": lambda x: x}, visibility=visibility)
    for f in (lambda x: x / 2, raiser(ValueError(f"the answer is {SECRET}"))):
        assert (str(SECRET) in exercise.tell(f=f)[1]) == (visibility == "public")


def test_message_is_plain_and_short():
    """Control characters can't reach a terminal, and a message has at most eight lines of bounded length."""
    text = plain("\x1b[31mred\x07\u202e\n" * 20 + "x" * 1000)
    assert not [sign for sign in text if not sign.isprintable() and sign != "\n"]
    assert len(text.splitlines()) == MAX_LINES == 8
    assert len(plain("x" * 1000)) < MAX_WIDTH + 5
    failure = dataclasses.replace(FAILURES[1], text="a\n" * 50, name="\x1b[31m")
    said = told(failure, "public")
    assert len(said.splitlines()) <= MAX_LINES
    assert "\x1b" not in said


# ---- what a student reads of the three sentences


def test_passed_check_says_nothing():
    """A check that is passed by itself has no message."""
    assert explain(Verdict(status="passed"), "f", "public", "") == ""


@pytest.mark.parametrize("visibility", ["public", "hidden"])
def test_blame_is_told_in_three_sentences(visibility):
    """A student reads which function to fix: the other one, both, the other one first, or the failing one."""
    wrong = BrokenProperty(sentence="It must be positive.")
    assert told(wrong, visibility, status="passed", fix_first="g") == (
        "Follows from your own g; fix that one. Where f computes the same thing again instead of taking it from there, "
        "both have to change."
    )
    assert (
        told(wrong, visibility, status="passed", fix_first="g", repeats=True)
        == "Correct for your own g, whose mistake f repeats: both have to change."
    )
    assert told(wrong, visibility, status="passed", fix_first="f") == (
        "Correct for what the rest of your own f gives; fix that."
    )
    assert (
        told(wrong, visibility, status="skipped", fix_first="g")
        == "Skipped: fix g first, which this check needs.\nIt must be positive."
    )
    assert told(wrong, visibility) == "It must be positive."
    assert told(NotWritten(function="g"), visibility, function="g").startswith("This check needs g. g is not written")
