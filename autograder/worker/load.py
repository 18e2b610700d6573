"""Import a submission, whatever its encoding and line endings, or say why that is not possible.

A file is compiled and run as a whole, as `import` does it. A notebook cell that is not required runs statement by
statement, and statements that fail are skipped: students run their cells in any order, beside packages that are not
installed here.
"""

from __future__ import annotations
import __future__

import ast
import codecs
import io
import linecache
import sys
import tokenize
import types
from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import NoReturn

from autograder.cells import Cell
from autograder.wire import Loaded, Loading, Refused
from autograder.worker.calls import Texts, explain, student_lines

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
FUTURES = reduce(or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names))


class StudentModule:
    """What is imported so far: texts by label, and a namespace that every check finds as the imports left it."""

    def __init__(self, module: str) -> None:
        self.texts: dict[str, str] = {}
        self._module = types.ModuleType(module)
        self._module.__file__ = f"{module}.py"
        sys.modules[module] = self._module  # dataclasses and typing look their module up
        self._namespace: dict[str, object] = {}
        self._futures = 0  # `from __future__` in one cell holds in those below it, as in a notebook

    def load(self, cell: Cell) -> Loading:
        """Import a file or a cell; of one that is required, say in the student's terms why it can't be imported."""
        text = decode(cell.source) if cell.is_file else cell.source.decode("utf-8", "replace")
        self.texts[cell.label] = text
        lines = [f"{line}\n" for line in text.split("\n")]  # Python counts no other line ends
        linecache.cache[cell.label] = (len(text), None, lines, cell.label)  # for inspect and tracebacks
        if not cell.required:
            self._run_statements(cell, text)
        elif error := self._run_whole(cell.label, text):
            return _refuse(error, cell.label, self.texts)
        self._namespace = dict(self._module.__dict__)
        return Loaded()

    def namespace(self) -> dict[str, object]:
        """Put back what a call may have deleted or replaced at the top level of the file, and return it."""
        current = self._module.__dict__
        current.clear()
        current.update(self._namespace)
        return current

    def _run_whole(self, label: str, text: str) -> BaseException | None:
        try:
            exec(compile(text, label, "exec", dont_inherit=True), self._module.__dict__)
        except BaseException as error:  # noqa: BLE001  # importing a submission may raise anything, SystemExit included
            return error
        return None

    def _run_statements(self, cell: Cell, text: str) -> None:
        """Run a cell's statements; calls of its function fail where the statement that defines it has failed."""
        names = self._module.__dict__
        before = names.get(cell.function)
        errors: list[BaseException] = []
        statements: list[ast.stmt] = []
        try:
            statements = ast.parse(text, cell.label).body
        except BaseException as error:  # noqa: BLE001  # the compiler, too, has more ways to fail than SyntaxError
            errors.append(error)
        for statement in statements:
            try:
                self._run(statement, cell.label)
            except BaseException as error:  # noqa: BLE001  # see above
                errors.append(error)
        if cell.function and errors and names.get(cell.function) is before:
            names[cell.function] = _failing(errors[0])

    def _run(self, statement: ast.stmt, label: str) -> None:
        code = compile(ast.Module([statement], []), label, "exec", self._futures, dont_inherit=True)
        self._futures |= code.co_flags & FUTURES
        exec(code, self._module.__dict__)


def _failing(error: BaseException) -> Callable[..., NoReturn]:
    """Return a function to put in the place of one that could not be defined: it raises what its cell raised."""
    place = error.__traceback__

    def function(*_args: object, **_kwargs: object) -> NoReturn:
        raise error.with_traceback(place)

    return function


def decode(source: bytes) -> str:
    """Return the text of a file in the encoding that it declares, in UTF-8 or UTF-16, or else as Latin-1."""
    if source.startswith(UTF_16_MARKS):
        return source.decode("utf-16", errors="replace")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        text = source.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        text = source.decode("latin-1")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _refuse(error: BaseException, label: str, texts: Texts) -> Refused:
    if isinstance(error, MemoryError):
        return Refused("memory", "it needs more memory than is allowed while it is imported", None)
    if isinstance(error, SyntaxError) and error.filename in (label, "<string>", None):
        line = error.lineno if type(error.lineno) is int else None  # the submission may have raised it itself
        return Refused("syntax", f"{type(error).__name__}: {explain(error, texts).text}", line)
    lines = student_lines(error, texts)
    if not lines:  # raised by the compiler: null bytes, nesting without end
        return Refused("syntax", f"{type(error).__name__}: {explain(error, texts).text}", None)
    if isinstance(error, SystemExit):
        return Refused("import", "it ends the program (SystemExit) while it is imported", lines[-1].number)
    raised = explain(error, texts)
    fact = f"{raised.ancestry[0]}: {raised.text}".removesuffix(": ")
    if isinstance(error, ModuleNotFoundError):
        fact += "; only NumPy and the standard library can be imported"
    return Refused("import", fact, lines[-1].number)
