"""Make mutants: copies of a right file that have one thing wrong.

From the text of a solution or of an accepted submission, it makes mutants, each with its source and a unified diff. In
every place, single operators are changed; in a solution, parameters are also renamed, and functions made wrong for a
class of inputs. Sources are compared, and shown, as `ast.unparse` writes them.
"""

from __future__ import annotations

import ast
import copy
import difflib
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.authoring import Function

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq, ast.GtE),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
PAIRS = (
    ("sum", "mean"), ("max", "min"), ("maximum", "minimum"), ("argmax", "argmin"), ("any", "all"), ("floor", "ceil"),
    ("zeros", "ones"), ("zeros_like", "ones_like"), ("var", "std"), ("exp", "expm1"), ("log", "log1p"),
)  # fmt: skip
EXCHANGED = {name: other for pair in PAIRS for name, other in (pair, pair[::-1])}
UNWRAPPED = frozenset({"array", "copy", "deepcopy", "dict", "sqrt", "abs"})  # mostly functions that copy
REMOVABLE = (
    ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Delete,
    ast.If, ast.For, ast.While, ast.Raise, ast.Continue, ast.Break,
)  # fmt: skip
# Code that changes no value: annotations, texts, messages of errors, settings, output for people.
LEFT_ALONE = (ast.Import, ast.ImportFrom, ast.Assert, ast.JoinedStr, ast.withitem)
FIELDS_LEFT_ALONE = frozenset({"annotation", "returns", "decorator_list", "exc", "cause"})
KEYWORDS_LEFT_ALONE = frozenset({"dtype", "order", "copy", "strict", "requirements"})
TOLD = re.compile(r"print|warnings?\.|logging\.|log\w*\.(debug|info|warning)|sys\.std|np\.set\w+|numpy\.set\w+")
FEW = 2  # turns of a loop that a mutant leaves right


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutant:
    """A file with one thing wrong in it, what it is, and where."""

    file: str
    function: str  # the top-level definition in which it is
    kind: str
    line: int
    source: str
    diff: str

    @property
    def place(self) -> str:
        """Return the file and the function, as the list of equivalent mutants names them."""
        return f"{self.file}: {self.function}"

    @property
    def changes(self) -> tuple[str, ...]:
        """Return the lines of the diff that differ, however they are indented."""
        return changed_lines(self.diff)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """A node that replaces another one: in the field of a parent, or in a list there."""

    parent: ast.AST
    field: str
    index: int | None
    kind: str
    node: ast.AST
    line: int

    def put(self, node: ast.AST) -> ast.AST:
        """Put a node into the place, and return what was there."""
        if self.index is None:
            before: ast.AST = getattr(self.parent, self.field)
            setattr(self.parent, self.field, node)
        else:
            nodes = getattr(self.parent, self.field)
            before, nodes[self.index] = nodes[self.index], node
        return before


def changed_lines(diff: str) -> tuple[str, ...]:
    """Return the lines of a diff that begin with - or +, without their indentation."""
    lines = (line for line in diff.splitlines() if line[:1] in ("-", "+") and line[:3] not in ("---", "+++"))
    return tuple(line[0] + line[1:].strip() for line in lines)


def mutants_of(file: str, source: str, functions: Mapping[str, Function] | None = None) -> Iterator[Mutant]:
    """Yield the mutants of a file, each text once.

    Parameters
    ----------
    file
        The file's name in reports.
    source
        Its text.
    functions
        For a solution, the functions that the exercise declares: their parameters are renamed, and some mutants are
        wrong only for a class of inputs.
    """
    tree = ast.parse(source)
    texts = [ast.unparse(statement) for statement in tree.body]
    seen = {"\n".join(texts)}
    for number, statement in enumerate(tree.body):
        name = getattr(statement, "name", "module")
        changes = list(_changes(statement))
        if functions is not None and isinstance(statement, ast.FunctionDef) and name in functions:
            changes += _renames(tree, number, statement)
        for change in changes:
            before = change.put(change.node)
            text = ast.unparse(tree.body[number])
            change.put(before)
            whole = "\n".join([*texts[:number], text, *texts[number + 1 :]])
            if whole not in seen and _is_valid(whole):
                seen.add(whole)
                yield _mutant(file, name, change.kind, change.line, (texts[number], text), whole)
        if functions is not None and isinstance(statement, ast.FunctionDef) and name in functions:
            yield from _conditional(file, statement, functions[name], "\n".join(texts))


def _mutant(file: str, function: str, kind: str, line: int, texts: tuple[str, str], source: str) -> Mutant:
    before, after = (text.splitlines() for text in texts)
    diff = difflib.unified_diff(before, after, f"{file}:{line}", kind, n=2, lineterm="")
    return Mutant(file=file, function=function, kind=kind, line=line, source=source, diff="\n".join(diff))


def _is_valid(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


# ---- single operators


def _changes(statement: ast.stmt) -> Iterator[_Change]:
    """Yield every change in a statement at the top level of a file."""
    if _is_left_alone(statement):
        return
    holder = ast.Module([statement], [])
    waiting: list[ast.AST] = [holder]
    while waiting:
        parent = waiting.pop()
        for field, value in ast.iter_fields(parent):
            if field in FIELDS_LEFT_ALONE:
                continue
            for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if not isinstance(node, ast.AST) or _is_left_alone(node):
                    continue
                waiting.append(node)
                if parent is holder:
                    continue
                line = getattr(node, "lineno", getattr(parent, "lineno", statement.lineno))
                for kind, other in _alternatives(node, field):
                    yield _Change(parent=parent, field=field, index=index, kind=kind, node=other, line=line)


def _is_left_alone(node: ast.AST) -> bool:
    """Say whether a node can't change what the functions of a file return."""
    if isinstance(node, ast.If):
        return "__name__" in ast.unparse(node.test) or "TYPE_CHECKING" in ast.unparse(node.test)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or bool(TOLD.match(ast.unparse(node.value)))
    if isinstance(node, ast.FunctionDef):
        return node.name in ("__repr__", "__str__")
    return isinstance(node, LEFT_ALONE) or (isinstance(node, ast.keyword) and node.arg in KEYWORDS_LEFT_ALONE)


def _alternatives(node: ast.AST, field: str) -> Iterator[tuple[str, ast.AST]]:  # noqa: C901, PLR0912  # one case per kind
    """Yield the nodes that replace a node, and the kind of each mistake."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=right):
            for index, op in enumerate(ops):
                for other in COMPARISONS.get(type(op), ()):
                    yield "comparison", ast.Compare(left, [*ops[:index], other(), *ops[index + 1 :]], right)
        case ast.BinOp(left=left, op=op, right=right):
            if type(op) in ARITHMETIC:
                yield "arithmetic operator", ast.BinOp(left, ARITHMETIC[type(op)](), right)
            yield "dropped term", left
            yield "dropped term", ast.UnaryOp(ast.USub(), right) if isinstance(op, ast.Sub) else right
        case ast.AugAssign(target=target, op=op, value=value):
            if type(op) in ARITHMETIC:
                yield "arithmetic operator", ast.AugAssign(target, ARITHMETIC[type(op)](), value)
            yield "dropped term", ast.Assign([target], value, lineno=node.lineno)
        case ast.BoolOp(op=op, values=values):
            yield "and, or", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for index in range(len(values)):
                rest = values[:index] + values[index + 1 :]
                yield "dropped condition", ast.BoolOp(op, rest) if len(rest) > 1 else rest[0]
        case ast.UnaryOp(operand=operand):
            yield "dropped sign", operand
        case ast.IfExp(body=body, orelse=orelse):
            yield "one branch", body
            yield "one branch", orelse
        case ast.Attribute(value=value, attr="T"):
            yield "transpose removed", value
        case ast.Constant(value=value):
            yield from _constants(value, field)
        case ast.Call():
            yield from _calls(node)
    if field == "test" and not isinstance(node, ast.Constant):
        yield "negated condition", ast.UnaryOp(ast.Not(), node)  # type: ignore[arg-type]  # a test is an expression
    if isinstance(node, REMOVABLE) and field in ("body", "orelse", "finalbody"):
        yield "removed statement", ast.Pass()
    if isinstance(node, ast.For):
        yield from _loops(node)


def _constants(value: object, field: str) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(value, bool):
        yield "constant", ast.Constant(not value)
    elif isinstance(value, int | float):
        for other in dict.fromkeys((value + 1, value - 1, value * 2)):
            if other != value:
                yield "constant", ast.Constant(other)
    elif value is None and field in ("defaults", "kw_defaults"):
        yield "default", ast.Constant(1)


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    """Yield calls of a related function, calls without a keyword, and, for a function that copies its argument, the
    argument.
    """
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in EXCHANGED:
        other = copy.copy(function)
        setattr(other, "attr" if isinstance(function, ast.Attribute) else "id", EXCHANGED[name])
        yield "another function", ast.Call(other, node.args, node.keywords)
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None and keyword.arg not in KEYWORDS_LEFT_ALONE:
            rest = node.keywords[:index] + node.keywords[index + 1 :]
            yield f"keyword {keyword.arg} removed", ast.Call(function, node.args, rest)
    if name in UNWRAPPED:
        if isinstance(function, ast.Attribute) and ast.unparse(function.value) not in ("np", "numpy", "copy"):
            yield f"{name} removed", function.value
        elif node.args and (name != "array" or isinstance(node.args[0], ast.Name | ast.Attribute | ast.Subscript)):
            yield f"{name} removed", node.args[0]


def _loops(loop: ast.For) -> Iterator[tuple[str, ast.AST]]:
    """Yield loops that skip one statement: in all turns but the first few, and in the last turn."""
    turn, every = ast.Name("_turn"), ast.Name("_all")
    items = ast.NamedExpr(every, ast.Call(ast.Name("list"), [loop.iter], []))
    for kind, iterated, condition in (
        ("later turns", loop.iter, f"_turn < {FEW}"),
        ("last turn", items, "_turn < len(_all) - 1"),
    ):
        for index, statement in enumerate(loop.body):
            if not isinstance(statement, REMOVABLE):
                continue
            guarded = ast.If(ast.parse(condition, mode="eval").body, [statement], [])
            yield (
                kind,
                ast.For(
                    ast.Tuple([turn, loop.target]),
                    ast.Call(ast.Name("enumerate"), [iterated], []),
                    [*loop.body[:index], guarded, *loop.body[index + 1 :]],
                    loop.orelse,
                    lineno=loop.lineno,
                ),
            )


# ---- whole functions


def _renames(tree: ast.Module, number: int, function: ast.FunctionDef) -> Iterator[_Change]:
    """Yield the function with one parameter under another name, and the same body."""
    parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    for parameter in parameters:
        renamed = copy.deepcopy(function)
        arguments = [*renamed.args.posonlyargs, *renamed.args.args, *renamed.args.kwonlyargs]
        next(each for each in arguments if each.arg == parameter.arg).arg += "_"
        renamed.body.insert(_start(renamed), ast.parse(f"{parameter.arg} = {parameter.arg}_").body[0])
        yield _Change(
            parent=tree,
            field="body",
            index=number,
            kind=f"parameter {parameter.arg} renamed",
            node=renamed,
            line=function.lineno,
        )


def _start(function: ast.FunctionDef) -> int:
    return 0 if ast.get_docstring(function) is None else 1


def _conditional(file: str, function: ast.FunctionDef, declared: Function, source: str) -> Iterator[Mutant]:
    """Yield mutants in which a function is wrong only for a class of inputs that its signature allows."""
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    written = " ".join(f"{each.arg}: {ast.unparse(each.annotation) if each.annotation else 'Any'}" for each in every)
    outputs = tuple(index for index, part in enumerate(declared.returns.parts) if part.kind != "handle")
    for condition, needed in CONDITIONS.items():
        if not any(word in written for word in needed.takes):
            continue
        name = function.name
        text = f"{name} = wrong_where({condition!r}, {name}, {outputs if declared.returns.several else ()})"
        whole = f"{source}\nfrom autograder.verify.mutation import wrong_where\n{text}"
        yield _mutant(file, name, f"only where {condition}", function.lineno, ("", text), whole)


# ---- functions that are wrong for a class of inputs; mutants use this while they run


Arguments = Sequence[Any]
Holds = Callable[[Arguments, int], bool]  # takes a call's arguments, and how many steps old the state among them is

MANY_ROWS = 16
LARGE = 100.0
LATE = 10  # epochs
ARRAYS = ("ndarray", "Sequence", "Any")
OLD = 5  # steps


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A class of inputs, for functions with certain words among their parameters and annotations."""

    takes: tuple[str, ...]
    make: Callable[[], Holds]  # one for each mutant, since some remember earlier calls


def arrays_of(arguments: Arguments) -> Iterator[np.ndarray]:
    """Yield the arrays among arguments, including those in dicts and lists."""
    for each in arguments:
        if isinstance(each, dict):
            yield from arrays_of(tuple(each.values()))
        elif isinstance(each, np.ndarray):
            yield each
        elif isinstance(each, list) and each and all(isinstance(item, int | float) for item in each):
            yield np.array(each)


def _of_arrays(holds: Callable[[np.ndarray], Any]) -> Condition:
    return Condition(
        takes=ARRAYS,
        make=lambda: lambda arguments, _: any(bool(holds(array)) for array in arrays_of(arguments)),
    )


def _is_narrow(arguments: Arguments, age: int) -> bool:
    """Say whether a matrix has one column, or, if there is no matrix, whether a vector has one element."""
    del age
    arrays = list(arrays_of(arguments))
    matrices = [array for array in arrays if array.ndim > 1]
    return any(array.shape[-1:] == (1,) for array in matrices or arrays)


def _is_late(arguments: Arguments, age: int) -> bool:
    del age
    return any(type(each) is int and each > LATE for each in arguments)


def _is_repeated() -> Holds:
    seen: set[tuple[tuple[int, ...], ...]] = set()

    def holds(arguments: Arguments, age: int) -> bool:
        del age
        shapes = tuple(array.shape for array in arrays_of(arguments))
        known = shapes in seen
        seen.add(shapes)
        return known

    return holds


CONDITIONS: dict[str, Condition] = {
    f"N > {MANY_ROWS}": _of_arrays(lambda array: array.ndim and len(array) > MANY_ROWS),
    "N = 1": _of_arrays(lambda array: array.ndim > 1 and len(array) == 1),
    "D = 1": Condition(takes=ARRAYS, make=lambda: _is_narrow),
    f"|x| > {LARGE:g}": _of_arrays(lambda array: array.dtype.kind == "f" and (np.abs(array) > LARGE).any()),
    "x is 0": _of_arrays(lambda array: array.dtype.kind == "f" and (array == 0).any()),
    f"a whole number > {LATE}": Condition(takes=(": int",), make=lambda: _is_late),
    "the shapes were seen before": Condition(takes=ARRAYS, make=_is_repeated),
    f"a state is {OLD} steps old": Condition(takes=("state:",), make=lambda: lambda _, age: age >= OLD),
}


def wrong_where(condition: str, function: Callable[..., Any], outputs: tuple[int, ...]) -> Callable[..., Any]:
    """Return the function with results that are wrong if a condition holds.

    `outputs` are the places of arrays and numbers in a tuple of results; none if the function returns only one value.
    """
    holds = CONDITIONS[condition].make()
    ages: list[tuple[object, int]] = []  # of what it has returned; held, so that nothing takes an old one's place

    def wrong(*args: Any, **kwargs: Any) -> Any:
        given = (*args, *kwargs.values())
        age = max((age for old, age in ages if any(each is old for each in given)), default=0)
        spoil = holds(given, age)
        result = function(*args, **kwargs)
        if not outputs:
            return spoiled(result) if spoil else result
        ages.extend((each, age + 1) for place, each in enumerate(result) if place not in outputs)
        return tuple(spoiled(each) if spoil and place in outputs else each for place, each in enumerate(result))

    return wrong


def spoiled(value: Any) -> Any:
    """Return a value of the same form that is wrong everywhere."""
    if isinstance(value, dict):
        return {key: spoiled(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [spoiled(each) for each in value]
    array = np.asarray(value)
    return ~array if array.dtype.kind == "b" else 2 * array + 1
