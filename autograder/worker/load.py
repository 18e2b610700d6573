"""Import a submission's file from its bytes, whatever its encoding and line endings, or say why that can't be done."""

from __future__ import annotations

import codecs
import io
import sys
import tokenize
import types

from autograder.trace import Refused
from autograder.worker.run import explain, student_lines

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Submission:
    """An imported file: its namespace, which every script finds as the import left it."""

    def __init__(self, module: str, source: bytes) -> None:
        self.filename = f"{module}.py"
        self.text = decode(source)
        self._module = types.ModuleType(module)
        self._module.__file__ = self.filename
        sys.modules[module] = self._module  # dataclasses and typing look their module up
        self._namespace: dict[str, object] = {}

    def execute(self) -> None:
        """Compile and run the file; raises whatever it raises."""
        exec(compile(self.text, self.filename, "exec", dont_inherit=True), self._module.__dict__)
        self._namespace = dict(self._module.__dict__)

    def namespace(self) -> dict[str, object]:
        """Put back what a call may have deleted or replaced at the top level of the file, and return it."""
        current = self._module.__dict__
        current.clear()
        current.update(self._namespace)
        return current


def decode(source: bytes) -> str:
    """Return the text of a file in the encoding that it declares, in UTF-8 or UTF-16, or else byte by byte."""
    if source.startswith(UTF_16_MARKS):
        return source.decode("utf-16", errors="replace")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        text = source.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        text = source.decode("latin-1")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def load(module: str, source: bytes) -> Submission | Refused:
    """Import the file, or say in the student's terms why it can't be imported."""
    submission = Submission(module, source)
    try:
        submission.execute()
    except BaseException as error:  # noqa: BLE001  # importing a submission may raise anything, SystemExit included
        return _refuse(error, submission)
    return submission


def _refuse(error: BaseException, submission: Submission) -> Refused:
    if isinstance(error, MemoryError):
        return Refused("memory", "it needs more memory than is allowed while it is imported", None)
    if isinstance(error, SyntaxError) and error.filename in (submission.filename, "<string>", None):
        return Refused("syntax", f"{type(error).__name__}: {error.msg}", error.lineno)
    lines = student_lines(error, submission.filename, submission.text)
    if not lines:  # raised by the compiler: null bytes, nesting without end
        return Refused("syntax", f"{type(error).__name__}: {error}"[:500], None)
    if isinstance(error, SystemExit):
        return Refused("import", "it ends the program (SystemExit) while it is imported", lines[-1].number)
    raised = explain(error, submission.filename, submission.text)
    fact = f"{raised.ancestry[0]}: {raised.text}".removesuffix(": ")
    if isinstance(error, ModuleNotFoundError):
        fact += "; only NumPy and the standard library can be imported"
    return Refused("import", fact, lines[-1].number)
