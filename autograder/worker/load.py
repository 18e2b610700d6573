"""Import a submission statement by statement, whatever its encoding and line endings.

If a statement fails, only what it defines is missing, and the next one runs: students put tests into the files that
they submit, read data that is not here, and import packages that are not installed here. A notebook cell is read as
IPython reads it; so is a file that is not valid Python otherwise, since some programs export notebooks like that.
"""

from __future__ import annotations
import __future__

import ast
import contextlib
import io
import linecache
import re
import signal
import sys
import tokenize
import types
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import islice, pairwise
from operator import or_
from typing import NoReturn

from autograder.cells import Cell, wide_encoding
from autograder.wire import MAX_NAME, MAX_PROBLEMS, Loaded, Loading, Problem, Redefined, Refused
from autograder.worker.calls import explain
from autograder.worker.ipython import Shell, display, stand_ins, to_python

MAX_MARKED = 70  # characters of a line that can't be read
FUTURES = reduce(or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names))
# The beginning of a cell in an exported notebook: nbconvert's, and that of Jupytext, VS Code and Spyder.
EXPORTED = re.compile(r"^# (?=In\[[ \d*]*\]:|%%)", re.MULTILINE)
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class TookTooLong(BaseException):
    """A statement has used up its time; a student's `except Exception` does not catch this."""


class StudentModule:
    """The code imported so far: texts by label, and a namespace that is restored for every check.

    Parameters
    ----------
    module
        Its name, which is the exercise's.
    seconds
        How long a statement may compute before it is interrupted; None for no limit.
    """

    def __init__(self, module: str, seconds: float | None = None) -> None:
        self.texts: dict[str, str] = {}
        self._name = module
        self._module = types.ModuleType(module)
        self._module.__file__ = f"{module}.py"
        sys.modules[module] = self._module  # dataclasses and typing look their module up
        shell = Shell(self._module.__dict__, self._run_magic)
        self._module.__dict__.update(get_ipython=lambda: shell, display=display)
        self.surroundings = stand_ins(shell) | {"__main__": self._module}  # modules that a notebook finds in Jupyter
        self._namespace: dict[str, object] = {}
        self._futures = 0  # `from __future__` in one cell holds in those below it, as in a notebook
        self._seconds = seconds
        self._statements: dict[str, list[ast.stmt]] = {}  # by label
        self._cell = Cell(label="", source=b"")  # the cell that is being imported
        self._before: object = None  # what its function was before
        self._errors: list[BaseException] = []  # in that cell
        self._missing: dict[str, BaseException] = {}  # why a name is not defined
        self._skipped: dict[str, object] = {}  # former values of names whose statements were skipped
        self._defined: dict[str, tuple[str, str]] = {}  # the cell that defines a name, and how
        self._problems: list[Problem] = []  # since the last reply
        self._redefined: list[Redefined] = []

    def load(self, cell: Cell, *, run: bool = True) -> Loading:
        """Read a file or a cell, and run its statements, unless they will be requested one by one."""
        self._cell, self._before, self._errors = cell, self._module.__dict__.get(cell.function), []
        text = decode(cell.source) if cell.is_file else cell.source.decode("utf-8", "replace")
        self.texts[cell.label] = text
        lines = [f"{line}\n" for line in text.split("\n")]  # Python counts no other line ends
        linecache.cache[cell.label] = (len(text), None, lines, cell.label)  # for inspect and tracebacks
        self._statements[cell.label] = []
        code = _compiled(text, cell.label) if run and cell.replaces else None
        if code is not None:
            self._run(self._run_whole(code, text))
            return self._loaded(None)
        statements, errors = _parse(text, cell.label)
        self._statements[cell.label] = statements
        if cell.required and errors and not statements:
            raised = explain(errors[0], self.texts)
            return Refused(f"{raised.ancestry[0]}: {raised.text}", _line_of(errors[0]), source=_marked(errors[0], text))
        for error in errors:
            self._note(error, _line_of(error))
        if run:
            self._run(statements)
        return self._loaded(None)

    def step(self, label: str, number: int, *, skip: bool) -> Loading:
        """Run one statement of a cell that was read, or skip it."""
        statement = self._statements[label][number]
        if skip:
            names = self._module.__dict__
            self._skipped |= {name: names.get(name) for name in _names(statement)}
            if self._cell.function:
                self._skipped.setdefault(self._cell.function, self._before)
        else:
            self._run([statement])
        return self._loaded(statement.lineno)

    def namespace(self) -> dict[str, object]:
        """Restore what a call may have deleted or replaced at the top level of the file, and return the namespace."""
        current = self._module.__dict__
        current.clear()
        current.update(self._namespace)
        return current

    def _loaded(self, line: int | None) -> Loaded:
        names, function = self._module.__dict__, self._cell.function
        if function and self._errors and names.get(function) is self._before:
            names[function] = self._before = _failing(self._errors[0])
        self._namespace = dict(names)
        lost = tuple(name[:MAX_NAME] for name, value in self._skipped.items() if names.get(name) is value)
        problems, redefined = tuple(self._problems[:MAX_PROBLEMS]), tuple(self._redefined[:MAX_PROBLEMS])
        self._problems, self._redefined = [], []
        return Loaded(len(self._statements[self._cell.label]), line, problems, lost[:MAX_PROBLEMS], redefined)

    def _run_whole(self, code: types.CodeType, text: str) -> list[ast.stmt]:
        """Run a file as a whole, which takes a quarter of the time; if a statement fails, return the ones after it."""
        self._enter()
        self._futures = code.co_flags & FUTURES
        try:
            with _replaced(self.surroundings), _interrupted_after(self._seconds):
                exec(code, self._module.__dict__)
        except BaseException as error:  # noqa: BLE001  # a submission may raise anything, SystemExit included
            statements = ast.parse(text, self._cell.label).body
            place = _place_of(error, code)
            failed = max(number for number, each in enumerate(statements) if number == 0 or _start_of(each) <= place)
            self._note(error, statements[failed].lineno, statements[failed])
            return statements[failed + 1 :]
        return []

    def _enter(self) -> None:
        """Get ready for a file, which is a module, or for a cell, which is part of the program."""
        self._module.__dict__["__name__"] = self._name if self._cell.is_file else "__main__"

    def _run(self, statements: list[ast.stmt]) -> None:
        """Run statements; if one fails, note it, and run the next one."""
        cell = self._cell
        self._enter()
        with _replaced(self.surroundings):
            for statement in statements:
                try:
                    with _interrupted_after(self._seconds):
                        self._run_one(statement)
                except BaseException as error:  # noqa: BLE001  # a submission may raise anything, SystemExit included
                    self._note(error, statement.lineno, statement)
                else:
                    if isinstance(statement, Definition) and not cell.replaces:
                        self._remember(statement)

    def _run_one(self, statement: ast.stmt) -> None:
        """Run a statement; as in a notebook, `await` is allowed everywhere."""
        flags = self._futures | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code = compile(ast.Module([statement], []), self._cell.label, "exec", flags, dont_inherit=True)
        self._futures |= code.co_flags & FUTURES
        awaited = eval(code, self._module.__dict__)
        while isinstance(awaited, types.CoroutineType):
            try:
                awaited.send(None)
            except StopIteration:
                break

    def _run_magic(self, text: str) -> None:
        """Run the body of a cell magic in an exported notebook as the cell that it was."""
        statements, errors = _parse(text, self._cell.label, whole=False)
        for error in errors:
            self._note(error, None)
        for statement in statements:
            try:
                self._run_one(statement)
            except TookTooLong:
                raise
            except BaseException as error:  # noqa: BLE001  # see above
                self._note(error, None, statement)

    def _note(self, error: BaseException, line: int | None, statement: ast.stmt | None = None) -> None:
        """Record a problem; for a name that is undefined for a known reason, that reason is enough."""
        root = self._missing.get(error.name or "", error) if isinstance(error, NameError) else error
        self._errors.append(root)
        if root is error:
            self._problems.append(Problem(line, explain(error, self.texts)))
        names = self._module.__dict__
        if isinstance(statement, Definition):
            names[statement.name] = _failing(root)
        elif statement is not None:
            self._missing |= {name: root for name in _names(statement) if name not in names}

    def _remember(self, definition: Definition) -> None:
        """Remember which cell defines a name, and note if another cell defines it in another way."""
        name, label = definition.name, self._cell.label
        lines = self.texts[label].split("\n")[definition.lineno - 1 : definition.end_lineno]
        before, how = self._defined.get(name), "\n".join(lines)
        if before and before[0] != label and before[1] != how:
            self._redefined.append(Redefined(name[:MAX_NAME], before[0], label))
        self._defined[name] = (label, how)


def _parse(text: str, label: str, *, whole: bool = True) -> tuple[list[ast.stmt], list[BaseException]]:
    """Return the statements of a file or a cell, and why some of it can't be read.

    It is read as Python, or else as IPython, or else, if it is a file, as the cells that it was exported from.
    """
    errors: list[BaseException] = []
    for read in (str, to_python):
        try:
            return ast.parse(read(text), label).body, []
        except BaseException as error:  # noqa: BLE001  # the compiler, too, has more ways to fail than SyntaxError
            errors.append(error)
    is_file = label.endswith(".py")
    starts = [0, *(found.start() for found in EXPORTED.finditer(text)), len(text)]
    if not (is_file and whole) or len(starts) == 2:
        return [], errors[:1] if is_file else errors[1:]
    statements: list[ast.stmt] = []
    errors = []
    for start, end in pairwise(starts):
        found, wrong = _parse("\n" * text.count("\n", 0, start) + text[start:end], label, whole=False)
        statements += found
        errors += wrong
    return statements, errors


def _compiled(text: str, label: str) -> types.CodeType | None:
    """Return a file's code, or None if it has to be read statement by statement."""
    try:
        return compile(text, label, "exec", dont_inherit=True)
    except BaseException:  # noqa: BLE001  # the compiler has more ways to fail than SyntaxError
        return None


def _place_of(error: BaseException, code: types.CodeType) -> tuple[int, int]:
    """Return the line and the column of a file's code at which an exception left it."""
    step = error.__traceback__
    while step is not None and step.tb_frame.f_code is not code:
        step = step.tb_next
    if step is None:
        return sys.maxsize, 0  # nowhere: nothing is left to run
    line, _, column, _ = next(islice(code.co_positions(), step.tb_lasti // 2, None))
    return line or step.tb_lineno, column or 0


def _start_of(statement: ast.stmt) -> tuple[int, int]:
    """Return the line and the column at which a statement begins, with its decorators."""
    decorators: list[ast.expr] = statement.decorator_list if isinstance(statement, Definition) else []
    starts = [(each.lineno, each.col_offset) for each in decorators]
    return min([(statement.lineno, statement.col_offset), *starts])


def _names(statement: ast.stmt) -> list[str]:
    """Return the names that a statement binds, blocks aside."""
    if isinstance(statement, Definition):
        return [statement.name]
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return [each.asname or each.name.partition(".")[0] for each in statement.names]
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
        return [node.id for node in names if isinstance(node.ctx, ast.Store)]
    return []


def _failing(error: BaseException) -> Callable[..., NoReturn]:
    """Return a replacement for a function that could not be defined: it raises what its cell raised."""
    place = error.__traceback__

    def function(*_args: object, **_kwargs: object) -> NoReturn:
        raise error.with_traceback(place)

    return function


@contextlib.contextmanager
def _replaced(modules: dict[str, types.ModuleType]) -> Iterator[None]:
    """Replace modules for imports, and restore them afterwards."""
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module


@contextlib.contextmanager
def _interrupted_after(seconds: float | None) -> Iterator[None]:
    """Interrupt a block that computes for too long; if it goes on, the grader ends the process."""
    if seconds is None:
        yield
        return

    def interrupt(*_: object) -> None:
        raise TookTooLong

    signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def decode(source: bytes) -> str:
    """Return the text of a file in UTF-16, UTF-32, the encoding that it declares, UTF-8, or else as Latin-1."""
    encoding = wide_encoding(source)
    if encoding is not None:
        text = source.decode(encoding, errors="replace")
    else:
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
            text = source.decode(encoding)
        except (SyntaxError, UnicodeDecodeError, LookupError):
            text = source.decode("latin-1")
    # Programs that synchronize folders leave zeros at the end.
    return text.removeprefix("\ufeff").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")


def _line_of(error: BaseException) -> int | None:
    line = error.lineno if isinstance(error, SyntaxError) else None
    return line if type(line) is int else None


def _marked(error: BaseException, text: str) -> str:
    """Return the line that can't be read, with a mark below the place, as Python itself shows it."""
    number = _line_of(error)
    lines = text.split("\n")
    if number is None or not 0 < number <= len(lines) or not isinstance(error, SyntaxError):
        return ""
    line, first, last = lines[number - 1], error.offset or 1, error.end_offset or 0
    if error.end_lineno != number or last <= first:
        last = first + 1
    start = max(0, first - 1 - MAX_MARKED // 2)  # characters shown of a long line
    shown = line[start : start + MAX_MARKED].replace("\t", " ").rstrip()
    indent = len(shown) - len(shown.lstrip())
    marks = "^" * max(1, min(last, start + MAX_MARKED + 1) - first)
    return f"    {shown.lstrip()}\n    {' ' * max(0, first - 1 - start - indent)}{marks}"
