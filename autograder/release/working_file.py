"""Write a solution as a file that students can work with, in which one function has a misconception.

From a solution's text and a misconception, it makes the text of a whole file without the solution's marks, in which
nothing distinguishes the wrong function: all bodies have the same formatting, without comments and annotations of local
names, and signatures and docstrings are the solution's.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
import textwrap
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from autograder.authoring import Misconception, Patch, patched_text
from autograder.course import CourseError

MARKED = re.compile(r"^[ ]*### (BEGIN|END) SOLUTION\n", re.MULTILINE)
BLANK = re.compile(r"\n{4,}")
SOLUTION = "right"  # the name of the solution's module in misconceptions
SILENCING = ("errstate", "catch_warnings")  # no right function needs them, so they would give away the wrong one
Body = Sequence[ast.stmt]


def working_file(solution: str, function: str = "", body: Body = ()) -> str:
    """Return the text of a solution as a working file; one function may have another body."""
    lines = solution.splitlines(keepends=True)
    for node in reversed(_functions(solution)):
        stays = node.body[0].end_lineno if ast.get_docstring(node) is not None else node.body[0].lineno - 1
        found = body if node.name == function else _without_docstring(node)
        lines[stays : node.end_lineno] = [textwrap.indent(_laid_out(found), "    ")]
    return BLANK.sub("\n\n\n", MARKED.sub("", "".join(lines)))


def wrong_body(solution: ModuleType, text: str, misconception: Misconception, written: Patch | None) -> Body | str:
    """Return the wrong function's body as it can be in a file, or the reason why it can't.

    Parameters
    ----------
    solution, text
        The solution's module, and its text.
    misconception
        What somebody believes.
    written
        How to change the solution's text instead, if the misconception's code can't be shown.
    """
    if misconception.combines:
        return "is several at once, or another form of one"
    right = next(node for node in _functions(text) if node.name == misconception.function)
    patch = written or misconception.patch
    if patch is not None:
        (wrong,) = _functions(patched_text(misconception, patch, solution))
    elif len(misconception.overrides) > 1:
        return "is in several functions"
    else:
        found = _source_of(misconception.overrides[misconception.function], misconception.function)
        if isinstance(found, str):
            return found
        wrong = found
    if _parameters(wrong) != _parameters(right):
        return "has other parameters, or other defaults"
    body = [_Inlined().visit(statement) for statement in _without_docstring(wrong)]
    return _outside(body, wrong, right, _defined(text)) or body


def _source_of(override: Callable[..., Any], name: str) -> ast.FunctionDef | str:
    """Return the source of a misconception's function, or why its text is not enough."""
    if not inspect.isfunction(override) or override.__closure__ or override.__name__ != name:
        return "is made by other code"
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(override)))
    except (OSError, SyntaxError):
        return "has no text of its own"
    node = tree.body[0]
    if not isinstance(node, ast.FunctionDef) or node.name != name:
        return "is made by other code"
    return node


def _outside(body: Body, wrong: ast.FunctionDef, right: ast.FunctionDef, defined: set[str]) -> str:
    """Return why a body can't be in a file that defines some names, or nothing if it can."""
    own = {argument.arg for argument in ast.walk(wrong) if isinstance(argument, ast.arg)}
    nodes = [node for statement in body for node in ast.walk(statement)]
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    used = {node.id for node in nodes if isinstance(node, ast.Name)} - own
    if SOLUTION in used or right.name in used:
        return "calls the right function"
    if missing := sorted(used - defined - vars(builtins).keys()):
        return f"needs {', '.join(missing)}"
    helpers = {name for name in defined if name.startswith("_")}
    if used & helpers != _names(right) & helpers:
        return "does without the helper functions that the solution has"
    silencing = {node.attr for node in nodes if isinstance(node, ast.Attribute)} & set(SILENCING)
    if silencing and not any(isinstance(node, ast.Attribute) and node.attr in SILENCING for node in ast.walk(right)):
        return "silences NumPy"
    return ""


def _functions(text: str) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]


def _without_docstring(node: ast.FunctionDef) -> Body:
    return node.body[1:] if ast.get_docstring(node) is not None else node.body


def _parameters(node: ast.FunctionDef) -> str:
    """Return names, kinds and defaults of parameters, without annotations, as text to compare."""
    bare = ast.parse(ast.unparse(node.args).join(("def f(", "): ...")))
    for each in ast.walk(bare):
        if isinstance(each, ast.arg):
            each.annotation = None
    return ast.unparse(bare)


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _defined(text: str) -> set[str]:
    """Return the names that a solution's file defines."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


class _Inlined(ast.NodeTransformer):
    """Refer to the solution's functions as their own file does."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == SOLUTION:
            return ast.Name(id=node.attr, ctx=node.ctx)
        return self.generic_visit(node)


class _Plain(ast.NodeTransformer):
    """Remove what is only for type checkers: annotations of local names, `float` around results."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None:
            return node
        return ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if isinstance(node.value, ast.Tuple):
            node.value.elts = [_bare(each) for each in node.value.elts]
        elif node.value is not None:
            node.value = _bare(node.value)
        return node


def _bare(value: ast.expr) -> ast.expr:
    is_float = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "float"
    return value.args[0] if is_float and not isinstance(value.args[0], ast.Constant) else value  # type: ignore[attr-defined]


def _without_name(body: Body) -> Body:
    """Return a last result directly, if it has a name only to give it a type."""
    if len(body) < 2 or not isinstance(named := body[-2], ast.Assign | ast.AnnAssign):
        return body
    target = named.target if isinstance(named, ast.AnnAssign) else named.targets[0]
    last = body[-1]
    if not isinstance(last, ast.Return) or not isinstance(last.value, ast.Name) or not isinstance(target, ast.Name):
        return body
    return [*body[:-2], ast.Return(value=named.value)] if last.value.id == target.id else body


def _laid_out(body: Body) -> str:
    module = ast.Module(body=[_Plain().visit(statement) for statement in _without_name(body)], type_ignores=[])
    text = ast.unparse(ast.fix_missing_locations(module))
    try:
        ast.parse(text)
    except SyntaxError as error:
        raise CourseError(f"a body can't be laid out: {error}") from error
    return f"{text}\n"
