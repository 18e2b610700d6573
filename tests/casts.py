"""Right submissions with single precision in one place: an argument, a result, or what one assignment stores.

What an assignment stores may be a view of something else. Such a value is rounded where it is, any other one becomes an
array of float32. `python -m tests.casts SEED ... [--every N]` tries all exercises.
"""

from __future__ import annotations

import ast
import contextlib
import io
import sys
import types
import warnings
from collections.abc import Iterator, Mapping
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
    """Casts what the assignment of a number stores, among those inside of functions."""

    def __init__(self, number: int) -> None:
        self.count, self._number, self._depth = 0, number, 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self._depth += 1
        self.generic_visit(node)
        self._depth -= 1
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def _assignment(self, node: Any) -> ast.AST:
        if self._depth and node.value is not None:
            if self.count == self._number:
                value = node.value
                attribute = getattr(getattr(value, "func", None), "attr", "")
                is_fresh = isinstance(value, ast.BinOp | ast.UnaryOp | ast.Constant) or attribute in FRESH
                cast = "_single" if is_fresh else "_rounded_in_place"
                node.value = ast.Call(ast.Name(cast, ast.Load()), [value], [])
            self.count += 1
        return node

    visit_Assign = visit_AnnAssign = visit_AugAssign = _assignment  # noqa: N815  # names that `ast` looks for


def loaded(text: str, number: int = -1) -> tuple[dict[str, Any], int]:
    """Return what a submission defines, one of its assignments cast, and how many of them there are."""
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
    return vars(module), cast.count


def _wrapped(function: Any, place: int, name: str) -> Any:
    """Return a function one of whose arguments is in single precision; a function's values count as the argument."""

    def cast(value: Any) -> Any:
        return (lambda *points: single(value(*points))) if callable(value) else single(value)

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        args = tuple(cast(each) if number == place else each for number, each in enumerate(args))
        return function(*args, **{key: cast(each) if key == name else each for key, each in kwargs.items()})

    return wrapper


def variants(text: str, key: AnswerKey, every: int) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield functions with single precision in one place, what that is, and the function that it is in, if one."""
    right, count = loaded(text)
    for function, described in key.parameters.items():
        yield f"the result of {function}", function, {**right, function: _result_cast(right[function])}
        for place, parameter in enumerate(described):
            name = parameter.partition("=")[0]
            if name not in ("state", "cache", "rng"):
                yield f"{name} of {function}", function, {**right, function: _wrapped(right[function], place, name)}
    for number in range(0, count, every):
        yield f"assignment {number}", "", loaded(text, number)[0]


def _result_cast(function: Any) -> Any:
    return lambda *args, **kwargs: single(function(*args, **kwargs))


def failures(name: str, key: AnswerKey, every: int) -> list[str]:
    """Return where values of an exercise's accepted submissions are judged wrong, at each `every`th assignment."""
    folder = EXERCISES[name]
    exercise = load_exercise(name, folder.check_sources(), folder.folder)
    runner, found = Runner(exercise, key), []
    for file in folder.submissions("accepted"):
        for what, function, functions in variants(decode(file.read_bytes()), key, every):
            for check in key.checks:
                if function in ("", check.function):
                    failure = runner.run(check, functions).failure
                    if isinstance(failure, WrongValues):
                        found.append(f"{name}, {file.stem}, {what}: {check.id}: {failure}")
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
