"""Wrong replies by the ten thousand: whatever comes over the wire is a trace in order, or the submission's fault.

The seeds are what honest files send for the released checks. Mutants that are accepted, and judged as none was before,
become seeds themselves: so the fuzz finds its way behind the decoder, into the judge.
"""

from __future__ import annotations

import itertools
import math
import random
import struct
import sys
import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

from autograder.answers.load import load_module
from autograder.array import DTYPES, MAX_DIMENSIONS, Array
from autograder.book import Book, Check, read
from autograder.claims import Holds
from autograder.formula import Output
from autograder.grade.receive import read_loading, read_trace
from autograder.judge.explain import explain
from autograder.judge.judge import judge
from autograder.script import Call, Part, Returns, Script
from autograder.trace import Absent, Arrays, Fault, Loaded, Malformed, Raised, Refused, Returned, Trace, Unreached
from autograder.worker.run import run
from tests.conftest import EXERCISES
from tests.mutations import ENCODE, mutant

FRAMES = 10_000  # an exercise; 11 exercises
LARGEST = 20_000  # bytes of a seed: what is found out about large frames is found out about small ones, sooner
MULTIPLE = 64  # bytes of memory for a byte of a frame: an integer of Python takes 40 for one
ONE = Returns((Part("y"),), several=False)


def raiser(*_: object, **__: object) -> None:
    """Be a stub."""
    raise NotImplementedError


def replies(book: Book) -> Iterator[tuple[Check, list[bytes]]]:
    """Yield every check with what a solution, a stub, functions that give nothing and text, and no file send."""
    right = vars(load_module(EXERCISES[book.exercise].solution))
    files = [
        right,
        dict.fromkeys(book.parameters, raiser),
        dict.fromkeys(book.parameters, lambda *_, **__: None),
        dict.fromkeys(book.parameters, lambda *_, **__: ("text", {})),
        dict.fromkeys(book.parameters, 3),
        {},
    ]
    for check in book.checks:
        frames = [ENCODE(run(check.script, file, {})) for file in files]
        yield check, [frame for frame in frames if len(frame) <= LARGEST]


def assert_sound(trace: Trace, script: Script, frame: bytes) -> None:
    """Check everything that a trace promises, without what is under test."""
    assert len(trace.outcomes) == len(script.calls)
    received = 0
    for number, (outcome, call) in enumerate(zip(trace.outcomes, script.calls, strict=True)):
        if isinstance(outcome, Returned):
            kinds = {name: part.kind for part in call.returns.parts for name in part.names()}
            assert outcome.outputs.keys() == kinds.keys()
            for name, value in outcome.outputs.items():
                received += size_of(value, kinds[name])
        elif isinstance(outcome, Unreached):
            assert 0 <= outcome.needs < number
        elif isinstance(outcome, Raised):
            received += len(outcome.text)
    assert received + len(trace.printed) <= len(frame)


def size_of(value: Array | Arrays | Malformed, kind: str) -> int:
    """Return how many bytes or letters a value brings, once it is certain that it is what it says it is."""
    if isinstance(value, Malformed):
        return len(value.found)
    assert isinstance(value, Arrays) == (kind == "list")
    arrays = value.items if isinstance(value, Arrays) else (value,)
    for array in arrays:
        assert array.dtype in DTYPES
        assert len(array.shape) <= MAX_DIMENSIONS
        assert all(extent >= 0 for extent in array.shape)
        assert math.prod(array.shape) * np.dtype(array.dtype).itemsize == len(array.data)
    return sum(len(array.data) for array in arrays)


def way_of(frame: bytes, check: Check) -> tuple | None:
    """Send a frame all the way to its message; return how it went, None where it was refused."""
    trace = read_trace(frame, check.script)
    if isinstance(trace, Fault):
        assert trace.kind == "protocol"
        return None
    assert_sound(trace, check.script, frame)
    verdict = judge(check, trace)
    message = explain(verdict, check.visibility, check.function)
    assert len(message.splitlines()) <= 8
    return verdict.status, type(verdict.reason), *map(type, trace.outcomes[:4])


@pytest.mark.parametrize("name", EXERCISES)
def test_reply_is_a_trace_in_order_or_a_protocol_fault(name):
    """Every mutant of an honest reply is refused as such, or is sound and can be judged and put into words."""
    exercise = EXERCISES[name]
    checks = [(check, seeds) for check, seeds in replies(read(exercise.assignment / f"{name}.book")) if seeds]
    rng = random.Random(name)
    accepted = 0
    for check, seeds in checks:
        ways = {way_of(seed, check) for seed in seeds}
        assert None not in ways, "an honest reply was refused"
        for _ in range(FRAMES // len(checks) + 1):
            frame = mutant(rng, rng.choice(seeds), rng.choice(seeds))
            try:
                way = way_of(frame, check)
            except Exception as error:
                error.add_note(f"check {check.id}, frame {frame.hex()}")
                raise
            accepted += way is not None
            if way is not None and way not in ways and len(frame) <= LARGEST:
                ways.add(way)
                seeds.append(frame)
    assert accepted > FRAMES / 10, "the mutants hardly get behind the decoder"


OUTCOMES = [
    Returned({"y": Array("float64", (), b"\0" * 8)}),
    Returned({"y": Malformed("nothing", "None")}),
    Raised(("KeyError", "Exception"), "", ()),
    Raised((), "", ()),
    Absent(""),
    Unreached(0),
    Unreached(1),
]


@pytest.mark.parametrize("required", [(0,), (1,), (2,), (0, 2), (1, 2)])
@pytest.mark.parametrize("function", ["f", "g"])
def test_outcomes_of_any_order_are_judged_or_refused(function, required):
    """No order of outcomes is too strange, also none that the worker can't have sent."""
    script = Script(tuple(Call(name, (), {}, ONE) for name in "ffg"))
    claim = Holds(Output(required[-1], "y"), "It is zero.")
    check = Check(
        id="x", function=function, title="A title", kind="property", visibility="public", points=1.0, script=script,
        claims=(claim,), shapes=({"y": ((),)},) * 3, required=(required,),
    )  # fmt: skip
    for outcomes in itertools.product(OUTCOMES, repeat=3):
        way = way_of(ENCODE(Trace(outcomes)), check)
        assert way is None or way[0] != "passed"


def test_answer_to_a_file_is_in_order_or_a_protocol_fault():
    """Every mutant of the answer to an import is refused as such, or says one of the few things that it may say."""
    rng = random.Random(0)
    frames = [ENCODE(seed) for seed in (Loaded(), Refused("syntax", "bad", 3), Refused("import", "no", None))]
    found = [read_loading(mutant(rng, rng.choice(frames), rng.choice(frames))) for _ in range(FRAMES)]
    for answer in found:
        if isinstance(answer, Fault):
            assert answer.kind == "protocol"
        elif isinstance(answer, Refused):
            assert answer.kind in ("syntax", "import", "memory")
            assert type(answer.message) is str
            assert answer.line is None or type(answer.line) is int
        else:
            assert answer == Loaded()
    assert {type(answer) for answer in found} == {Fault, Refused, Loaded}


def claiming(kind: bytes, count: int) -> bytes:
    """Return the head of an array, a map, a text or bytes that claims to have so many items."""
    return kind + struct.pack(">I", count)


RETURNED = b"\x91\x91\x92\xa8returned"
ARRAY = RETURNED + b"\x81\xa1y\x95\xa5array\xa7float64"
RAISED = b"\x91\x91\x94\xa6raised"
MANY = 300_000
NASTIEST = {
    "outcomes that do not follow": b"\x91" + claiming(b"\xdd", 2**32 - 1),
    "outputs that do not follow": RETURNED + claiming(b"\xdf", 2**32 - 1),
    "dimensions that do not follow": ARRAY + claiming(b"\xdd", 2**32 - 1),
    "bytes that do not follow": ARRAY + b"\x90" + claiming(b"\xc6", 2**32 - 1),
    "a text that does not follow": claiming(b"\xdb", 2**32 - 1).join((RAISED + b"\x90", b"")),
    "a shape without bytes": ARRAY + b"\x92\xce\xff\xff\xff\xff\xce\xff\xff\xff\xff\xc4\x00\xa1C",
    "many dimensions": ARRAY + claiming(b"\xdd", MANY) + b"\xe0" * MANY + b"\xc4\x00\xa1C",
    "many classes": RAISED + claiming(b"\xdd", MANY) + b"\xa1a" * MANY + b"\xa0\x90",
    "many lines": RAISED + b"\x91\xa1a\xa0" + claiming(b"\xdd", MANY) + b"\x93\x00\xa0\xa0" * MANY,
    "many outcomes": b"\x91" + claiming(b"\xdd", MANY) + b"\x92\xa6absent\xa0" * MANY,
    "many outputs": RETURNED + claiming(b"\xdf", 30_000) + b"".join(
        ENCODE(str(number)) + b"\x93\xa9malformed\xa4text\xa0" for number in range(30_000)
    ),
    "unprintable names": RETURNED + b"\x81" + claiming(b"\xdb", MANY) + b"\0" * MANY + b"\x93\xa9malformed\xa4text\xa0",
    "many arrays": RETURNED + b"\x81\xa1y\x92\xa6arrays" + claiming(b"\xdd", 60_000)
    + b"\x94\xa5array\xa4bool\x90\xc4\x00" * 60_000,
    "many sound arrays": RETURNED + b"\x81\xa1y\x92\xa6arrays" + claiming(b"\xdd", 60_000)
    + b"\x94\xa5array\xa4bool\x91\x00\xc4\x00" * 60_000,
    "nesting where nothing is expected": b"\x93\x90\xa0" + b"\x91" * MANY,
    "nesting of maps": b"\x91\x91" + b"\x81\xa1y" * MANY,
}  # fmt: skip


@pytest.mark.parametrize("name", NASTIEST)
@pytest.mark.parametrize("kind", ["array", "list"])
def test_frame_costs_what_its_length_allows(name, kind):
    """Memory stays below a multiple of a frame's length, and work below a call a byte, whatever the frame claims."""
    frame = NASTIEST[name]
    script = Script((Call("f", (), {}, Returns((Part("y", kind),), several=False)),))
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    tracemalloc.start()
    try:
        read_trace(frame, script)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    sys.setprofile(count)
    try:
        read_trace(frame, script)
    finally:
        sys.setprofile(None)
    assert peak <= MULTIPLE * len(frame) + 10_000
    assert calls <= len(frame) + 100
