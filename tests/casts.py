"""Right submissions with single precision in one place: an argument, a result, or what one assignment stores.

What an assignment stores may be a view of something else. Such a value is rounded where it is, any other one becomes an
array of float32. `python -m tests.casts SEED ... [--every N]` tries all exercises.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from autograder.authoring import load_exercise
from autograder.checking import WrongValues
from autograder.course_key import seeded
from autograder.key import AnswerKey
from autograder.recording import open_keys
from autograder.recording.fingerprints import Runner
from autograder.worker.load import decode
from tests.conftest import EXERCISES

FRESH = frozenset({"exp", "log", "sqrt", "mean", "sum", "var", "std", "dot", "maximum", "where", "tanh"})  # no views


def single(value: Any) -> Any:
    """Return a value in single precision."""
    if isinstance(value, np.ndarray | np.float64) and value.dtype == np.float64:
        return value.astype(np.float32)
    if type(value) is float:
        return np.float32(value)
    if type(value) is dict:
        return {key: single(item) for key, item in value.items()}
    return type(value)(map(single, value)) if type(value) in (tuple, list) else value


def rounded_in_place(value: Any) -> Any:
    """Round an array to single precision where it is; a number becomes a single one."""
    if isinstance(value, np.ndarray):
        if value.dtype == np.float64 and value.flags.writeable:
            value[...] = value.astype(np.float32)
        return value
    return single(value) if isinstance(value, float) else value


class _Cast(ast.NodeTransformer):
    """Casts what the assignment of a number stores, among those inside of functions; says which these are in."""

    def __init__(self, number: int) -> None:
        self.functions: list[str] = []  # of each assignment, the one at the top level
        self._number, self._within = number, [""]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self._within.append(node.name)
        self.generic_visit(node)
        self._within.pop()
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def _assignment(self, node: Any) -> ast.AST:
        if len(self._within) > 1 and node.value is not None:
            if len(self.functions) == self._number:
                value = node.value
                attribute = getattr(getattr(value, "func", None), "attr", "")
                is_fresh = isinstance(value, ast.BinOp | ast.UnaryOp | ast.Constant) or attribute in FRESH
                cast = "_single" if is_fresh else "_rounded_in_place"
                node.value = ast.Call(ast.Name(cast, ast.Load()), [value], [])
            self.functions.append(self._within[1])
        return node

    visit_Assign = visit_AnnAssign = visit_AugAssign = _assignment  # noqa: N815  # names that `ast` looks for


def loaded(text: str, number: int = -1) -> tuple[dict[str, Any], list[str]]:
    """Return what a submission defines, one of its assignments cast, and the functions that these are in."""
    cast = _Cast(number)
    tree = ast.fix_missing_locations(cast.visit(ast.parse(text)))
    module = types.ModuleType("submission")
    module.__dict__.update(_single=single, _rounded_in_place=rounded_in_place)
    sys.modules["submission"] = module
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(),
    ):
        warnings.simplefilter("ignore")
        exec(compile(tree, "submission.py", "exec", dont_inherit=True), module.__dict__)
    return vars(module), cast.functions


def _wrapped(function: Any, place: int, name: str) -> Any:
    """Return a function one of whose arguments is in single precision; a function's values count as the argument."""

    def cast(value: Any) -> Any:
        return (lambda *points: single(value(*points))) if callable(value) else single(value)

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        args = tuple(cast(each) if number == place else each for number, each in enumerate(args))
        return function(*args, **{key: cast(each) if key == name else each for key, each in kwargs.items()})

    return wrapper


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """A submission with single precision in one place."""

    what: str
    function: str  # that alone can come to it; empty where several may
    functions: Callable[[], Mapping[str, Any]]


def variants(text: str, key: AnswerKey) -> Iterator[Variant]:
    """Yield all variants of a submission."""
    right, assignments = loaded(text)
    for function, described in key.parameters.items():
        casts = {"result": _result_cast(right[function])}
        for place, parameter in enumerate(described):
            name = parameter.partition("=")[0]
            if name not in ("state", "cache", "rng"):
                casts[name] = _wrapped(right[function], place, name)
        for what, cast in casts.items():
            yield Variant(
                what=f"{what} of {function}", function=function, functions=partial(dict, right, **{function: cast})
            )
    for number, function in enumerate(assignments):
        # Where nothing else in the text names that function, no other one comes to what is cast.
        alone = function in key.parameters and len(re.findall(rf"\b{function}\b", text)) == 1
        yield Variant(
            what=f"assignment {number} of {function}",
            function=function if alone else "",
            functions=lambda number=number: loaded(text, number)[0],
        )


def _result_cast(function: Any) -> Any:
    return lambda *args, **kwargs: single(function(*args, **kwargs))


def failures(name: str, key: AnswerKey, every: int) -> list[str]:
    """Return where values of an exercise's accepted submissions are judged wrong, in each `every`th variant."""
    folder = EXERCISES[name]
    exercise = load_exercise(name, folder.check_sources(), folder.folder)
    runner, found = Runner(exercise, key), []
    texts = {file.stem: decode(file.read_bytes()) for file in folder.submissions("accepted")}
    tried = [(stem, variant) for stem, text in texts.items() for variant in variants(text, key)]
    for stem, variant in tried[::every]:
        functions = variant.functions()
        for check in key.checks:
            if variant.function in ("", check.function):
                failure = runner.run(check, functions).failure
                if isinstance(failure, WrongValues):
                    found.append(f"{name}, {stem}, {variant.what}: {check.id}: {failure}")
    return found


def main(arguments: list[str]) -> None:
    """Print the failures of all exercises on some course seeds."""
    every = int(arguments[arguments.index("--every") + 1]) if "--every" in arguments else 1
    seeds = [each for each in arguments[: arguments.index("--every") if "--every" in arguments else None] if each]
    for seed in map(int, seeds):
        for name in EXERCISES:
            (key,) = open_keys([EXERCISES[name]], seeded(seed))
            found = failures(name, key, every)
            print(f"seed {seed}, {name}: {len(found)} failures", *found, sep="\n  ", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
