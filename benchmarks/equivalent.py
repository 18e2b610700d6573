"""The checks of an exercise as plain NumPy tests, for graders that know nothing of ours; and their calls alone.

What enters are an exercise's answer key and its right solution; what leaves is a package that imports NumPy and nothing
of ours. It has the same checks, with the inputs that they draw and the answers that were recorded. Equal are the calls,
their order and their arguments, the recorded answers, and the tolerance: 1e-6 of an answer plus 1e-6 of the largest
among its numbers. Skipped, in favor of those who run it: tests of distribution, follow-throughs, checks of types and
finite values, copies that keep calls apart, and every word about what is wrong.

The calls alone are what is left of a check that neither draws nor expects anything: each call is a line of Python, with
the arguments that it had when the check ran.
"""

from __future__ import annotations

import copy
import functools
import importlib.util
import pickle
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from autograder import wire
from autograder.authoring import Check, load_exercise
from autograder.checking import InProcessStudent, Setting, Watchdog, expected_of, run_check
from autograder.key import AnswerKey
from benchmarks.course import Subject

PACKAGE, VALUES = "equivalent_checks", "values.pickle"
PLAIN = Path(__file__).with_name("plain.py")
AUTHORING = re.compile(r"^from autograder\.authoring import", re.MULTILINE)
HEAD = '''"""Checks as functions that take a module of a student's functions."""

import pickle
from pathlib import Path

from . import hidden_checks, public_checks
from .plain import Expect, Inputs, Student, bodies

DRAWN, RECORDED = pickle.loads(Path(__file__).with_name("{values}").read_bytes())


def run(check, module):
    bodies[check](Student(module), Inputs(DRAWN[check]), Expect(RECORDED[check]))
'''
CHECK = """

def {name}(module):
    run({check!r}, module)
"""
CALLS = """
import numpy as np


def answering(*answers):
    remaining = iter(answers)

    def callback(point):
        answer = next(remaining)
        if answer is None:
            raise ValueError("this point has another shape")
        return answer.copy()

    return callback

"""
PlainCheck = Callable[[object], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedCheck:
    """A check's name in the package, the function that it is about, and its points."""

    name: str
    function: str
    points: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsal:
    """What a check has drawn, and the messages that a worker would have got for it."""

    check: str
    drawn: tuple[object, ...]
    messages: tuple[wire.Call | wire.Answer, ...]


def named_checks(key: AnswerKey) -> tuple[NamedCheck, ...]:
    """Return the checks of an answer key with the names that they have in the package."""
    return tuple(
        NamedCheck(name=f"check_{number:02}_{check.function}", function=check.function, points=check.points)
        for number, check in enumerate(key.checks)
    )


def rehearse(key: AnswerKey, functions: Mapping[str, object]) -> list[Rehearsal]:
    """Run all checks on functions in this process, and note what they draw and the calls that they make."""
    checks = {check.id: check for check in load_exercise(key.exercise, key.sources).checks()}
    watchdog = Watchdog()
    rehearsals = []
    for number, check in enumerate(key.checks):
        student = _NotingStudent(functions)
        drawn: list[object] = []
        setting = Setting(
            draws_from=check.draws_from,
            number=number,
            recorded=expected_of(check.recorded),
            parameters=key.parameters,
            drawn={},
            watchdog=watchdog,
        )
        run_check(_noting(checks[check.id], drawn), student, setting)
        rehearsals.append(Rehearsal(check=check.id, drawn=tuple(drawn), messages=tuple(student.messages)))
    return rehearsals


class _NotingStudent(InProcessStudent):
    """Notes the calls, and the answers to callbacks."""

    def __init__(self, functions: Mapping[str, object]) -> None:
        super().__init__(functions)
        self.messages: list[wire.Call | wire.Answer] = []

    def call(self, call: wire.Call, answer: Callable[[wire.Question], wire.Answer]) -> wire.Reply:
        def noted(question: wire.Question) -> wire.Answer:
            given = answer(question)
            self.messages.append(given)
            return given

        self.messages.append(call)
        return super().call(call, noted)


class _NotingInputs:
    """Notes what is drawn; of a generator, its seed."""

    def __init__(self, inputs: object, drawn: list[object]) -> None:
        self._inputs = inputs
        self._drawn = drawn

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def noted(*args: Any, **kwargs: Any) -> Any:
            value = getattr(self._inputs, method)(*args, **kwargs)
            self._drawn.append(value.seed if isinstance(value, wire.Generator) else copy.deepcopy(value))
            return value

        return noted


def _noting(check: Check, drawn: list[object]) -> Check:
    """Return the same check, which adds what it draws to a list."""

    @functools.wraps(check.body)
    def body(student: object, inputs: object, expect: object) -> None:
        check.body(student, _NotingInputs(inputs, drawn), expect)

    noting = copy.copy(check)
    noting.body = body
    return noting


# ---- the checks as plain tests


def write_checks(matter: Subject, folder: Path) -> None:
    """Write the package into a folder."""
    key, package = matter.key, folder / PACKAGE
    package.mkdir()
    package.joinpath("plain.py").write_bytes(PLAIN.read_bytes())
    for name, content in key.sources.items():
        if name.endswith(".py"):
            package.joinpath(name).write_text(AUTHORING.sub("from .plain import", content.decode("utf-8")), "utf-8")
    names = [named.name for named in named_checks(key)]
    text = HEAD.format(values=VALUES)
    text += "".join(CHECK.format(name=name, check=check.id) for name, check in zip(names, key.checks, strict=True))
    package.joinpath("__init__.py").write_text(f"{text}\n\nCHECKS = [{', '.join(names)}]\n", "utf-8")
    drawn = {each.check: each.drawn for each in rehearse(key, vars(matter.solution()))}
    recorded = {
        check.id: {label: wire.unpack(value) for label, value in check.recorded.values.items()} for check in key.checks
    }
    package.joinpath(VALUES).write_bytes(pickle.dumps((drawn, recorded)))


def load_checks(folder: Path) -> Sequence[PlainCheck]:
    """Import the package from the folder that it was written into, and return its checks."""
    package = folder / PACKAGE
    spec = importlib.util.spec_from_file_location(
        PACKAGE, package / "__init__.py", submodule_search_locations=[str(package)]
    )
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{folder} holds no package {PACKAGE}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = module
    try:
        spec.loader.exec_module(module)
    finally:  # there may be more such packages, in other folders
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]
    checks: Sequence[PlainCheck] = module.CHECKS
    return checks


# ---- the calls alone


def calls_alone(rehearsals: Sequence[Rehearsal]) -> Sequence[PlainCheck]:
    """Return, for each check, a function that makes its calls and does nothing else."""
    writer = _CallWriter()
    names = [f"calls_{number:02}" for number in range(len(rehearsals))]
    text = CALLS
    for name, each in zip(names, rehearsals, strict=True):
        text += f"\ndef {name}(student):\n" + "".join(f"    {line}\n" for line in writer.lines(each.messages))
    namespace: dict[str, Any] = {"V": writer.values}
    exec(compile(text, "<calls alone>", "exec", dont_inherit=True), namespace)
    return [namespace[name] for name in names]


@dataclass(slots=True)
class _CallWriter:
    """Writes calls as lines of Python, in which arrays are elements of a list `V`."""

    values: list[np.ndarray] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)  # lines that come before a check's calls, by what they bind

    def lines(self, messages: Sequence[wire.Call | wire.Answer]) -> list[str]:
        """Return the lines for the messages of one check."""
        answers = [self._answer(message) for message in messages if isinstance(message, wire.Answer)]
        self.before = {"answer": f"answer = answering({', '.join(answers)})"} if answers else {}
        calls = [self._call(message) for message in messages if isinstance(message, wire.Call)]
        return [*self.before.values(), *calls] or ["pass"]

    def _call(self, call: wire.Call) -> str:
        arguments = [self._value(value) for value in call.args]
        arguments += [f"{name}={self._value(value)}" for name, value in call.kwargs.items()]
        targets = ", ".join(_variable(call.number, part.name) for part in call.returns.parts)
        return f"{targets} = student.{call.function}({', '.join(arguments)})"

    def _value(self, value: wire.Value) -> str:
        if isinstance(value, wire.Array):
            return f"{self._kept(value)}.copy({'F' if value.layout == 'F' else 'C'!r})"
        if isinstance(value, wire.Mapping):
            return f"{{{', '.join(f'{key!r}: {self._value(item)}' for key, item in value.items.items())}}}"
        if isinstance(value, wire.Items):
            return f"[{', '.join(map(self._value, value.items))}]"
        if isinstance(value, wire.Generator):
            name = f"rng_{_word(value.name)}"
            self.before[name] = f"{name} = np.random.default_rng({value.seed})"
            return name
        if isinstance(value, wire.Handle):
            return _variable(value.call, value.name)
        # All callbacks of a check share its answers, which are in the order in which they were asked for.
        return "answer" if isinstance(value, wire.Callback) else repr(value)

    def _answer(self, answer: wire.Answer) -> str:
        return "None" if answer.value is None else self._kept(answer.value)

    def _kept(self, array: wire.Array) -> str:
        self.values.append(wire.unpack(array))
        return f"V[{len(self.values) - 1}]"


def _variable(call: int, output: str) -> str:
    return f"r{call}_{_word(output)}"


def _word(name: str) -> str:
    return re.sub(r"\W", "_", name)
