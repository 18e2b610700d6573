"""Submissions through a real sandbox: a fault costs its check, and what one check leaves reaches no other."""

from __future__ import annotations

import gc
import re
import struct
import tracemalloc

import msgspec
import numpy as np
import pytest

from autograder.authoring import Exercise, handle
from autograder.cells import Cell
from autograder.checking import CheckError, Watchdog
from autograder.checking.student import _room
from autograder.classroom import NotGraded
from autograder.classroom.executors import BatchGrader
from autograder.course import CourseError
from autograder.grading import Submission, open_grader, single_file
from autograder.key import CallShapes
from autograder.limits import Limits
from autograder.results import Error
from autograder.sandbox import BARE, Sandbox
from autograder.wire import MAX_ROOM, Raised, Reply
from tests.conftest import EXERCISES
from tests.small import record, small

TIGHT = Limits(cpu_seconds=0.3, wall_seconds=10.0)
RIGHT = """import numpy as np
def g(x): return x
def f(x): return 2 * g(x)
def step(x, state, lr): return x - lr * (1 + state.get("n", 0)), {"n": state.get("n", 0) + 1}
def ask(x, function): return function(x) + function(2 * x)
"""


def course(limits: Limits | None = None) -> Exercise:
    """Return an exercise in which f needs g, one function keeps state, and one asks a callback."""
    exercise = Exercise("small", limits)
    g = exercise.function("g", returns="y")
    f = exercise.function("f", returns="y", needs=[g])
    step = exercise.function("step", returns=("x", handle("state")))
    ask = exercise.function("ask", returns="y")
    exercise.loading_public = False

    @g.check(points=10)
    def hidden_first(student, inputs, expect):
        """Return the argument, of three elements."""
        expect.reference("y", student.g(inputs.normal(3)))

    exercise.loading_public = True

    @g.check(points=10)
    def two(student, inputs, expect):
        """Return the argument, of two elements."""
        expect.reference("y", student.g(inputs.normal(2)))

    @f.check(points=10)
    def doubles(student, inputs, expect):
        """Double what g gives."""
        expect.reference("y", student.f(student.g(inputs.normal(4))))

    @step.check(points=10)
    def three_steps(student, inputs, expect):
        """Take three steps."""
        x, state = inputs.normal(2), {}
        for number in (1, 2, 3):
            x, state = student.at(f"step {number}").step(x, state, lr=np.float64(0.1))
        expect.reference("x after three steps", x)

    @ask.check(points=10)
    def asks(student, inputs, expect):
        """Ask a function twice."""
        center = inputs.normal(2)
        expect.reference("y", student.ask(inputs.normal(2), lambda point: np.sin(point - center)))

    return exercise


def functions_of(source: str) -> dict:
    """Return the functions that a file defines."""
    namespace: dict = {}
    exec(source, namespace)
    return {name: namespace[name] for name in ("g", "f", "step", "ask")}


@pytest.fixture(scope="module")
def tight():
    """Return a sandbox in which a call may not take long, and a grader for it."""
    with Sandbox(TIGHT, BARE) as running:
        yield running


@pytest.fixture(scope="module")
def exercise():
    """Return the recorded exercise."""
    return record(course(TIGHT), functions_of(RIGHT))


@pytest.fixture(scope="module")
def grade(exercise, tight):
    """Return a function that grades right functions with some others appended, in the sandbox."""
    grader = exercise.grader()

    def grade_source(source: str = "", sandbox: Sandbox | None = tight):
        return grader.grade(single_file("s", "small", (RIGHT + source).encode()), sandbox, "good")

    return grade_source


def statuses(graded) -> dict[str, str]:
    """Return the status of each check by the name of its Python function."""
    return {check.id.partition(".")[2]: check.status for check in graded.record.checks}


def lost(graded) -> dict[str, str]:
    """Return the statuses of the checks that were not passed."""
    return {name: status for name, status in statuses(graded).items() if status != "passed"}


def test_right_submission_earns_everything_and_no_notes(grade):
    """Handles, state and callbacks work through a process as they do in this one."""
    graded = grade()
    assert (lost(graded), graded.record.score, graded.record.max_score, graded.notes) == ({}, 50.0, 50.0, ())
    assert [check.message for check in graded.record.checks] == [""] * 5


def test_records_are_the_same_in_a_sandbox_and_in_process(grade):
    """A student's own check, without processes, gets the same record as grading."""
    for source in (
        "",
        "def g(x): return 3 * x",
        "def step(x, state, lr): raise KeyError(lr)\n",
        "def f(x): x += 1; return x",
    ):
        records = [grade(source, sandbox=None).record, grade(source).record]
        checks = [[msgspec.structs.replace(check, seconds=0.0) for check in each.checks] for each in records]
        assert checks[0] == checks[1]
        assert records[0].advice == records[1].advice


ENDINGS = {
    "crash": "import os; os._exit(0)",
    "timeout": "while True: pass",
    "memory": "np.ones(20 * 2**27)",
    "error": "raise KeyError('k')",
}


@pytest.mark.parametrize("status", ENDINGS)
def test_fault_costs_its_check_alone(status, grade):
    """A process that ends in one check is replaced before the next one, and everything else is graded."""
    code = f"def g(x):\n    if x.size == 2:\n        {ENDINGS[status]}\n    return x\n"
    graded = grade(code)
    skipped = {"doubles": "skipped"} if status in ("crash", "timeout") else {}  # it calls g, which is not called again
    assert lost(graded) == {"two": status} | skipped
    assert graded.record.error is None
    (note,) = [note for note in graded.notes if note.check == "g.two"]
    words = "KeyError: 'k'" if status == "error" else f"{status}: "
    assert any(words in text for text in note.raised), note


def test_fault_between_two_calls_of_a_check_costs_that_check(grade):
    """Objects that a check made in a process that ends are gone, and no other check needs them."""
    code = "def step(x, state, lr):\n    if state: import os; os._exit(1)\n    return x - lr, {'n': 1}\n"
    assert lost(grade(code)) == {"three_steps": "crash"}


def test_function_that_stopped_its_process_is_not_called_for_anothers_sake(exercise, tight, monkeypatch):
    """A function that ends its process in its own checks costs a process for each of those, and none for others."""
    sessions = []
    session = type(tight).session

    def counted(self):
        sessions.append(None)
        return session(self)

    monkeypatch.setattr(type(tight), "session", counted)
    source = RIGHT + "def g(x): import os; os._exit(0)\ndef f(x): return 2 * x\n"
    graded = exercise.grader().grade(single_file("s", "small", source.encode()), tight)
    assert lost(graded) == {"two": "crash", "hidden_first": "crash", "doubles": "skipped"}
    (message,) = [check.message for check in graded.record.checks if check.id == "f.doubles"]
    assert message.startswith("Skipped: fix g first, which this check needs.\nThe call of g ended the whole process")
    assert len(sessions) == 3  # the first, and another one after each check of g


@pytest.mark.parametrize("sandboxed", [True, False])
def test_names_are_put_back_between_checks(sandboxed, grade, tight):
    """Top-level names that a call deletes or replaces are back in the next check."""
    code = "def g(x):\n    global g\n    g = None\n    globals().pop('f')\n    globals()['np'] = 7\n    return x\n"
    graded = grade(code, tight if sandboxed else None)
    assert lost(graded) == {"doubles": "not_attempted"}  # in which g itself has removed f


@pytest.mark.parametrize("sandboxed", [True, False])
def test_settings_of_the_process_are_undone_before_each_call(sandboxed, grade, tight):
    """NumPy's error state and warnings that one function turns into errors affect no other function."""
    code = "import warnings\ndef g(x):\n    np.seterr(all='raise')\n    warnings.simplefilter('error')\n    return x\n"
    code += "def f(x):\n    warnings.warn('careful')\n    np.exp(1000 * np.abs(x) + 1000)\n    return 2 * x\n"
    assert lost(grade(code, tight if sandboxed else None)) == {}


@pytest.mark.parametrize("sandboxed", [True, False])
@pytest.mark.parametrize(
    "code",
    [
        "np.seterr(divide='raise')\n{}    try: np.ones(1) / 0\n    except FloatingPointError: return 2 * x\n",
        "from warnings import *\nsimplefilter('error')\n{}    try: np.ones(1) / 0\n    except Warning: return 2 * x",
        "from warnings import *\n{}    with catch_warnings(record=True) as w: x / 0\n    return 2 * x * len(w)",
        "before = np.geterr()\n{}    return 2 * x if np.geterr() == before else x\n",
    ],
)
def test_settings_are_those_of_an_interpreter_and_of_the_file(code, sandboxed, grade, tight):
    """A function that relies on a floating-point error or on a warning gets it, as at home."""
    assert lost(grade(code.format("def f(x):\n"), tight if sandboxed else None)) == {}


@pytest.mark.parametrize("sandboxed", [True, False])
def test_warnings_are_not_printed(sandboxed, grade, tight):
    """A warning's text, which quotes lines and folders of this machine, does not count as a function's output."""
    graded = grade("def f(x):\n    np.ones(1) / 0\n    return x\n", tight if sandboxed else None)
    assert "divide" not in "".join(check.message for check in graded.record.checks)


def test_callback_asked_wrongly_is_told_to_the_student(grade):
    """A wrong question to a callback is an error in the student's own line, and the next check goes on."""
    graded = grade("def ask(x, function):\n    return function(x[None]) + x\n")
    assert lost(graded) == {"asks": "error"}
    (message,) = [check.message for check in graded.record.checks if check.id == "ask.asks"]
    assert "takes an array of shape (2,), not (1, 2)" in message
    assert "line 7, in ask: return function(x[None]) + x" in message
    assert lost(grade("def ask(x, function): return 0 * x + [function(x) for _ in range(10_001)][0]")) == {
        "asks": "error"
    }
    assert lost(grade("def ask(x, function): return function('x')")) == {"asks": "error"}
    assert lost(grade("def ask(x, function):\n    while True: function(x[0])")) == {"asks": "error"}
    swallowing = (
        "def ask(x, function):\n    while True:\n        try: function(x[0])\n        except ValueError: pass\n"
    )
    assert lost(grade(swallowing)) == {"asks": "timeout"}


def test_argument_changed_in_place_is_advice(grade):
    """Changing an argument costs nothing, and is reported once for each function, with the parameters' names."""
    step = "    x -= lr * (1 + state.get('n', 0))\n    state['n'] = state.get('n', 0) + 1\n    return x, state\n"
    graded = grade(f"def step(x, state, lr):\n{step}def g(x):\n    x *= 1.5\n    return x / 1.5\n")
    assert lost(graded) == {}
    assert graded.record.advice == (
        "g changes its argument x in place; return new values instead",
        "f changes its argument x in place; return new values instead",
        "step changes its arguments x and state in place; return new values instead",
    )


def test_interference_with_the_connection_ends_the_grading(grade):
    """A process that writes into the connection has no record of checks, even if it is found out only at the end."""
    write = "import os\n    for number in range(3, 64):\n        try: os.write(number, b'\\1\\0\\0\\0\\x90')\n"
    write += "        except OSError: pass\n"
    for code in (f"def g(x):\n    {write}    return x\n", f"def ask(x, function):\n    {write}    return x\n"):
        graded = grade(code)
        assert graded.record.error == Error(
            kind="protocol", message="The file interfered with the grader's connection to it."
        )
        assert graded.record.score == 0
        assert {check.status for check in graded.record.checks} == {"skipped"}


def test_interference_before_a_follow_through_ends_the_grading(tight):
    """Unrequested messages are also found if a worker is replaced for a follow-through."""
    exercise = Exercise("small", TIGHT)
    g = exercise.function("g", returns="y")
    f = exercise.function("f", returns="y", needs=[g])

    @f.check(points=1)
    def doubles(student, inputs, expect):
        """Double."""
        expect.reference("y", student.f(inputs.normal(3)))

    @doubles.follow_through
    def doubles_the_own_g(student, inputs, expect):
        x = inputs.normal(3)
        expect.follows("y", student.f(x), given=[2 * student.g(x)])

    exercise.loading_public = False  # so that it comes last, and the follow-through right behind it

    @g.check(points=1)
    def identity(student, inputs, expect):
        """Return the argument."""
        expect.reference("y", student.g(inputs.normal(2)))

    grader = record(exercise, {"g": lambda x: x, "f": lambda x: 2 * x}).grader()
    reply = msgspec.msgpack.encode(Reply(Raised(("MemoryError",), "", ())))  # after which the worker is replaced
    forge = "if x.size == 2:\n        for n in range(3, 64):\n            try: os.write(n, REPLY)\n"
    forge += "            except OSError: pass\n"

    def graded(code: str):
        source = f"import os\nREPLY = {struct.pack('<I', len(reply)) + reply!r}\ndef f(x): return 5 * x\n"
        source += f"def g(x):\n    {code}    return 3 * x\n"
        return grader.grade(single_file("s", "small", source.encode()), tight).record

    assert graded("pass\n").error is None
    assert graded(forge).error.kind == "protocol"


def test_file_that_can_not_be_read_is_an_error(grade):
    """A file that is not Python has a complete record with the kind of error, its line, and no points."""
    record_ = grade("def f(:").record
    assert (record_.status, record_.score, record_.error.kind, record_.error.line) == ("error", 0, "syntax", 6)
    assert "SyntaxError" in record_.error.message
    assert len(record_.checks) == 5
    assert record_.isolation == "good"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("1 / 0", "small.py, line 6 raises ZeroDivisionError: division by zero; the rest was graded without it"),
        ("import os; os._exit(3)", "small.py, line 6 ended the whole process"),
        ("while True: pass", "small.py, line 6 took longer than is allowed (perhaps a loop does not end)"),
        (
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
            "small.py, line 6 took longer",
        ),
    ],
)
def test_statement_that_fails_while_a_file_is_imported_costs_itself(source, words, grade):
    """Functions that do not need the failed statement keep their points, and the failure is reported."""
    graded = grade(source)
    assert lost(graded) == {}
    assert any(line.startswith(words) for line in graded.record.advice)


def test_statement_that_stops_its_process_costs_what_it_defines(grade):
    """A function whose definition ends the process is lost with that fault; all others are not."""
    stop = "def stop(function):\n    import os\n    os._exit(3)\n"
    assert lost(grade(f"{stop}@stop\ndef g(x): return x\n")) == {
        "two": "crash",
        "hidden_first": "crash",
        "doubles": "skipped",
    }
    again = f"{stop}@stop\ndef g(x): return x\ndef g(x): return x\n"
    assert lost(grade(again)) == {}


def test_too_many_statements_that_stop_their_process_end_the_grading(grade):
    """Each statement may take the time of a check; but their number is limited."""
    graded = grade("import os\n" + "os._exit(3)\n" * 20)
    assert graded.record.error == Error(
        kind="crash",
        message="Importing the file ended the whole process (os._exit, a crash inside a library, or recursion without "
        "end).",
    )


def test_check_that_loops_on_a_students_number_is_no_record(tight):
    """A check of ours that does not end is nobody's zero: the submission waits for a person, and the class goes on."""

    def endless(student, inputs, expect):
        """Be positive."""
        y = student.f(inputs.positive(1))
        while y < 0:
            pass
        expect.reference("y", y)

    grader = small(endless, right={"f": lambda x: x}).grader()
    grader._watchdog = Watchdog(0.2, 0.05)
    bad = single_file("s", "small", b"def f(x): return -x")
    with pytest.raises(CheckError, match="CheckTooSlow"):
        grader.grade(bad, tight)
    outcome = BatchGrader(lambda _: pytest.fail("no key is opened"))._grade(bad, grader, tight, "good")
    assert outcome == NotGraded(student="s", exercise="small", reason=outcome.reason)
    assert "CheckTooSlow" in outcome.reason
    assert grader.grade(single_file("s", "small", b"def f(x): return x"), tight).record.score == 1


def test_mistake_in_a_check_is_no_record(tight):
    """A check whose own code fails on a student's numbers is the grader's fault, never a failure of the student's."""

    def divides(student, inputs, expect):
        """Be positive."""
        y = student.f(inputs.positive(1))
        expect.that(1 // int(y[0] > 0) == 1, "It must be positive.")

    grader = small(divides, right={"f": lambda x: x}).grader()
    with pytest.raises(CheckError, match="ZeroDivisionError"):
        grader.grade(single_file("s", "small", b"def f(x): return -x"), tight)
    assert grader.grade(single_file("s", "small", b"def f(x): return x"), tight).record.score == 1


def test_callback_of_ours_that_fails_leaves_the_sandbox_usable(tight):
    """A check's own callback that raises ends that grading, and the next submission is graded as usual."""

    def picky(student, inputs, expect):
        """Take a step."""
        expect.reference("y", student.f(inputs.positive(1), lambda point: 1 / int(point[0])))

    def f(x, function):
        return function(x + 1)

    grader = small(picky, right={"f": f}).grader()
    with pytest.raises(CheckError, match="ZeroDivisionError"):
        grader.grade(single_file("s", "small", b"def f(x, function):\n    return function(0 * x)"), tight)
    right = b"def f(x, function):\n    return function(x + 1)"
    assert grader.grade(single_file("s", "small", right), tight).record.score == 1


def test_some_functions_can_be_graded_alone_and_others_still_be_blamed(exercise, tight):
    """A grader for one function records only its checks; checks that these need also run, to know whom to blame."""
    grader = exercise.grader().only(["f"])
    wrong = RIGHT + "def g(x): return 3 * x\ndef f(x): return -x\n"
    record_ = grader.grade(single_file("s", "small", wrong.encode()), tight).record
    assert [(check.id, check.status) for check in record_.checks] == [("f.doubles", "skipped")]
    assert record_.max_score == 10
    assert grader.grade(Submission(student="s", error=Error(kind="missing", message="m")), tight).record.max_score == 10
    right = grader.grade(single_file("s", "small", RIGHT.encode()), tight).record
    assert (right.score, right.max_score) == (10, 10)


def test_cell_that_stops_its_process_costs_its_function_alone(exercise, tight):
    """A notebook's cell that can't be imported is skipped, and so are calls of its function for other functions."""
    cells = (
        Cell(label="small.py", source=RIGHT.encode(), required=False),
        Cell(label="In [1] (g)", source=b"import os\nos._exit(0)", function="g", required=False),
        Cell(label="In [2] (f)", source=b"def f(x): return 2 * x + 1", function="f", required=False),
    )
    graded = exercise.grader().grade(Submission(student="s", cells=cells), tight)
    assert lost(graded) == {"two": "crash", "hidden_first": "crash", "doubles": "skipped"}


def test_key_refuses_other_checks_than_its_own(exercise):
    """An answer key grades with the checks that it was recorded from, whatever a folder holds now."""
    key = msgspec.structs.replace(exercise.key, hashes={"public_checks.py": "0" * 64}, sources={})
    for sources in ({}, {"public_checks.py": b"exercise = None"}):
        with pytest.raises(
            CourseError, match=r"public_checks\.py is not the file that the answer key was recorded from"
        ):
            open_grader(key, sources)


@pytest.mark.parametrize(
    "failing",
    [
        "raise ValueError('LEAK-1')",
        "import LEAK_1",
        "exec('LEAK-1 LEAK-1')",
        "raise SyntaxError('LEAK-1', ('LEAK-1', 1, 1, 'LEAK-1'))",
        "class LEAK_1(Exception): pass\n    raise LEAK_1",
        "raise SystemExit('LEAK-1')",
        "os._exit(1)",
        "x = bytearray(2 ** 40)",
    ],
)
def test_import_that_fails_later_is_not_told(failing, grade, tight):
    """After the first check, nothing is shown of a new process's import, which may know what an ended one has seen."""
    code = f"import os\ndef g(x): os._exit(1)\nif os.getppid() != {tight.process}:\n    {failing}\n"
    record = grade(code).record
    assert record.status == "error"
    assert (record.error.kind, record.error.line) == ("import", None)
    assert record.error.message == "it could be imported at first, but not again after a check had ended its process"


def test_what_is_told_was_said_before_the_course_was_asked(keys, tight):
    """What students read of a public check comes from runs before all others, and has no number of the course."""
    source = EXERCISES["normalization"].solution.read_text("utf-8")
    source += (
        "\nCALLS = []\ndef fit_standardizer(x):\n    CALLS.append(0)\n    raise ValueError(f'call {len(CALLS)}')\n"
    )
    key = keys(1)["normalization"]
    record = open_grader(key).grade(single_file("s", "normalization", source.encode()), tight, "good").record
    told = [int(call) for check in record.checks for call in re.findall(r"ValueError: call (\d+)", check.message)]
    assert told == list(range(1, len(told) + 1))
    assert 0 < len(told) <= len(key.handed_out)


@pytest.mark.parametrize("size", [2**18, 2**20, 5 * 2**20])
def test_answer_of_too_many_numbers_is_told_as_that(size, grade):
    """An array with far more numbers than the reference gives is described by the worker, but not sent."""
    graded = grade(f"def g(x): return np.zeros({size})\n")
    message = next(check.message for check in graded.record.checks if check.id == "g.two")
    assert f"an array of shape ({size},)" in message
    assert lost(graded)["two"] == "failed"


def test_raw_reply_is_read_as_far_as_the_shapes_allow(grade):
    """Replies that a process makes up itself are read only as far as the reference's shapes allow."""
    raw = "def g(x):\n    import os, struct\n    frame = struct.pack('<I', 2**20) + bytes(2**20)\n"
    graded = grade(f"{raw}    while frame: frame = frame[os.write(4, frame):]\n")
    assert graded.record.error.kind == "protocol"
    assert 2**17 < _room(CallShapes("g", {"y": ((2,),)})) < 2**18
    assert _room(CallShapes("g", {"y": ((2,),), "z": ((10**5, 10),)})) == MAX_ROOM


def test_values_that_do_not_fit_are_not_kept(exercise):
    """A result that failed by its shape is kept once, for its description, and not also in a traceback."""
    functions = functions_of(RIGHT) | {"g": lambda x: np.tile(x, 5000)}
    tracemalloc.start()
    try:
        run = exercise.run("g.two", **functions)
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert run.failure is not None
    assert kept < 1.5 * 5000 * 2 * 8
