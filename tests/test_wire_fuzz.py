"""Ten thousands of wrong replies: each is sound or refused, and never causes an error in the grader.

The seeds are what honest files send in the checks of the shipped exercises. Mutants that are accepted, and judged as
none was before, become seeds themselves: so the fuzz finds its way behind the decoder, into the checks.
"""

from __future__ import annotations

import itertools
import random
import struct
import sys
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pytest

from autograder.authoring import arrays, load_module
from autograder.cells import Cell
from autograder.checking import InProcessStudent, Run, Verdict, explain
from autograder.checking.failures import status_of
from autograder.course import DEFAULT_SEED
from autograder.grading import Grader, open_grader
from autograder.grading.students import SandboxedStudent
from autograder.key import KeyCheck
from autograder.limits import Limits
from autograder.results import CheckStatus
from autograder.wire import (
    MAX_PROBLEMS,
    Absent,
    Array,
    Fault,
    Loaded,
    Malformed,
    Problem,
    Question,
    Raised,
    Refused,
    Reply,
    Returned,
    pack,
)
from tests.conftest import EXERCISES
from tests.mutations import ENCODE, mutant
from tests.small import raiser, small

FRAMES = 10_000  # an exercise; 11 exercises
LARGEST = 20_000  # bytes of a seed: what is found out about large frames is found out about small ones, sooner
LONGEST = 60  # frames in a seed: what is found out in a long check is found out in a short one, sooner
MULTIPLE = 64  # bytes of memory for a byte of a frame: an integer of Python takes 40 for one
STATUSES = set(CheckStatus.__args__)


class Played:
    """A sandbox whose process sends given frames, whatever it is asked, and then nothing more."""

    limits = Limits()

    def __init__(self, frames: Sequence[bytes | Fault]) -> None:
        self.fault: Fault | None = None
        self._frames = iter(frames)

    @contextmanager
    def session(self) -> Iterator[Played]:
        """Be the session, too."""
        yield self

    def start_check(self) -> None:
        """Allow for any time."""

    def exchange(self, _message: bytes, _most: int) -> bytes | Fault:
        """Send the next frame."""
        return next(self._frames, Fault("crash", "there is no more"))


class Honest(InProcessStudent):
    """A student who makes calls in this process, and records the frames that a worker would have sent."""

    def __init__(self, namespace) -> None:
        super().__init__(namespace)
        self.frames: list[bytes] = []

    def call(self, call, answer):
        """Make a call."""

        def asked(question):
            self.frames.append(ENCODE(question))
            return answer(question)

        reply = super().call(call, asked)
        self.frames.append(ENCODE(reply))
        return reply


def play(grader: Grader, check: KeyCheck, frames: list[bytes], *, follow_through: bool = False) -> Run:
    """Run a check on a process that sends these frames."""
    student = SandboxedStudent(Played(frames), grader.exercise, ())
    with student:
        assert student.open() is None
        return grader._run(student, check, 0, follow_through=follow_through)


def way_of(grader: Grader, check: KeyCheck, frames: list[bytes], *, follow_through: bool = False) -> tuple | None:
    """Send frames all the way to a message; return the outcome, or None if they were refused."""
    run = play(grader, check, frames, follow_through=follow_through)
    assert run.fault is None or run.fault.kind in ("protocol", "crash")
    assert run.function in grader.key.parameters
    for text in run.raised:
        assert len(text) <= 3000
    if run.fault is not None and run.fault.kind == "protocol":
        return None
    status = "passed" if run.failure is None else status_of(run.failure)
    assert status in STATUSES
    verdict = Verdict(status=status, failure=run.failure, function=run.function)
    message = explain(verdict, check.function, check.visibility, "")
    assert len(message.splitlines()) <= 8
    return status, type(run.failure), run.function, run.undecided, len(run.observations)


def seeds_of(grader: Grader) -> Iterator[tuple[KeyCheck, bool, list[list[bytes]]]]:
    """Yield every check, and every follow-through, with the frames of honest and less honest files."""
    right = vars(load_module(EXERCISES[grader.exercise].solution))
    functions = grader.key.parameters
    files = [
        right,
        dict.fromkeys(functions, raiser(NotImplementedError())),
        dict.fromkeys(functions, lambda *_, **__: None),
        dict.fromkeys(functions, lambda *_, **__: ("text", {})),
        dict.fromkeys(functions, 3),
        {},
    ]
    for check in grader.key.checks:
        for follow_through in (False, True) if check.follow_through else (False,):
            seeds = []
            for file in files:
                student = Honest(file)
                grader._run(student, check, 0, follow_through=follow_through)
                if len(student.frames) <= LONGEST and max(map(len, student.frames)) <= LARGEST:
                    seeds.append(student.frames)
            yield check, follow_through, seeds


@pytest.mark.parametrize("name", EXERCISES)
def test_reply_is_sound_or_a_protocol_fault(name, keys):
    """Every mutant of honest replies is refused, or is judged and put into words; no check's own code fails on it."""
    grader = open_grader(keys(DEFAULT_SEED)[name])
    checks = [each for each in seeds_of(grader) if each[-1]]
    rng = random.Random(name)
    accepted = 0
    for check, follow_through, seeds in checks:
        ways = {way_of(grader, check, seed, follow_through=follow_through) for seed in seeds}
        assert None not in ways, "an honest reply was refused"
        for _ in range(FRAMES // len(checks) + 1):
            frames = list(rng.choice(seeds))
            place = rng.randrange(len(frames))
            frames[place] = mutant(rng, frames[place], rng.choice(rng.choice(seeds)))
            try:
                way = way_of(grader, check, frames, follow_through=follow_through)
            except Exception as error:
                error.add_note(
                    f"check {check.id}, follow-through {follow_through}, frame {place}: {frames[place].hex()}"
                )
                raise
            accepted += way is not None
            if way is not None and way not in ways and len(frames[place]) <= LARGEST:
                ways.add(way)
                seeds.append(frames)
    assert accepted > FRAMES / 10, "the mutants hardly get behind the decoder"


# ---- replies made by hand


def three_calls(student, _inputs, expect):
    """Return zeros."""
    for number in (1, 2):
        expect.reference(f"y {number}", student.at(f"call {number}").f(np.ones(1), lambda point: point))
    expect.reference("y 3", student.g(np.ones(1)))


SMALL = small(three_calls, right={"f": lambda *_: np.zeros(1), "g": lambda *_: np.zeros(1)})
GRADER = SMALL.grader()
CHECK = SMALL.key.checks[0]
PROBLEM = Problem(3, Raised(("KeyError", "Exception"), "k", ()))
GOOD = ENCODE(Reply(Returned({"y": pack(np.zeros(1))})))
REPLIES = [
    GOOD,
    ENCODE(Reply(Returned({"y": pack(np.ones(1))}))),
    ENCODE(Reply(Returned({"y": Malformed("nothing", "None")}))),
    ENCODE(Reply(Raised(("KeyError", "Exception"), "", ()))),
    ENCODE(Reply(Raised((), "", ()))),
    ENCODE(Reply(Absent(""))),
    ENCODE(Question("callback 0", pack(np.ones(1)))),
    ENCODE(Question("callback 7", pack(np.ones((2, 2))))),
    ENCODE(Loaded()),
]


@pytest.mark.unit
def test_replies_of_any_order_are_judged_or_refused():
    """No order of replies is too strange, not even one that no worker can send; only right replies pass."""
    for frames in itertools.product(REPLIES, repeat=4):
        way = way_of(GRADER, CHECK, list(frames))
        replies = [frame for frame in frames if frame not in REPLIES[6:8]]
        passed = way is not None and way[0] == "passed"
        assert passed == (replies[:3] == [GOOD] * 3), frames


@pytest.mark.unit
@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\x80\x04K\x01.",
        b"\x91" * 100_000,
        GOOD + b"\0",
        GOOD[:-1],
        ENCODE(Reply(Returned({}))),
        ENCODE(Reply(Returned({"z": pack(np.zeros(1))}))),
        ENCODE(Reply(Returned({"y": pack(np.zeros(1)), "z": pack(np.zeros(1))}))),
        ENCODE(Reply(Returned({"y": Array("float64", (2**40,), b"")}))),
        ENCODE(Reply(Returned({"y": Array("object", (1,), b"\0" * 8)}))),
        ENCODE(Reply(Returned({"y": Array("float64", (1,), b"\0" * 8, "K")}))),
        ENCODE(Reply(Raised((), "", ()))),
        ENCODE(Reply(Raised(("A",) * 300, "", ()))),
        ENCODE(Reply(Raised(("A",), "x" * 3000, ()))),
        ENCODE(Reply(Absent(""), "x" * 20_000)),
        ENCODE(Loaded()),
        ENCODE({"status": "passed"}),
    ],
)
def test_reply_that_does_not_fit_is_a_protocol_fault(reply):
    """Bytes that are no reply to this call are the submission's fault, never an exception of ours."""
    assert play(GRADER, CHECK, [GOOD] * 3).failure is None
    run = play(GRADER, CHECK, [GOOD, reply, GOOD])
    assert run.fault is not None
    assert run.fault.kind == "protocol"
    assert (run.function, status_of(run.failure)) == ("f", "crash")


@pytest.mark.unit
def test_question_is_answered_and_the_call_goes_on():
    """Questions in between are part of a call; a malformed question ends it."""
    question = ENCODE(Question("callback 0", pack(np.ones(1))))
    assert play(GRADER, CHECK, [GOOD, GOOD, GOOD]).failure is None
    assert play(GRADER, CHECK, [question] * 5 + [GOOD] + [question] + [GOOD, GOOD]).failure is None
    lying = ENCODE(Question("callback 0", Array("float64", (3,), b"\0")))
    assert play(GRADER, CHECK, [lying, GOOD, GOOD, GOOD]).failure is None  # it is answered with an error
    assert play(GRADER, CHECK, [question]).fault == Fault("crash", "there is no more")


@pytest.mark.unit
def test_answer_to_a_file_is_sound_or_a_protocol_fault():
    """Every mutant of the answer to an import is refused, or says one of the few things that it may say."""
    rng = random.Random(0)
    frames = [
        ENCODE(seed) for seed in (Loaded(), Loaded(1, 2, (PROBLEM,), ("f",)), Refused("bad", 3), Refused("no", None))
    ]
    cell = Cell(label="x.py", source=b"", required=True)
    found = []
    for _ in range(FRAMES):
        student = SandboxedStudent(Played([mutant(rng, rng.choice(frames), rng.choice(frames))]), "x", (cell,))
        with student:
            found.append(student.open())
    for answer in found:
        if isinstance(answer, Fault):
            assert answer.kind == "protocol"
        elif isinstance(answer, Refused):
            assert type(answer.message) is str
            assert answer.line is None or type(answer.line) is int
        else:
            assert answer is None
    assert {type(answer) for answer in found} == {Fault, Refused, type(None)}


def claiming(kind: bytes, count: int) -> bytes:
    """Return the head of an array, a map, a text or bytes that claims to have so many items."""
    return kind + struct.pack(">I", count)


RETURNED = b"\x92\xa5reply\x92\xa8returned"
ARRAY = RETURNED + b"\x81\xa1y\x95\xa5array\xa7float64"
RAISED = b"\x92\xa5reply\x94\xa6raised"
QUESTION = b"\x93\xa8question\xaacallback 0\x95\xa5array\xa7float64"
MANY = 300_000
NASTIEST = {
    "outputs that do not follow": RETURNED + claiming(b"\xdf", 2**32 - 1),
    "dimensions that do not follow": ARRAY + claiming(b"\xdd", 2**32 - 1),
    "bytes that do not follow": ARRAY + b"\x90" + claiming(b"\xc6", 2**32 - 1),
    "a text that does not follow": claiming(b"\xdb", 2**32 - 1).join((RAISED + b"\x90", b"")),
    "a shape without bytes": ARRAY + b"\x92\xce\xff\xff\xff\xff\xce\xff\xff\xff\xff\xc4\x00\xa1C",
    "a point without bytes": QUESTION + b"\x92\xce\xff\xff\xff\xff\xce\xff\xff\xff\xff\xc4\x00\xa1C",
    "many dimensions": ARRAY + claiming(b"\xdd", MANY) + b"\xe0" * MANY + b"\xc4\x00\xa1C",
    "many classes": RAISED + claiming(b"\xdd", MANY) + b"\xa1a" * MANY + b"\xa0\x90",
    "many lines": RAISED + b"\x91\xa1a\xa0" + claiming(b"\xdd", MANY) + b"\x93\x00\xa0\xa0" * MANY,
    "many outputs": RETURNED + claiming(b"\xdf", 30_000) + b"".join(
        ENCODE(str(number)) + b"\x93\xa9malformed\xa4text\xa0" for number in range(30_000)
    ),
    "many changed arguments": RETURNED + b"\x80" + claiming(b"\xdd", MANY) + b"\xa1a" * MANY,
    "unprintable names": RETURNED + b"\x81" + claiming(b"\xdb", MANY) + b"\0" * MANY + b"\x93\xa9malformed\xa4text\xa0",
    "much that is printed": b"\x93\xa5reply\x92\xa6absent\xa0" + claiming(b"\xdb", MANY) + b"x" * MANY,
    "many arrays": RETURNED + b"\x81\xa1y\x92\xa6arrays" + claiming(b"\xdd", 60_000)
    + b"\x94\xa5array\xa4bool\x90\xc4\x00" * 60_000,
    "many sound arrays": RETURNED + b"\x81\xa1y\x92\xa6arrays" + claiming(b"\xdd", 60_000)
    + b"\x94\xa5array\xa4bool\x91\x00\xc4\x00" * 60_000,
    "nesting where nothing is expected": b"\x93\x90\xa0" + b"\x91" * MANY,
    "nesting of maps": b"\x92\xa5reply" + b"\x81\xa1y" * MANY,
}  # fmt: skip


@pytest.mark.unit
@pytest.mark.parametrize("name", NASTIEST)
@pytest.mark.parametrize("kind", ["array", "list"])
def test_frame_costs_what_its_length_allows(name, kind):
    """Memory stays below a multiple of a frame's length, and work below one call per byte, whatever a frame claims."""

    def one_call(student, _inputs, expect):
        """Return zeros."""
        y = student.f(lambda point: point)
        expect.that(len(y) == 2, "There must be two.")

    returns = {"f": arrays("y") if kind == "list" else "y"}
    exercise = small(one_call, right={"f": lambda _: [np.zeros(3), np.zeros(3)]}, returns=returns)
    grader, check, frame = exercise.grader(), exercise.key.checks[0], NASTIEST[name]
    play(grader, check, [frame])  # what is done once is done
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    tracemalloc.start()
    try:
        run = play(grader, check, [frame])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    sys.setprofile(count)
    try:
        play(grader, check, [frame])
    finally:
        sys.setprofile(None)
    assert run.failure is not None
    assert peak <= MULTIPLE * len(frame) + 20_000
    assert calls <= len(frame) + 500


def test_what_is_said_of_an_import_is_bounded_however_many_statements_claim_to_fail():
    """A process that claims the largest problems for very many statements does not make the grader larger."""
    lines = "\n".join(["é" * 60] * 8)
    problems = tuple(Problem(1, Raised((f"Error{number}",), f"{number}{lines}", ())) for number in range(MAX_PROBLEMS))
    statements = 2000
    loaded = ENCODE(Loaded(statements, 1, problems))
    frames: list[bytes | Fault] = [Fault("crash", "at first"), *[loaded] * (1 + statements)]
    student = SandboxedStudent(Played(frames), "small", [Cell(label="small.py", source=b"0\n" * statements)])
    tracemalloc.start()
    try:
        with student:
            assert student.open() is None
        assert tracemalloc.get_traced_memory()[1] < 2**22
    finally:
        tracemalloc.stop()
    assert len(student.advice) <= 7
