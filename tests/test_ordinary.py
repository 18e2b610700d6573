"""Ordinary things that honest code does, each in a confined process of its own, with the same result as without one.

The files of `tests/ordinary` are written as students write. Every function whose name has no underscore in
front is a case; it returns numbers, and texts as the codes of their letters.
"""

from __future__ import annotations

import contextlib
import decimal
import io
import linecache
import re
import subprocess
import sys
import types
import warnings
from collections.abc import Iterator

import msgspec
import numpy as np
import pytest

from autograder.cells import Cell
from autograder.limits import Limits
from autograder.sandbox import BARE, Sandbox, choose
from autograder.wire import Array, Call, Load, Loaded, Part, Reply, Returned, Returns, unpack
from tests.conftest import ROOT

ENCODE = msgspec.msgpack.encode
FILES = sorted((ROOT / "tests" / "ordinary").glob("*.py"))


NEED_A_SCREEN = ("_tkinter", "idlelib", "tkinter", "turtle", "turtledemo")
NOT_FOR_PROGRAMS = ("antigravity", "ensurepip", "lib2to3", "this")
IMPORTS = f"""
import importlib, sys

def lost():
    names = set(sys.stdlib_module_names) - {{*{NEED_A_SCREEN}, *{NOT_FOR_PROGRAMS}}}
    names |= {{"numpy." + name for name in "fft lib.recfunctions ma polynomial random testing typing strings".split()}}
    numbers = []
    for number, name in enumerate(sorted(names)):
        try:
            importlib.import_module(name)
        except ImportError:
            numbers.append(number)
    return numbers
"""


def functions_of(source: str) -> list[str]:
    """Return the names of the functions that a file defines to be tried, in their order."""
    return re.findall(r"^def ([a-z]\w*)\(", source, re.MULTILINE)


SOURCES = {path.stem: path.read_text("utf-8") for path in FILES}
CASES = [(topic, name) for topic, source in SOURCES.items() for name in functions_of(source)]


@contextlib.contextmanager
def whole_again() -> Iterator[io.BytesIO]:
    """Undo what student code may set for the whole process, and catch what it prints."""
    printed = io.BytesIO()
    stream = io.TextIOWrapper(printed, "utf-8", write_through=True)
    path, depth = sys.path[:], sys.getrecursionlimit()
    try:
        with contextlib.ExitStack() as stack:
            stack.enter_context(contextlib.redirect_stdout(stream))
            stack.enter_context(contextlib.redirect_stderr(stream))
            stack.enter_context(np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"))
            stack.enter_context(warnings.catch_warnings())
            stack.enter_context(decimal.localcontext())
            warnings.simplefilter("ignore")
            yield printed
    finally:
        sys.path[:] = path
        sys.setrecursionlimit(depth)


def outside(topic: str, name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[np.ndarray, str]:
    """Return a function's result and output in this process, where its file is executed in the plainest way."""
    module = types.ModuleType(topic)
    module.__file__ = f"{topic}.py"
    monkeypatch.setitem(sys.modules, topic, module)
    monkeypatch.setitem(linecache.cache, module.__file__, lines_of(topic))
    with whole_again() as printed:
        exec(compile(SOURCES[topic], module.__file__, "exec", dont_inherit=True), module.__dict__)
        printed.truncate(0)
        printed.seek(0)
        values = np.array(module.__dict__[name](), np.float64)
        return values, printed.getvalue().decode()


def lines_of(topic: str) -> tuple[int, None, list[str], str]:
    """Return a file's lines as Python keeps them for tracebacks of executed files; imported files it reads itself."""
    return len(SOURCES[topic]), None, SOURCES[topic].splitlines(keepends=True), f"{topic}.py"


def inside(topic: str, name: str, sandbox: Sandbox) -> tuple[object, str]:
    """Return the outcome of a function's call in a submission of its own, and what it printed."""
    call = Call(0, 0, name, (), {}, Returns((Part("value"),), several=False))
    with sandbox.session() as session:
        loading = session.exchange(
            ENCODE(Load(topic, Cell(label=f"{topic}.py", source=SOURCES[topic].encode(), required=True)))
        )
        assert not msgspec.msgpack.decode(loading, type=Loaded).problems
        received = session.exchange(ENCODE(call))
    assert isinstance(received, bytes), received
    reply = msgspec.msgpack.decode(received, type=Reply)
    return reply.outcome, reply.printed


@pytest.mark.parametrize(("topic", "name"), CASES)
def test_confined_code_gives_what_it_gives_anywhere(topic, name, sandbox, monkeypatch):
    """What honest code does works inside, with the same values and output as in an ordinary process."""
    expected, text = outside(topic, name, monkeypatch)
    outcome, printed = inside(topic, name, sandbox)
    assert isinstance(outcome, Returned), outcome
    received = outcome.outputs["value"]
    assert isinstance(received, Array), received
    np.testing.assert_allclose(unpack(received).astype(np.float64), expected, rtol=1e-9, atol=1e-12, strict=True)
    assert printed == text


@pytest.fixture(scope="module")
def strong():
    """Return a sandbox in bubblewrap, where only a copy of Python and NumPy is visible."""
    with Sandbox(Limits(cpu_seconds=30.0), choose().outer) as running:
        assert running.outer.bubblewrap
        yield running


@pytest.mark.parametrize("topic", SOURCES)
def test_copy_in_bubblewrap_has_what_is_needed(topic, sandbox, strong):
    """In bubblewrap, everything works as without it."""
    for name in functions_of(SOURCES[topic]):
        assert inside(topic, name, strong) == inside(topic, name, sandbox), name


@pytest.mark.parametrize("level", ["good", "strong"])
def test_standard_library_can_be_imported(level, strong, monkeypatch):
    """Modules of the standard library and NumPy, except for screens, can be imported inside if they can outside."""
    monkeypatch.setitem(SOURCES, "imports", IMPORTS)
    program = f"{IMPORTS}\nprint(*lost())"
    command = [sys.executable, "-P", "-W", "ignore", "-c", program]
    expected = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    with Sandbox(strong.limits, BARE) as bare:
        outcome, _ = inside("imports", "lost", strong if level == "strong" else bare)
    assert unpack(outcome.outputs["value"]).tolist() == [*map(int, expected)]


def test_there_are_cases_of_every_topic():
    """No file of cases is skipped, and there are enough cases to call it ordinary code."""
    assert {topic for topic, _ in CASES} == {path.stem for path in FILES}
    assert len(CASES) > 100
