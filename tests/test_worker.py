"""The code inside a sandbox, and the grader's end of the connection, each tested with wrong input first."""

from __future__ import annotations

import ast
import os
import signal
import threading
import time
from decimal import Decimal
from fractions import Fraction

import msgspec
import numpy as np
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder.cells import Cell
from autograder.limits import Limits
from autograder.sandbox import BARE, Sandbox, SandboxError, Session
from autograder.wire import (
    DTYPES,
    LENGTH,
    MAX_FRAME,
    MAX_ROOM,
    Answer,
    Array,
    Call,
    Callback,
    Fault,
    Generator,
    Handle,
    Items,
    Load,
    Loaded,
    Malformed,
    Mapping,
    Part,
    Question,
    Raised,
    Refused,
    Reply,
    Returned,
    Returns,
    Value,
    pack,
    unpack,
    writable,
)
from autograder.worker import Caller, StudentModule
from autograder.worker.calls import take_apart, to_array
from autograder.worker.ipython import to_python
from autograder.worker.load import decode

pytestmark = pytest.mark.unit

ENCODE = msgspec.msgpack.encode
SPECIAL = [
    "%time x = 1",
    "if a:\n    !pip install -q tqdm\nb",
    "try:\n    import tqdm\nexcept ImportError:\n    %pip install tqdm\nx=1",
    "!pip install --quiet \\\n    numpy \\\n    tqdm\nimport math",
    "files = !ls",
    "x = %timeit -o f()",
    "x = (5\n%2)",
    "s = '''\n%magic\n!ls\n'''\nq",
    "np.sqrt?",
    "np.sqrt??",
    "?np",
    "??np",
    "?",
    "*int*?",
    "%time?",
    "x = foo?",
    "def f():\n    %time z = 1\n    return z",
    "def f():\n    x = %pwd\n    return x",
    "for i in range(3):\n    !echo {i}\n    x = !ls $i\n",
    "!!ls",
    ",f a b c",
    ";f a b c",
    "/f a b",
    ">>> x = 1\n>>> def f(x):\n...     return x\n",
    "In [1]: x = 1\n   ...: y = 2",
    "\n\n%time x",
    '!echo "it\'s"\nx = 1',
    "!echo it's\nx = 1",
    "x = 1 % 2",
    "d = {'a': 1}\nd['b'] = !ls",
    "x: int = 3\nx != 4",
    "a.b = %who",
    "%matplotlib inline\nimport numpy as np\n%load_ext autoreload\n%autoreload 2\n",
    "!ls # comment",
    "x = 5 # what?",
    "# what?",
    "'what?'",
    "a?\nb?\nc = 1",
    "if x:\n  a?\n  %m\nelse:\n  !q",
    "%env A=1\n!echo $A",
    "x = !ls | \\\n  grep a\ny",
    "get_ipython().run_line_magic('a','b')",
    "%cd ..\n\n\n!ls",
    "lambda: 1\n%x",
    "class A:\n    %time x = 1\n    def f(self):\n        !ls\n        return 1",
    "x = [\n 1,\n 2]\n!ls\n",
    "a = 1\n%%bash\nls",
    "%  time x",
    "! ls",
    "  x = 1\n  y = 2",
    "obj.a[0].b?",
    "with open('x') as f: pass\n%x",
    "%time x = 1 # c",
    "%timeit np.dot(a, b) # 'x",
    "!pip install 'numpy<2'\nimport numpy",
    '!pip install "a\n',
    "await x\n!ls",
    "def f(x):\n\treturn x\n!ls",
    "x=!ls",
    "x=%pwd",
    "x,y = %foo",
    "?%magic",
    '!python -c "print(1)"\nx=2',
    "x = '%d' % 3\n%a",
    "print('a'\n  '!b')\n!c",
    "%run a.py\nb = \\\n 3",
    "!git clone https://github.com/a/b # x?\n",
    "!ls?",
    "%ls?",
]
ONE = Returns((Part("y"),), several=False)
STEP = Returns((Part("x"), Part("state", "handle")), several=True)


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
    """An array whose dtype, shape and bytes disagree is a ValueError before anything is allocated."""
    with pytest.raises(ValueError, match=r"dtype|shape|bytes"):
        unpack(array)


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
    """A value that can't be converted to real numbers is described instead."""
    found = to_array(value, MAX_ROOM)
    assert isinstance(found, Malformed)
    assert found.problem == problem


@pytest.mark.parametrize(
    "value",
    [[1, 2.5], (1, 2.5), np.array([1, 2.5], np.longdouble), np.array([1, 2.5], object), np.ma.array([1, 2.5]),
     np.array([1, 2.5], ">f8"), [np.float32(1), np.array(2.5)], [Decimal(1), Fraction(5, 2)],
     [Fraction(1), np.array(2.5)]],
)  # fmt: skip
def test_value_of_unusual_form_is_converted(value):
    """Lists, tuples, long doubles, objects that are numbers, subclasses and foreign byte orders are accepted."""
    assert np.array_equal(unpack(pack(np.asarray(to_array(value, MAX_ROOM)))), [1, 2.5])


def test_result_is_taken_apart_by_what_is_agreed():
    """A tuple, a list and an array of rows give their parts; a wrong number of parts is malformed."""
    both = Returns((Part("a"), Part("b")), several=True)
    for result in ((1, 2), [1, 2], np.array([1, 2])):
        assert set(take_apart(result, both, MAX_ROOM)[0]) == {"a", "b"}
    for result in ((1,), (1, 2, 3), 1, {"a": 1, "b": 2}):
        assert all(isinstance(value, Malformed) for value in take_apart(result, both, MAX_ROOM)[0].values())


def imported(source: bytes) -> object:
    """Import a file, and return the outcome."""
    return StudentModule("module").load(Cell(label="module.py", source=source, required=True))


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


@pytest.mark.parametrize(("source", "line"), [(b"x = 1\ndef f(:", 2), (b"x = " + b"(" * 5000, None)])
def test_file_that_can_not_be_read_says_why(source, line):
    """Text that is not Python is reported with its line, if there is one."""
    refused = imported(source)
    assert isinstance(refused, Refused)
    assert line in (refused.line, None)
    assert "Error" in refused.message


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("1/0", "ZeroDivisionError"),
        ("import sys; sys.exit()", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("return 3", "SyntaxError"),
        ("import nothing_of_that_name", "ModuleNotFoundError"),
        ("@unknown\ndef f(): pass", "NameError"),
        ("class C: x = y", "NameError"),
        ("for n in range(3): 1 / (n - 1)", "ZeroDivisionError"),
    ],
)
@pytest.mark.parametrize("replaces", [False, True])
def test_statement_that_fails_is_told_with_its_line_and_the_next_one_runs(statement, error, replaces):
    """Every way to fail at import costs one statement, whether statements run at once or one by one."""
    module = StudentModule("module")
    source = f"x = 1\n{statement}\ny = 2; z = 'ä'; 1 / 0; u = 3\n(1,\n1 / 0)\nv = (\n1,\n2)"
    loaded = module.load(Cell(label="module.py", source=source.encode(), replaces=replaces))
    assert isinstance(loaded, Loaded)
    first, second, third = loaded.problems
    assert first.raised.ancestry[0] == error
    assert first.line in (2, 3)
    assert second.line + 1 == third.line
    assert {"x": 1, "y": 2, "u": 3, "v": (1, 2)}.items() <= module.namespace().items()


def test_name_that_is_missing_for_a_known_reason_has_that_one():
    """A failure that follows from an earlier failure is reported only with that one."""
    source = b"import nothing_of_that_name as n\na = n.x\nb = a + 1\n@n.cache\ndef f(): pass"
    module = StudentModule("module")
    loaded = module.load(Cell(label="module.py", source=source, required=True))
    assert [problem.line for problem in loaded.problems] == [1]
    with pytest.raises(ModuleNotFoundError):
        module.namespace()["f"]()


def test_statements_run_one_by_one_and_can_be_skipped():
    """After a statement has ended a process, the grader goes on without it, and learns what it would have defined."""
    module = StudentModule("module")
    cell = Cell(label="cell 1 (f)", source=b"a = 1\ndef f(): pass\nb = 2\ng = 3", function="f")
    assert module.load(cell, run=False) == Loaded(4, None)
    replies = [module.step(cell.label, number, skip=number in (1, 2)) for number in range(4)]
    assert [reply.line for reply in replies] == [1, 2, 3, 4]
    assert [reply.lost for reply in replies] == [(), ("f",), ("f", "b"), ("f", "b")]
    assert {"a", "g"} <= module.namespace().keys()
    again = module.load(Cell(label="cell 2", source=b"def f(): pass"))
    assert again.lost == ("b",)


@pytest.mark.parametrize("text", SPECIAL)
def test_ipythons_syntax_is_that_of_ipython(text):
    """A cell is read as IPython reads it, line by line."""
    ours, theirs = to_python(text), TransformerManager().transform_cell(text)
    assert ast.dump(ast.parse(ours)) == ast.dump(ast.parse(theirs))
    assert ours.rstrip("\n").count("\n") <= text.count("\n")


def test_lines_below_ipythons_syntax_keep_their_numbers():
    """A command of several lines keeps its number of lines."""
    ours = to_python("!pip install \\\n  numpy\nx = %time \\\n 3\n\nlast")
    assert ours.split("\n")[-1] == "last"
    assert ours.count("\n") == 5


def caller(answer=None, **functions) -> Caller:
    """Return a caller of these functions; `answer` answers callbacks."""
    return Caller(lambda: functions, {}, answer or (lambda _: Answer(None, "nobody answers")))


def call(function: str, *args: Value, number: int = 0, check: int = 0, returns: Returns = ONE, **kwargs: Value) -> Call:
    """Return a call."""
    return Call(check, number, function, args, kwargs, returns)


def test_state_is_handed_on_as_it_came_and_arguments_are_new():
    """A state object is passed on itself; an array changed in place by one call is restored for the next."""
    seen = []

    def f(x, state):
        seen.append(state)
        x += 1
        return x, state

    x, calls = pack(np.zeros(2)), caller(f=f)
    outcomes = [
        calls.make(call("f", x, Mapping({}), returns=STEP)),
        calls.make(call("f", x, Handle(0, "state"), number=1, returns=STEP)),
    ]
    assert seen[0] is seen[1]
    for outcome in outcomes:
        assert isinstance(outcome, Returned)
        assert outcome.changed == ("0",)
        assert np.array_equal(unpack(outcome.outputs["x"]), [1, 1])


@pytest.mark.parametrize(("last", "changed"), [(2.0, ()), (3.0, ("0",))])
def test_nan_in_a_list_is_no_change(last, changed):
    """A NaN is not equal to itself; a list with one is changed only if the function changes something."""

    def f(losses):
        losses[-1] = last
        return 0.0

    outcome = caller(f=f).make(call("f", Items((1.0, float("nan"), 2.0))))
    assert isinstance(outcome, Returned)
    assert outcome.changed == changed


def test_handles_and_generators_end_with_their_check():
    """Objects that a check has left behind are not there in the next check, and its generators begin again."""
    calls = caller(f=lambda rng, state=None: (rng.random(), state))
    first, second = (
        calls.make(call("f", Generator("a", 7), check=check, returns=STEP)).outputs["x"] for check in (0, 1)
    )
    assert first == second
    with pytest.raises(KeyError):
        calls.make(call("f", Generator("a", 7), Handle(0, "state"), number=1, check=2, returns=STEP))


def test_generator_is_one_for_its_name_and_global_state_differs():
    """One name is one generator in a check, and two calls never see the same global random state."""
    first, again = Generator("a", 7), Generator("b", 7)

    def values(f):
        calls = caller(f=f)
        made = [calls.make(call("f", each, number=number)) for number, each in enumerate((first, first, again))]
        return [float(unpack(outcome.outputs["y"])) for outcome in made]

    own = values(lambda rng: rng.random())
    assert own[0] == own[2] != own[1]
    assert len(set(values(lambda _: np.random.random()))) == 3  # noqa: NPY002  # the mistake that is looked for


def test_list_of_numbers_arrives_as_a_list():
    """A list stays a list of Python numbers, new for every call, and a change to it is noticed."""

    def f(losses):
        assert type(losses) is list
        assert type(losses[0]) is float
        losses.append(0.0)
        return len(losses)

    calls = caller(f=f)
    sent = [msgspec.msgpack.decode(ENCODE(call("f", number=n, losses=Items((1.0, 2.5)))), type=Call) for n in (0, 1)]
    outcomes = [calls.make(each) for each in sent]
    assert [unpack(outcome.outputs["y"]).tolist() for outcome in outcomes] == [3, 3]
    assert [outcome.changed for outcome in outcomes] == [("losses",), ("losses",)]


def test_callback_asks_and_goes_on_with_the_answer():
    """A callback sends its point as data, and returns the answer, or raises the error that was sent back."""
    asked = []

    def answer(question):
        asked.append(question)
        return (
            Answer(pack(2 * unpack(question.point))) if isinstance(question.point, Array) else Answer(None, "a point!")
        )

    calls = caller(answer, f=lambda grad_fn: grad_fn([1.0, 2.0]) + 1, g=lambda grad_fn: grad_fn("text"))
    assert unpack(calls.make(call("f", Callback("loss"))).outputs["y"]).tolist() == [3.0, 5.0]
    assert asked == [Question("loss", pack(np.array([1.0, 2.0])))]
    raised = calls.make(call("g", Callback("loss"), number=1))
    assert isinstance(raised, Raised)
    assert (raised.ancestry[0], raised.text) == ("ValueError", "a point!")


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
    """A lying length and a connection that ends early are faults, before anything is allocated."""
    for_requests, requests = os.pipe()
    replies, for_replies = os.pipe()

    def reply():
        os.read(for_requests, 1000)
        os.write(for_replies, answer)
        os.close(for_replies)

    thread = threading.Thread(target=reply)
    thread.start()
    limits = Limits(cpu_seconds=1e9, total_cpu_seconds=10**9)  # this process has computed before
    found = Session(replies, requests, time.process_time, limits).exchange(b"question")
    thread.join()
    for descriptor in (for_requests, requests, replies):
        os.close(descriptor)
    assert isinstance(found, Fault)
    assert found.kind == kind


def test_unasked_bytes_are_a_protocol_fault():
    """A process that sends something before it is asked is not asked."""
    for_requests, requests = os.pipe()
    replies, for_replies = os.pipe()
    os.write(for_replies, b"forged")
    found = Session(replies, requests, time.process_time, Limits()).exchange(b"question")
    for descriptor in (for_requests, requests, replies, for_replies):
        os.close(descriptor)
    assert isinstance(found, Fault)
    assert found.kind == "protocol"


def ask(sandbox: Sandbox, source: bytes, function: str = "f") -> object:
    """Load a file in a new session and call one function."""
    with sandbox.session() as session:
        session.exchange(ENCODE(Load("module", Cell(label="module.py", source=source, required=True))))
        reply = session.exchange(ENCODE(call(function)))
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
    """Without its worker program, a sandbox is broken, which is no submission's fault; restarted, it works again."""
    with Sandbox(Limits(), BARE) as sandbox:
        assert isinstance(ask(sandbox, b"def f(): return 1.0"), Returned)
        os.kill(sandbox.process, signal.SIGKILL)
        sandbox._process.wait()
        with pytest.raises(SandboxError):
            ask(sandbox, b"def f(): return 1.0")
        sandbox.restart()
        assert isinstance(ask(sandbox, b"def f(): return 1.0"), Returned)
