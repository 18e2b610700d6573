"""Plain NumPy tests that ask what an answer book asks, for graders that know nothing of answer books.

Enters: a book. Leaves: the text of a module that imports NumPy alone, with one function a check, and the values that it
reads. Equal are the calls, their order and their arguments, the recorded answers, and the tolerance: 1e-6 of an answer
plus 1e-6 of the largest among its numbers. Left out, in favour of those who run it: tests of distribution, alternatives
for errors that are carried forward, checks of types and finite values, copies that keep calls apart, and every word
about what is wrong.
"""

from __future__ import annotations

import importlib.util
import pickle
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from autograder.array import Array, unpack
from autograder.book import Book, Check
from autograder.claims import Claim, Close, Follows, Holds
from autograder.formula import Apply, Argument, Constant, Formula, Item, Listed, Output, Reference
from autograder.script import Call, Function, Generator, Mapping, Numbers, Value

MODULE, VALUES = "equivalent_checks", "equivalent_values.pickle"
HEAD = '''"""Written from an answer book."""
import pickle
from pathlib import Path

import numpy as np

V = pickle.loads(Path(__file__).with_name("{values}").read_bytes())


def counted(function):
    calls = iter(range(10**9))
    return lambda point: np.array(function(np.asarray(point, float), next(calls)), float)


def close(actual, expected, scale=None):
    scale = np.max(np.abs(expected), initial=0.0) if scale is None else scale
    np.testing.assert_allclose(actual, expected, rtol=1e-6, atol=1e-6 * np.max(scale))

'''


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainCheck:
    """A check's name in the module, the function that it is about, and its points."""

    name: str
    function: str
    points: float


def plain_checks(book: Book) -> tuple[PlainCheck, ...]:
    """Return the checks of a book under the names that they have in the module."""
    return tuple(
        PlainCheck(name=f"check_{number:02}_{check.function}", function=check.function, points=check.points)
        for number, check in enumerate(book.checks)
    )


def write_module(book: Book, folder: Path, *, with_claims: bool) -> None:
    """Write the module and its values into a folder, with claims or with the calls alone."""
    values: list[np.ndarray] = []
    names = [plain.name for plain in plain_checks(book)]
    text = HEAD.format(values=VALUES)
    for name, check in zip(names, book.checks, strict=True):
        lines = _Writer(values).lines(check, with_claims=with_claims)
        text += f"\ndef {name}(student):\n" + "".join(f"    {line}\n" for line in lines)
    folder.joinpath(f"{MODULE}.py").write_text(f"{text}\nCHECKS = [{', '.join(names)}]\n", "utf-8")
    folder.joinpath(VALUES).write_bytes(pickle.dumps(values))


def load_checks(folder: Path) -> Sequence[Callable[[object], None]]:
    """Import a module that was written into a folder, and return its checks."""
    spec = importlib.util.spec_from_file_location(MODULE, folder / f"{MODULE}.py")
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{folder} holds no {MODULE}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checks: Sequence[Callable[[object], None]] = module.CHECKS
    return checks


@dataclass(slots=True)
class _Writer:
    """Writes one check; notes values as it meets them, generators and functions by name."""

    values: list[np.ndarray]
    before: dict[str, str] = field(default_factory=dict)

    def lines(self, check: Check, *, with_claims: bool) -> list[str]:
        calls = [self._call(number, call) for number, call in enumerate(check.script.calls)]
        claims = [self._claim(claim) for claim in check.claims] if with_claims else []
        return [*self.before.values(), *calls, *claims]

    def _call(self, number: int, call: Call) -> str:
        arguments = [self._value(value) for value in call.args]
        arguments += [f"{name}={self._value(value)}" for name, value in call.kwargs.items()]
        targets = ", ".join(_variable(number, part.name) for part in call.returns.parts)
        return f"{targets} = student.{call.function}({', '.join(arguments)})"

    def _value(self, value: Value) -> str:
        if isinstance(value, Array):
            return f"{self._noted(value)}.copy({'F' if value.layout == 'F' else 'C'!r})"
        if isinstance(value, Mapping):
            return f"{{{', '.join(f'{key!r}: {self._value(item)}' for key, item in value.items.items())}}}"
        if isinstance(value, Generator):
            name = f"rng_{_word(value.name)}"
            self.before[name] = f"{name} = np.random.default_rng({value.seed})"
            return name
        if isinstance(value, Function):
            name = f"function_{_word(value.name)}"
            self.before[name] = f"{name} = counted(lambda point, number: {self._formula(value.formula)})"
            return name
        if isinstance(value, Numbers):
            return repr(list(value.items))
        return self._formula(value) if isinstance(value, Output | Apply | Item) else repr(value)

    def _claim(self, claim: Claim) -> str:
        if isinstance(claim, Close):
            formulas = [claim.actual, claim.expected, *([claim.scale] if claim.scale is not None else [])]
            return f"close({', '.join(map(self._formula, formulas))})"
        if isinstance(claim, Holds):
            return f"assert np.all({self._formula(claim.condition)})"
        if isinstance(claim, Follows):
            return f"assert np.all(np.isfinite({self._formula(claim.sample)}))"
        raise TypeError(f"there is no plain test for a claim of the kind {type(claim).__name__}")

    def _formula(self, formula: Formula) -> str:
        if isinstance(formula, Constant):
            return self._noted(formula.value)
        if isinstance(formula, Output):
            return _variable(formula.call, formula.name)
        if isinstance(formula, Argument):
            return formula.name
        if isinstance(formula, Item):
            keys = (f"slice{key}" if isinstance(key, tuple) else str(key) for key in formula.keys)
            return f"{self._formula(formula.of)}[{', '.join(keys)}]"
        if isinstance(formula, Listed):
            return f"[{', '.join(map(self._formula, formula.parts))}]"
        if isinstance(formula, Reference):
            raise TypeError("the book was not recorded: it still asks for the reference's value")
        options = [f"{name}={value!r}" for name, value in formula.options.items()]
        return f"np.{formula.function}({', '.join([*map(self._formula, formula.arguments), *options])})"

    def _noted(self, array: Array) -> str:
        self.values.append(unpack(array))
        return f"V[{len(self.values) - 1}]"


def _variable(call: int, output: str) -> str:
    return f"r{call}_{output}"


def _word(name: str) -> str:
    return re.sub(r"\W", "_", name)
