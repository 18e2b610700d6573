"""The worker's steps and the grader's end of a session, each with wrong input first."""

from __future__ import annotations

import os
import signal
import threading
import time
from decimal import Decimal
from fractions import Fraction

import msgspec
import numpy as np
import pytest

from autograder.array import DTYPES, Array, pack, unpack, writable
from autograder.ask.symbol import Symbol
from autograder.cells import Cell
from autograder.formula import Output, evaluate
from autograder.grade.receive import read_trace
from autograder.limits import Limits
from autograder.sandbox import BARE, Sandbox, SandboxError, Session
from autograder.script import Call, Generator, Mapping, Numbers, Part, Returns, Script
from autograder.trace import Fault, Loaded, Malformed, Refused, Returned, Trace, Unreached
from autograder.worker.convert import take_apart, to_array
from autograder.worker.load import Submission, decode
from autograder.worker.run import run

ENCODE = msgspec.msgpack.encode
ONE = Returns((Part("y"),), several=False)
STEP = Returns((Part("x"), Part("state", "opaque")), several=True)


@pytest.mark.parametrize("dtype", DTYPES)
def test_array_survives_the_wire_in_every_dtype_and_layout(dtype):
    """Packing and unpacking gives the same values and dtype, contiguous or not."""
    values = np.arange(12).reshape(3, 4).astype(dtype)
    for given in (values, values.T, values[::2, ::-1], values[0, 0]):
        assert np.array_equal(unpack(pack(np.asarray(given))), given)
    for layout in ("C", "F", "strided"):
        made = writable(pack(values, layout))
        assert np.array_equal(made, values)
        assert made.flags.writeable
        assert made.flags.c_contiguous == (layout == "C")


@pytest.mark.parametrize(
    "array",
    [
        Array("float64", (2,), b"x" * 8),
        Array("float64", (-1, -1), b"x" * 8),
        Array("float64", (2**62, 4), b""),
        Array("object", (1,), b"x" * 8),
        Array("complex128", (1,), b"x" * 16),
        Array("float64", (1,) * 9, b"x" * 8),
    ],
)
def test_lying_array_is_refused(array):
    """An array whose dtype, shape and bytes disagree is a ValueError before anything is made of it."""
    with pytest.raises(ValueError, match=r"dtype|shape|bytes"):
        unpack(array)


def test_formula_is_what_numpy_gives():
    """NumPy written on a symbol evaluates to what NumPy gives on the value."""
    value = np.random.default_rng(1).normal(size=(3, 4))
    formulas = [
        lambda y: np.sum(y * 2 - 1, axis=0),
        lambda y: np.stack([y[0], y[-1] ** 2], axis=0),
        lambda y: value.T @ y,
        lambda y: np.where(y > 0, y, -y)[1:, ::2],
    ]
    for formula in formulas:
        written = formula(Symbol(Output(0, "y"))).formula
        sent = msgspec.msgpack.decode(ENCODE(written), type=type(written))
        assert np.allclose(evaluate(sent, lambda _: value), formula(value), rtol=0, atol=1e-15)


def test_formula_refuses_functions_that_it_does_not_know():
    """A function that is not on the list fails when the check is written."""
    with pytest.raises(TypeError, match=r"can't hold np\.save"):
        np.save("file", Symbol(Output(0, "y")))
    with pytest.raises(TypeError, match="reduce"):
        np.add.reduce(Symbol(Output(0, "y")))


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "nothing"),
        ("text", "text"),
        (b"bytes", "text"),
        ([[1], [2, 3]], "ragged"),
        (1j, "complex"),
        ([None, 1], "object"),
        (object(), "object"),
        (np.array(["2020-01-01"], "datetime64[D]"), "object"),
        (np.broadcast_to(0.0, (10**5, 10**5)), "huge"),
    ],
)
def test_value_that_is_no_number_is_malformed(value, problem):
    """What can't be converted to real numbers says what it is instead."""
    found = to_array(value)
    assert isinstance(found, Malformed)
    assert found.problem == problem


@pytest.mark.parametrize(
    "value",
    [[1, 2.5], (1, 2.5), np.array([1, 2.5], np.longdouble), np.array([1, 2.5], object), np.ma.array([1, 2.5]),
     np.array([1, 2.5], ">f8"), [np.float32(1), np.array(2.5)], [Decimal(1), Fraction(5, 2)],
     [Fraction(1), np.array(2.5)]],
)  # fmt: skip
def test_value_of_unusual_form_is_converted(value):
    """Lists, tuples, long doubles, objects that are numbers, subclasses and foreign byte orders are fine."""
    assert np.array_equal(unpack(pack(np.asarray(to_array(value)))), [1, 2.5])


def test_result_is_taken_apart_by_what_is_agreed():
    """A tuple, a list and an array of rows give their parts; another number of parts is malformed."""
    both = Returns((Part("a"), Part("b")), several=True)
    for result in ((1, 2), [1, 2], np.array([1, 2])):
        assert set(take_apart(result, both)[0]) == {"a", "b"}
    for result in ((1,), (1, 2, 3), 1, {"a": 1, "b": 2}):
        assert all(isinstance(value, Malformed) for value in take_apart(result, both)[0].values())


def imported(source: bytes) -> object:
    """Import a file, and return how that went."""
    return Submission("module").load(Cell(label="module.py", source=source, required=True))


@pytest.mark.parametrize(
    "source",
    [
        "x = 'ö'".encode(),
        "x = 'ö'".encode("utf-8-sig"),
        "x = 'ö'".encode("utf-16"),
        "x = 'ö'".encode("latin-1"),
        "# -*- coding: latin-1 -*-\nx = 'ö'".encode("latin-1"),
        "# coding: nonsense\nx = 'ö'".encode("latin-1"),
        b"\r\nx = 'o'\r\r\n",
    ],
)
def test_file_is_read_in_any_encoding(source):
    """Whatever a file's encoding and line endings, its code runs."""
    assert not isinstance(imported(source), Refused)
    assert "\r" not in decode(source)


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        (b"def f(:", "syntax", 1),
        (b"1/0", "import", 1),
        (b"import sys\nsys.exit()", "import", 2),
        (b"raise KeyboardInterrupt", "import", 1),
        (b"x = " + b"(" * 5000, "syntax", None),
    ],
)
def test_file_that_can_not_be_imported_says_why(source, kind, line):
    """Every way to fail at import has its kind, and its line where there is one."""
    refused = imported(source)
    assert isinstance(refused, Refused)
    assert refused.kind == kind
    assert line in (refused.line, None)


def test_state_is_handed_on_as_it_came_and_arguments_are_new():
    """A state object is handed on itself; an array changed in place by one call is whole again for the next."""
    seen = []

    def f(x, state):
        seen.append(state)
        x += 1
        return x, state

    x = pack(np.zeros(2))
    script = Script((Call("f", (x, Mapping({})), {}, STEP), Call("f", (x, Output(0, "state")), {}, STEP)))
    trace = run(script, {"f": f}, {})
    assert seen[0] is seen[1]
    for outcome in trace.outcomes:
        assert isinstance(outcome, Returned)
        assert outcome.changed == ("0",)
        assert np.array_equal(unpack(outcome.outputs["x"]), [1, 1])


def test_generator_is_one_for_its_name_and_global_state_differs():
    """One name is one generator in a script, and two calls never see the same global random state."""
    first, again = Generator("a", 7), Generator("b", 7)
    calls = tuple(Call("f", (generator,), {}, ONE) for generator in (first, first, again))

    def values(f):
        return [float(unpack(outcome.outputs["y"])) for outcome in run(Script(calls), {"f": f}, {}).outcomes]

    own = values(lambda rng: rng.random())
    assert own[0] == own[2] != own[1]
    assert len(set(values(lambda _: np.random.random()))) == 3  # noqa: NPY002  # the mistake that is looked for


SCRIPT = Script((Call("f", (), {}, ONE),))
GOOD = Trace((Returned({"y": pack(np.zeros(2))}),))


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\x80\x04K\x01.",
        b"\x91" * 100_000,
        ENCODE(Trace(())),
        ENCODE(Trace((Returned({}),))),
        ENCODE(Trace((Returned({"z": pack(np.zeros(2))}),))),
        ENCODE(Trace((Returned({"y": Array("float64", (2**40,), b"")}),))),
        ENCODE(Loaded()),
    ],
)
def test_reply_that_does_not_fit_is_a_protocol_fault(reply):
    """Bytes that are no trace of this script are the submission's fault, never an exception of ours."""
    assert read_trace(ENCODE(GOOD), SCRIPT) == GOOD
    found = read_trace(reply, SCRIPT)
    assert isinstance(found, Fault)
    assert found.kind == "protocol"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (LENGTH.pack(MAX_FRAME + 1), "protocol"),
        (LENGTH.pack(10) + b"half", "crash"),
        (b"", "crash"),
        (b"\x01", "crash"),
    ],
)
def test_frame_that_is_too_long_or_cut_off_is_a_fault(answer, kind):
    """A lying length and a reply that ends early are faults, before anything is allocated."""
    (replies, for_replies), (for_requests, requests) = os.pipe(), os.pipe()

    def reply():
        os.read(for_requests, 1000)
        os.write(for_replies, answer)
        os.close(for_replies)

    thread = threading.Thread(target=reply)
    thread.start()
    found = Session(replies, requests, time.process_time, Limits()).exchange(b"question")
    thread.join()
    for descriptor in (replies, for_requests, requests):
        os.close(descriptor)
    assert isinstance(found, Fault)
    assert found.kind == kind


def test_unasked_bytes_are_a_protocol_fault():
    """Whoever speaks before being asked is not asked."""
    (replies, for_replies), (for_requests, requests) = os.pipe(), os.pipe()
    os.write(for_replies, b"forged")
    found = Session(replies, requests, time.process_time, Limits()).exchange(b"question")
    for descriptor in (replies, for_replies, for_requests, requests):
        os.close(descriptor)
    assert isinstance(found, Fault)
    assert found.kind == "protocol"


def ask(sandbox: Sandbox, source: bytes, function: str = "f") -> object:
    """Load a file in a session of its own and call one function."""
    with sandbox.session() as session:
        session.exchange(ENCODE(Load("module", Cell(label="module.py", source=source, required=True))))
        reply = session.exchange(ENCODE(Call(0, 0, function, (), {}, ONE)))
    return reply if isinstance(reply, Fault) else msgspec.msgpack.decode(reply, type=Reply).outcome


def test_next_submission_finds_nothing_of_the_last(sandbox):
    """Modules, patched functions and environment of one submission are gone for the next."""
    dirty = b"import os, sys, numpy as np\nsys.modules['left'] = np\nnp.sum = None\n"
    dirty += b"os.environ['LEFT'] = 'x'\ndef f(): return 1.0\n"
    clean = b"import os, sys, numpy as np\ndef f():\n"
    clean += b"    return ['left' in sys.modules, np.sum is None, len(os.environ)]\n"
    assert isinstance(ask(sandbox, dirty), Returned)
    outcome = ask(sandbox, clean)
    assert isinstance(outcome, Returned)
    assert np.array_equal(unpack(outcome.outputs["y"]), [0, 0, 0])


def test_broken_sandbox_is_our_failure_and_can_be_restarted():
    """Without its worker program a sandbox is broken, which is no fault of a submission; restarted, it works again."""
    with Sandbox(Limits(), BARE) as sandbox:
        assert isinstance(ask(sandbox, b"def f(): return 1.0"), Returned)
        sandbox._process.send_signal(signal.SIGKILL)
        sandbox._process.wait()
        with pytest.raises(SandboxError):
            ask(sandbox, b"def f(): return 1.0")
        sandbox.restart()
        assert isinstance(ask(sandbox, b"def f(): return 1.0"), Returned)


def test_interrupted_exchange_does_not_break_the_sandbox():
    """Where a signal's exception ends the wait for a reply, the next session has a worker that knows nothing of it."""

    def interrupt(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    source = Cell(label="module.py", source=b"def f():\n    while True: pass", required=True)
    with Sandbox(Limits(), BARE) as sandbox:
        for seconds in (0.01, 0.0501, 0.0502, 0.1003):  # some of them while the clocks are looked at
            with sandbox.session() as session:
                session.exchange(ENCODE(Load("module", source)))
                signal.setitimer(signal.ITIMER_REAL, seconds)
                with pytest.raises(KeyboardInterrupt):
                    session.exchange(ENCODE(Call(0, 0, "f", (), {}, ONE)))
            assert isinstance(ask(sandbox, b"def f(): return 1.0"), Returned)
    signal.signal(signal.SIGALRM, before)


def computed(function: str, *formulas) -> Call:
    """Return a call whose arguments are formulas of the results of call 0."""
    return Call(function, formulas, {}, ONE)


def test_argument_may_be_computed_from_earlier_results():
    """A formula of results that came back is computed in the worker, and handed on as a new array."""
    y = Symbol(Output(0, "y"))
    seen: list[object] = []

    def f(x):
        seen.append(x)
        return x * 2

    first = Call("f", (pack(np.arange(3.0)),), {}, ONE)
    script = Script((first, computed("f", (y + 1).formula), computed("f", y[0].formula)))
    outcomes = run(script, {"f": f}, {}).outcomes
    assert [unpack(outcome.outputs["y"]).tolist() for outcome in outcomes] == [[0, 2, 4], [2, 6, 10], 0]
    assert isinstance(seen[1], np.ndarray)


@pytest.mark.parametrize("result", [np.ones(2), np.ones((3, 4)), "text", None])
def test_call_whose_argument_can_not_be_computed_is_not_made(result):
    """A result of another shape or none makes the calls that are computed from it unreached, with its number."""
    y = Symbol(Output(0, "y"))
    script = Script((Call("f", (1.0,), {}, ONE), computed("f", (y + np.ones((2, 3))).formula)))
    outcomes = run(script, {"f": lambda _: result}, {}).outcomes
    assert outcomes[1] == Unreached(0)


def test_list_of_numbers_arrives_as_a_list():
    """A list stays a list of Python numbers, new for every call, and a change of it is noticed."""

    def f(losses):
        assert type(losses) is list
        assert type(losses[0]) is float
        losses.append(0.0)
        return len(losses)

    script = Script((Call("f", (), {"losses": Numbers((1.0, 2.5))}, ONE),) * 2)
    sent = msgspec.msgpack.decode(ENCODE(script), type=Script)
    outcomes = run(sent, {"f": f}, {}).outcomes
    assert [unpack(outcome.outputs["y"]).tolist() for outcome in outcomes] == [3, 3]
    assert [outcome.changed for outcome in outcomes] == [("losses",), ("losses",)]
