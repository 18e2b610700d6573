"""Calls that checks make to a student's functions: what arrives there, what comes back, and who is told what."""

from __future__ import annotations

import time

import numpy as np
import pytest

from autograder.authoring import arrays, handle, mapping, strided, tuples, word
from autograder.checking import CheckError, InProcessStudent, Watchdog
from autograder.checking.failures import NotWritten, Stopped, WrongShape, status_of
from autograder.checking.student import MAX_QUESTIONS
from autograder.wire import Fault, Handle
from tests.small import raiser, small

pytestmark = pytest.mark.unit


def identity(student, inputs, expect):
    """Return its argument."""
    expect.reference("y", student.f(inputs.normal(3)))


def right(x):
    """Be right for `identity`."""
    return x


IDENTITY = small(identity, right={"f": right})


# ---- what comes back


@pytest.mark.parametrize(
    ("f", "status", "words"),
    [
        (lambda x: x + 1e-3, "failed", "y: 3 of 3 elements differ; worst at "),
        (lambda x: x + np.array([0, 1, 0]), "failed", "y: 1 of 3 elements differs; at 1: got "),
        (lambda x: x[:2], "failed", "y has shape (2,), expected (3,)."),
        (lambda x: x[:, None], "failed", "y has shape (3, 1), expected (3,)."),
        (lambda x: x[None], "failed", "y has shape (1, 3), expected (3,)."),
        (lambda x: x[0], "failed", "y has shape (), expected (3,)."),
        (
            lambda x: x * [1, np.nan, np.nan],
            "failed",
            "y: 2 of 3 elements are not finite; the first, at 1, where x is 1.269, is nan",
        ),
        (lambda x: x / 0, "failed", "y: 3 of 3 elements are not finite"),
        (lambda _: None, "failed", "y is None: is a `return` missing? Expected: y."),
        (lambda _: "text", "failed", "expected numbers"),
        (lambda _: [[1.0], [2.0, 3.0]], "failed", "expected numbers"),
        (lambda x: x + 0j, "failed", "complex numbers of shape (3,), expected numbers"),
        (lambda x: (x, x), "failed", "y has shape (2, 3), expected (3,)."),
        (lambda _: np.broadcast_to(0.0, (10**5, 10**5)), "failed", "far more than the answer holds"),
        (raiser(KeyError("v")), "error", "f raises KeyError: 'v'"),
        (raiser(MemoryError()), "memory", "needs more memory than is allowed"),
        (raiser(RecursionError()), "error", "f raises RecursionError"),
        (raiser(SystemExit()), "error", "f raises SystemExit"),
        (raiser(NotImplementedError()), "not_attempted", "f is not written yet"),
        (lambda: 1.0, "error", "The call itself failed"),
        (right, "passed", ""),
        (lambda x: x + 1e-9, "passed", ""),
        (lambda x: [float(value) for value in x], "passed", ""),
        (lambda x: x.astype(np.float32), "passed", ""),
        (lambda x: np.array(x, object), "passed", ""),
        (lambda x: np.repeat(x, 2)[::2], "passed", ""),
    ],
)
def test_first_rung_that_fails_is_the_verdict(f, status, words):
    """Missing, malformed, misshapen, infinite and wrong values each have their status and words; right ones pass."""
    found, message = IDENTITY.tell(f=f)
    assert found == status
    assert words in message


@pytest.mark.parametrize(
    ("f", "status", "words"),
    [
        (None, "not_attempted", "f is not defined in the file. Expected: def f(x)"),
        (7, "failed", "f is a value of type int, not a function. Expected: def f(x)"),
        (np.zeros(2), "failed", "f is an array of float64 and shape (2,), not a function"),
    ],
)
def test_missing_function_is_not_attempted(f, status, words):
    """A function that is missing from the file is not attempted; something else with its name fails."""
    found, message = IDENTITY.tell(f=f)
    assert found == status
    assert words in message


class Stopping:
    """A student whose process gives no answer."""

    def __init__(self, kind, stopped=()):
        self.stopped = {name: Fault(kind, "") for name in stopped}
        self.called = []
        self._kind = kind

    def call(self, call, _answer):
        """Count the call."""
        self.called.append(call.function)
        return Fault(self._kind, "")


@pytest.mark.parametrize(
    ("kind", "status"), [("timeout", "timeout"), ("memory", "memory"), ("crash", "crash"), ("protocol", "crash")]
)
def test_process_that_gives_no_answer_has_its_status(kind, status):
    """Each fault of a process has a status of the closed set, and is reported to the code that replaces the process."""
    run = IDENTITY.run_on(Stopping(kind))
    assert run.failure == Stopped(function="f", kind=kind, detail="")
    assert status_of(run.failure) == status
    assert run.fault == Fault(kind, "")


def test_call_that_falls_short_ends_the_check():
    """After a call without a sound result the check ends: its code never sees a surprising type or shape."""
    reached = []

    def second_call(student, inputs, expect):
        """Add up."""
        y = student.f(inputs.normal(3))
        reached.append(y.shape)
        expect.reference("sum", student.g(y).sum())

    exercise = small(second_call, right={"f": right, "g": right})
    reached.clear()
    for f in (lambda x: x[:2], lambda _: None, lambda _: "text", raiser(ValueError()), None):
        assert exercise.run(f=f).failure is not None
    assert reached == []
    assert exercise.run().failure is None
    assert reached == [(3,)]


PAIR = {"f": ("y", "dx")}


def second_alone(student, inputs, expect):
    """Double in the second place."""
    _, dx = student.f(inputs.normal(3))
    expect.reference("dx", dx)


@pytest.mark.parametrize("first", [lambda x: x[:2], lambda _: None, lambda _: "text", lambda x: x * np.nan])
def test_output_that_nobody_uses_may_fall_short(first):
    """A check of one output fails if that output is missing, but not because of another output."""
    exercise = small(second_alone, right={"f": lambda x: (x, 2 * x)}, returns=PAIR)
    assert exercise.tell(f=lambda x: (first(x), 2 * x)) == ("passed", "")
    assert exercise.tell(f=lambda x: (first(x), 3 * x))[0] == "failed"
    assert "came back where (y, dx) is expected" in exercise.tell(f=lambda x: 2 * x[:1])[1]


USES = {
    "adds": lambda y: y + 1,
    "adds to": lambda y: np.ones(3) + y,
    "multiplies": lambda y: np.eye(3) @ y,
    "compares": lambda y: (y > 0) & (y < 1),
    "asks for its shape": lambda y: y.shape,
    "asks for its sum": lambda y: y.sum(),
    "sums": np.sum,
    "stacks": lambda y: np.stack([np.ones(3), y]),
    "takes an element": lambda y: y[0],
    "changes an element": lambda y: y.__setitem__(0, 1.0),
    "loops": list,
    "asks for its length": len,
    "looks for a number": lambda y: 3.0 in y,
    "decides": bool,
    "makes a number": float,
    "makes a whole number": int,
    "makes an index": range,
    "rounds": round,
    "sorts": sorted,
    "puts it into a set": lambda y: {y},
    "makes an array": np.asarray,
}


@pytest.mark.parametrize("use", USES.values(), ids=list(USES))
def test_output_that_falls_short_ends_a_check_that_computes_with_it(use):
    """Whatever a check does with an unsound output, it ends with that output's failure, not with an error."""
    reached = []

    def computes(student, _inputs, expect):
        """Return zeros."""
        y = student.f()
        if reached:
            use(y)
            reached.append("behind")
        expect.reference("y", y)

    exercise = small(computes, right={"f": lambda: np.zeros(3)})
    reached.append("begun")
    run = exercise.run(f=lambda: None)
    assert (reached, run.function) == (["begun"], "f")
    assert exercise.tell(f=lambda: None)[1] == "y is None: is a `return` missing? Expected: y."
    assert [each.label for each in run.observations] == ["(end)"]


def test_expectation_of_what_falls_short_fails_and_the_others_are_looked_at():
    """Expecting something of an incomplete output fails; later expectations of other outputs are still recorded."""

    def both(student, inputs, expect):
        """Give the values, and twice the values."""
        y, dx = student.at("N=3").f(inputs.normal(3))
        expect.reference("y", y)
        expect.reference("dx", dx)

    exercise = small(both, right={"f": lambda x: (x, 2 * x)}, returns=PAIR)
    run = exercise.run(f=lambda x: (x[:2], 2 * x))
    assert run.failure == WrongShape(output="y", label="N=3", actual=(2,), expected=(3,))
    assert [(each.label, each.failure is None) for each in run.observations] == [
        ("y", False),
        ("dx", True),
        ("(end)", True),
    ]


def test_output_that_falls_short_is_not_passed_on():
    """A call that needs the result of a failed call is not made, and the earlier call is to blame."""
    called = []

    def hands_on(student, inputs, expect):
        """Double what g gives."""
        expect.reference("y", student.f(student.g(inputs.normal(3))))

    def f(x):
        called.append(x)
        return 2 * x

    exercise = small(hands_on, right={"f": f, "g": right})
    called.clear()
    assert exercise.run(g=lambda _: None).function == "g"
    assert called == []


def test_failure_is_of_the_function_that_was_called():
    """If a check of f is ended by a call of another function, its message says that it needs that function."""

    def of_f(student, inputs, expect):
        """Double what g gives."""
        expect.reference("y", student.f(student.g(inputs.normal(3))))

    exercise = small(of_f, right={"f": lambda x: 2 * x, "g": right})
    run = exercise.run(g=lambda x: x[:2])
    assert (run.function, run.failure) == ("g", WrongShape(output="y", label="", actual=(2,), expected=(3,)))
    assert exercise.tell(g=raiser(NotImplementedError())) == (
        "not_attempted",
        "This check needs g. g is not written yet (it raises NotImplementedError).",
    )
    assert exercise.run(g=raiser(NotImplementedError())).failure == NotWritten(function="g")
    assert exercise.run(f=lambda x: x[:2]).function == "f"


def test_label_of_a_call_says_where_it_failed():
    """A message about a call with a label shows the label; functions called without one are unchanged."""

    def steps(student, inputs, expect):
        """Return its argument, step by step."""
        for step in (1, 2):
            expect.reference(f"y of step {step}", student.at(f"step {step}").f(inputs.normal(step)))
        expect.reference("y at last", student.f(inputs.normal(3)))

    exercise = small(steps, right={"f": right})

    def fails_at(size, result):
        return lambda x: result if x.size == size else x

    assert exercise.tell(f=fails_at(2, None))[1].startswith("y (step 2) is None")
    assert exercise.tell(f=fails_at(2, np.zeros(3)))[1] == "y (step 2) has shape (3,), expected (2,)."
    assert exercise.tell(f=fails_at(3, None))[1].startswith("y is None")


FORMS = {"f": arrays("batches"), "g": ("y", mapping("running", "mean", "var"), handle("cache")), "h": ("a", "b"),
         "bags": tuples("bags", "indices", "rest"), "told": word("told", "good", "bad")}  # fmt: skip
RIGHT_FORMS = {
    "f": lambda: [np.arange(2), np.arange(2.0, 4.0)],
    "g": lambda: (0, {"mean": 1.0, "var": np.ones((2, 1), np.float32)}, "cache"),
    "h": lambda: (1, True),
    "bags": lambda: [(np.arange(2), [0.0]), ([1, 1], [])],
    "told": lambda: "bad",
}


def forms(student, _inputs, expect):
    """Give every form of a result."""
    batches = student.f()
    y, running, _ = student.g()
    a, b = student.h()
    expect.reference("the last batch", batches[1])
    expect.reference("all", np.concatenate([*batches, [y, running["mean"], a, b]]))
    expect.reference("var", running["var"])
    for number, (indices, rest) in enumerate(student.bags()):
        expect.reference(f"bag {number}", indices)
        expect.that(len(rest) == 1 - number, f"The rest of bag {number} has another length.")
    expect.reference("told", student.told())


FORMED = small(forms, right=RIGHT_FORMS, returns=FORMS)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"f": lambda: [np.arange(4)]}, "batches: 1 item, expected 2."),
        ({"f": lambda: [np.arange(2), np.arange(3)]}, "batches (item 1 of the list) has shape (3,), expected (2,)."),
        ({"f": lambda: 3.0}, "batches is a value of type float, expected a list of arrays."),
        ({"f": lambda: [None, None]}, "batches is None: is a `return` missing?"),
        ({"g": lambda: (0, {"average": 1}, 0)}, "the dict has the keys 'average'; it must have exactly 'mean', 'var'."),
        ({"g": lambda: (0.0, 1.0, 0)}, 'running["mean"] is a value of type float, expected a dict.'),
        ({"g": lambda: (0.0, {"mean": None, "var": 1.0}, 0)}, 'running["mean"] is None'),
        ({"g": lambda: 0.0}, "a value of type float came back where (y, running, cache) is expected."),
        ({"h": lambda: (1, 2, 3)}, "3 values came back where (a, b) is expected."),
        ({"h": lambda: None}, "None came back where (a, b) is expected."),
        ({"bags": lambda: [(np.arange(2), [0.0])]}, "indices of bags: 1 item, expected 2."),
        ({"bags": lambda: [(np.arange(2), [0.0]), (np.arange(2),)]}, "a tuple of 1 item came back where a tuple"),
        ({"bags": lambda: [(np.arange(2), [0.0]), ([1, 1], [0])]}, "The rest of bag 1 has another length."),
        ({"bags": lambda: 3.0}, "indices of bags is a value of type float, expected a list"),
        ({"told": lambda: "fine"}, "told is 'fine', expected one of good, bad."),
        ({"told": lambda: 1}, "told is a value of type int, expected one of good, bad."),
        ({"told": lambda: None}, "told is None, expected one of good, bad."),
        ({"told": lambda: np.str_("good")}, "told: got 0, expected 1"),
        ({"h": lambda: (1, None)}, "b is None"),
    ],
)  # fmt: skip
def test_lists_dicts_and_tuples_are_taken_apart(wrong, words):
    """A list of another length, a dict with other keys, and too few values each fail with what was returned instead."""
    assert FORMED.tell() == ("passed", "")
    status, message = FORMED.tell(**wrong)
    assert status == "failed"
    assert words in message


def test_results_are_float64_arrays_whatever_came():
    """A check receives float64 arrays (of no dimension for numbers), lists and dicts of them, and handles."""
    seen = []

    def look(student, _inputs, expect):
        """Give every form of a result."""
        seen[:] = [student.f(), student.g(), student.h()]
        expect.that(True, "It must be there.")

    exercise = small(look, right=RIGHT_FORMS, returns=FORMS)
    exercise.run()
    batches, (y, running, cache), (a, b) = seen
    assert type(batches) is list
    assert list(running) == ["mean", "var"]
    assert cache == Handle(1, "cache")
    values = [*batches, y, *running.values(), a, b]
    assert {type(value) for value in values} == {np.ndarray}
    assert {value.dtype for value in values} == {np.dtype(np.float64)}
    assert (y.shape, running["var"].shape, float(b)) == ((), (2, 1), 1.0)


def test_infinite_is_right_only_where_the_reference_is():
    """Infinity passes only if the reference gives it, and so does NaN."""

    def at_zero(student, _inputs, expect):
        """Be infinite at zero."""
        expect.reference("y", student.f(np.array([0.0, 1.0])))

    exercise = small(at_zero, right={"f": lambda x: -np.log(x)})
    assert exercise.tell()[0] == "passed"

    def of_zero(student, _inputs, expect):
        """Be infinite for zero, which is a number alone."""
        expect.reference("y", student.f(np.array(0.0)))

    alone = small(of_zero, right={"f": lambda x: -np.log(x)})
    assert alone.tell()[0] == "passed"
    assert alone.tell(f=lambda x: x + 1e300)[0] == alone.tell(f=lambda x: x - np.inf)[0] == "failed"
    assert exercise.tell(f=lambda x: -np.log(np.maximum(x, 1e-300)))[0] == "failed"
    assert exercise.tell(f=lambda x: np.where(x == 0, np.nan, 0.0))[0] == "failed"
    assert exercise.tell(f=np.log)[0] == "failed"


def test_single_precision_shows_in_any_result():
    """If a student computes in single precision anywhere in a check, the check's tolerance allows for it."""

    def third(student, _inputs, expect):
        """Divide by three."""
        expect.reference("y", student.f(np.ones(2)))

    exercise = small(third, right={"f": lambda x: x / 3})
    assert exercise.tell(f=lambda x: x.astype(np.float32) / np.float32(3.0003))[0] == "passed"
    assert exercise.tell(f=lambda x: x / 3.0003)[0] == "failed"
    assert exercise.tell(f=lambda x: x.astype(np.float32) / np.float32(3.01))[0] == "failed"


# ---- what arrives


def test_arguments_arrive_as_they_were_given():
    """Arrays keep dtype and memory order, numbers and texts are Python's own, lists and dicts are new ones."""
    seen = []

    def f(*args, **kwargs):
        seen.append((args, kwargs))
        return 0.0

    def every_kind(student, _inputs, expect):
        """Take everything."""
        x = np.arange(6).reshape(2, 3)
        arguments = (x, np.asfortranarray(x), strided(x), [1.0, np.float64(2.5)], {"m": x, "t": 1}, (1, 2))
        expect.reference(
            "y", student.f(*arguments, None, np.float64(0.5), np.int64(3), np.bool_(True), text="ö", lr=x.mean())
        )

    exercise = small(every_kind, right={"f": f})
    seen.clear()
    exercise.run()
    ((plain, fortran, spaced, numbers, state, pair, nothing, half, three, yes), named) = seen[0]
    assert plain.dtype == np.int64
    assert [plain.flags.c_contiguous, fortran.flags.f_contiguous, fortran.flags.c_contiguous] == [True, True, False]
    assert not spaced.flags.c_contiguous
    assert not spaced.flags.f_contiguous
    assert all(np.array_equal(array, plain) for array in (fortran, spaced, state["m"]))
    assert all(array.flags.writeable for array in (plain, fortran, spaced))
    assert (numbers, pair, state["t"], nothing, half, three, yes) == ([1.0, 2.5], [1, 2], 1, None, 0.5, 3, True)
    assert [type(value) for value in (numbers, half, three, yes, named["lr"])] == [list, float, int, bool, float]
    assert named == {"text": "ö", "lr": 2.5}


@pytest.mark.parametrize("argument", [object(), {1: 2.0}, np.zeros(1, complex), {"inner": object()}])
def test_argument_that_can_not_be_sent_is_the_authors_mistake(argument):
    """A value that can't be sent as data is refused when the key is recorded."""

    def odd(student, _inputs, expect):
        """Take something odd."""
        expect.reference("y", student.f(argument))

    with pytest.raises(Exception, match=r"f\.odd"):
        small(odd, right={"f": lambda _: 0.0})


def test_handle_is_handed_on_as_it_came():
    """A student's own object comes back as the very same object, whichever call gets it."""

    def hand_on(student, inputs, expect):
        """Receive what f left."""
        caches = [student.f(inputs.normal(size))[1] for size in (2, 3)]
        for number in (1, 0):
            expect.reference(f"dx {number}", student.back(caches[number], other=caches[0]))

    made = []

    def f(x):
        made.append({"x": x, "self": object()})
        return x, made[-1]

    def back(cache, other):
        assert other is made[-2]
        assert any(cache is each for each in made)
        return cache["x"]

    exercise = small(
        hand_on, right={"f": f, "back": back}, returns={"f": ("y", handle("cache")), "back": "dx"}, own="back"
    )
    assert exercise.tell()[0] == "passed"


def test_argument_changed_in_place_is_noticed_and_new_in_the_next_call():
    """A changed argument is noted by its parameter's name; neither other calls nor the check see the change."""

    def twice(student, inputs, expect):
        """Return its argument."""
        x, state, losses = inputs.normal(3), {"v": np.ones(2)}, [1.0, 2.0]
        for time_ in (1, 2):
            expect.reference(f"y {time_}", student.f(x, state, losses=losses))

    def keep(x, state, losses):
        assert (len(state), len(losses)) == (1, 2)
        return x

    def careless(x, state, losses):
        y = x.copy()
        x += 1
        state["v"] *= 2
        losses.append(3.0)
        return y

    exercise = small(twice, right={"f": keep})
    run = exercise.run(f=careless)
    assert run.failure is None
    assert run.changed == {"f": ("x", "state", "losses")}
    assert exercise.run().changed == {}


def test_generator_of_one_name_is_one_generator_in_a_check():
    """Calls that share a named generator continue its draws; `again` starts another generator in the same state."""

    def draws(student, inputs, expect):
        """Draw."""
        one = inputs.generator("one")
        first, second = student.f(one), student.f(one)
        expect.that(first != second, "It must go on.")
        expect.close("from the start", student.f(inputs.again(one)), first)
        expect.that(student.f(inputs.generator()) != first, "Another generator must differ.")

    assert small(draws, right={"f": lambda rng: rng.random()}).tell()[0] == "passed"


def test_global_random_state_differs_between_calls():
    """A function that draws from NumPy's global state gets other numbers in every call, also with equal generators."""

    def same_draws(student, inputs, expect):
        """Draw the same from generators in the same state."""
        one = inputs.generator()
        expect.close("y", student.f(inputs.again(one)), student.f(one))

    exercise = small(same_draws, right={"f": lambda rng: rng.random()})
    assert exercise.tell(f=lambda _: np.random.random())[0] == "failed"  # noqa: NPY002  # the mistake that is looked for


def test_what_is_printed_is_kept_from_the_terminal(capfd):
    """Output that a student's function prints in this process is noted, and nothing of it appears on the screen."""
    run = IDENTITY.run(f=lambda x: print("seen", x.size) or x)
    assert (run.failure, run.printed) == (None, "seen 3\n")
    assert capfd.readouterr() == ("", "")


# ---- callbacks


def asks(student, inputs, expect):
    """Take a step along a function's gradient."""
    center = inputs.normal(3)
    expect.reference("y", student.f(inputs.normal(3), lambda point: point - center))


def descend(x, grad_fn):
    """Be right for `asks`."""
    return x - grad_fn(x)


ASKS = small(asks, right={"f": descend})


@pytest.mark.parametrize(
    ("f", "words"),
    [
        (lambda x, grad_fn: x - grad_fn(x[None])[0], "takes an array of shape (3,), not (1, 3)"),
        (lambda x, grad_fn: x - grad_fn(x[0]), "takes an array of shape (3,), not ()"),
        (lambda x, grad_fn: x - grad_fn("x"), "takes an array of numbers, not a value of type str"),
        (lambda x, grad_fn: x - grad_fn(None), "takes an array of numbers, not None"),
        (lambda x, grad_fn: x - grad_fn(), "missing 1 required positional argument"),
        (lambda x, grad_fn: x - grad_fn(x, 1), "takes 1 positional argument but 2 were given"),
    ],
)
def test_callback_asked_wrongly_raises_in_the_students_function(f, words):
    """A point of another shape, or no point, is an error in the student's own code, with a helpful message."""
    status, message = ASKS.tell(f=f)
    assert status == "error"
    assert words in message


@pytest.mark.parametrize(
    "f",
    [
        lambda x, grad_fn: x - sum(grad_fn(x) for _ in range(50)) / 50,
        lambda x, grad_fn: x - grad_fn(list(x)),
        lambda x, grad_fn: x - grad_fn(x.astype(np.float32)),
    ],
)
def test_callback_may_be_asked_in_any_style(f):
    """A student's function may ask its callback as often as it likes, with a list or in single precision."""
    assert ASKS.tell(f=f) == ("passed", "")


def test_callback_is_answered_a_bounded_number_of_times():
    """Endless questions to a callback end in an error of the student's own."""
    status, message = ASKS.tell(f=lambda x, grad_fn: x - sum(grad_fn(x) for _ in range(MAX_QUESTIONS + 1)))
    assert status == "error"
    assert f"more than {MAX_QUESTIONS} times" in message
    often = ASKS.tell(f=lambda x, grad_fn: x - sum(grad_fn(x) for _ in range(MAX_QUESTIONS)) / MAX_QUESTIONS)
    assert often == ("passed", "")


def test_callback_that_the_reference_does_not_ask_is_not_answered():
    """If a right function asks its callback nothing, a question is an error."""

    def first_step(student, inputs, expect):
        """Start where it is."""
        expect.reference("y", student.f(inputs.normal(3), lambda point: point))

    exercise = small(first_step, right={"f": lambda x, _: x})
    status, message = exercise.tell(f=descend)
    assert status == "error"
    assert "it is not called here" in message


def test_mistake_in_a_callback_is_the_authors_also_where_the_student_catches_it():
    """A callback of the check that fails ends the check as a mistake of its author, never of the student."""

    def picky(student, inputs, expect):
        """Take a step along a gradient that fails far out."""
        expect.reference("y", student.f(inputs.positive(3), lambda point: np.linalg.inv(np.diag(point))[0]))

    def swallow(x, grad_fn):
        try:
            return grad_fn(0 * x)
        except ValueError:
            return x

    exercise = small(picky, right={"f": lambda x, grad_fn: grad_fn(x)})
    for f in (swallow, lambda x, grad_fn: grad_fn(0 * x)):
        with pytest.raises(CheckError, match="LinAlgError"):
            exercise.run(f=f)


def test_answer_of_a_callback_is_the_students_to_change():
    """What a callback returns is a new, writable array for every question."""

    def f(x, grad_fn):
        gradient = grad_fn(x)
        gradient *= 2
        return x - grad_fn(x)

    assert ASKS.tell(f=f)[0] == "passed"


# ---- mistakes of authors


def test_calls_must_not_depend_on_results():
    """A call that was not made for the reference is a mistake of the check's author, not of the student."""

    def branching(student, inputs, expect):
        """Be positive."""
        y = student.f(inputs.positive(2))
        if y[0] < 0:
            y = student.f(-y)
        expect.reference("y", y)

    with pytest.raises(CheckError, match="must not depend on what the student's functions return"):
        small(branching, right={"f": right}).run(f=lambda x: -x)


def test_labels_must_not_depend_on_results():
    """A label that did not occur for the reference, or is used twice, is a mistake of the check's author."""

    def naming(student, inputs, expect):
        """Be positive."""
        y = student.f(inputs.positive(2))
        expect.reference(f"y with {int((y < 0).sum())} negative", y)

    with pytest.raises(CheckError, match="labels must not depend on results"):
        small(naming, right={"f": right}).run(f=lambda x: -x)

    def doubling(student, inputs, expect):
        """Be positive."""
        y = student.f(inputs.positive(2))
        expect.reference("y", y)
        expect.that(y > 0, "y")

    with pytest.raises(Exception, match="label 'y' is used twice"):
        small(doubling, right={"f": right})


def test_mistake_in_a_check_keeps_its_cause():
    """An exception of a check's own code is a CheckError that carries it, with its traceback."""
    divisor = [1]

    def buggy(student, _inputs, expect):
        """Return its argument."""
        expect.close("y", student.f(np.ones(1)), np.ones(1) * (1 / divisor[0]))

    exercise = small(buggy, right={"f": right})
    divisor[0] = 0
    with pytest.raises(CheckError, match="ZeroDivisionError: division by zero") as caught:
        exercise.run()
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_function_that_the_exercise_does_not_declare_is_the_authors_mistake():
    """The error about a misspelled function lists the functions that exist."""

    def misspelled(student, inputs, expect):
        """Return its argument."""
        expect.reference("y", student.identity(inputs.normal(3)))

    with pytest.raises(Exception, match="exercise small has no function 'identity'; it has f"):
        small(misspelled, right={"f": right})


# ---- time, and functions that are not to be called


def test_check_that_loops_is_our_fault():
    """A check whose own code never ends on a student's number is ended, which counts as an error of the grader."""
    sign = [1]

    def endless(student, inputs, expect):
        """Be positive."""
        y = student.f(inputs.positive(1))
        while y * sign[0] < 0:
            pass
        expect.reference("y", y)

    exercise = small(endless, right={"f": right})
    with pytest.raises(CheckError, match="CheckTooSlow"):
        exercise.run_on(InProcessStudent({"f": lambda x: -x}), watchdog=Watchdog(0.2, 0.05))


def test_callback_that_loops_is_our_fault():
    """Time spent in a check's own callbacks counts as the check's."""

    def endless(student, inputs, expect):
        """Be positive."""

        def grad_fn(point):
            while point[0] < 0:
                pass
            return point

        expect.reference("y", student.f(inputs.positive(1), grad_fn))

    exercise = small(endless, right={"f": lambda x, grad_fn: grad_fn(x)})
    with pytest.raises(CheckError, match="CheckTooSlow"):
        exercise.run_on(InProcessStudent({"f": lambda x, grad_fn: grad_fn(-x)}), watchdog=Watchdog(0.2, 0.05))


def test_time_of_the_students_calls_is_not_the_checks():
    """A check is not ended because it makes a slow call: the sandbox limits calls."""

    def slow(x):
        end = time.thread_time() + 0.4
        while time.thread_time() < end:
            pass
        return x

    watchdog = Watchdog(0.2, 0.05)
    assert IDENTITY.run_on(InProcessStudent({"f": slow}), watchdog=watchdog).failure is None
    assert IDENTITY.run_on(InProcessStudent({"f": right}), watchdog=watchdog).failure is None


def test_function_that_stopped_a_process_is_not_called_for_anothers_sake():
    """A function that ended a process in its own checks fails uncalled where others need it; its own checks call it."""

    def of_f(student, inputs, expect):
        """Double what g gives."""
        expect.reference("y", student.f(student.g(inputs.normal(3))))

    exercise = small(of_f, right={"f": right, "g": right})
    student = Stopping("timeout", stopped=["g"])
    run = exercise.run_on(student)
    assert (run.function, run.failure) == ("g", Stopped(function="g", kind="timeout", detail=""))
    assert (student.called, run.fault) == ([], None)
    student = Stopping("timeout", stopped=["f"])
    exercise.run_on(student)
    assert student.called == ["g"]
    student = Stopping("crash", stopped=["f"])
    IDENTITY.run_on(student)
    assert student.called == ["f"]
