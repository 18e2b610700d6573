"""The example for a failed check: the failing call, or one with simpler inputs that shows the same mistake.

It is told in a sentence, or written as a script that repeats the call: to run, to step through in any editor, to
change. The script needs only NumPy and the student's own file, unless the check has computed the wrong value: then it
lets the check judge.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import wire
from autograder.authoring import Check
from autograder.checking import (
    Failure,
    NotFinite,
    NotRefused,
    RaisedError,
    Run,
    Stopped,
    Verdict,
    WrongCount,
    WrongForm,
    WrongShape,
    WrongValues,
    explain,
)
from autograder.debugging.calls import WIDTH, FailingCall, code_lines, code_of, find_failing_call, literal

MAX_TOLD = 160  # characters of arguments in a sentence
ROUNDER = 0.75  # of the digits
BY_HAND = 8  # numbers with which somebody may compute by hand
LOADER = '''
def load(files):
    """Run the code of files and notebooks, statement by statement: if one fails, only what it defines is missing."""
    names = {{"__name__": "{exercise}"}}
    for file in files:
        text = Path(__file__).with_name(file).read_text("utf-8", errors="replace")
        cells = [text]
        if file.endswith(".ipynb"):
            cells = ["".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
        for number, cell in enumerate(cells, start=1):
            label = str(Path(__file__).with_name(file)) if len(cells) == 1 else f"{{file}}, cell {{number}}"
            linecache.cache[label] = (len(cell), None, cell.splitlines(keepends=True), label)
            try:
                statements = ast.parse(cell, label).body
            except SyntaxError:
                continue
            for statement in statements:
                try:
                    exec(compile(ast.Module([statement], []), label, "exec"), names)
                except BaseException as error:
                    print(f"{{label}}, line {{statement.lineno}}: {{type(error).__name__}}: {{error}}")
    return names
'''


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """The failing call of a check.

    Attributes
    ----------
    failing
        The simplest call that was found.
    original
        The call with the check's own inputs.
    parameters
        The parameters of every function, as a student writes them.
    simpler
        The number of the simpler inputs in the check's list, or None for its own.
    """

    failing: FailingCall
    original: FailingCall
    parameters: Mapping[str, Sequence[str]]
    simpler: int | None = None

    @property
    def is_simpler(self) -> bool:
        """Say whether simpler inputs than the check's own were found."""
        return self.simpler is not None

    def as_checked(self) -> Example:
        """Return the same with the check's own inputs."""
        return replace(self, failing=self.original, simpler=None)

    def code(self) -> str:
        """Return the call as code to copy."""
        return code_of(self.failing, self.parameters)

    def told(self) -> str:
        """Return the call as a student reads it: its function, and the code to copy."""
        lines = [f"    {line}" for line in self.code().splitlines()]
        simpler = textwrap.wrap(self.words(), WIDTH)
        return "\n".join([*simpler, f"The failing call of {self.failing.check}:", *lines])

    def words(self) -> str:
        """Return what is wrong already with simpler inputs, in one line, or nothing."""
        if not self.is_simpler:
            return ""
        call = self.failing.last
        names = [name.partition("=")[0] for name in self.parameters.get(call.function, ())]
        arguments = {**dict(zip(names, call.args, strict=False)), **call.kwargs}
        told = [f"{name} = {_plain(value)}" for name, value in arguments.items() if _is_told(value)]
        given = ", ".join(told)
        verdict = Verdict(status="failed", failure=self.failing.failure, function=call.function)
        fact = explain(verdict, call.function, "public", "").splitlines()[0]
        return f"Already with {given}: {fact}" if given and len(given) <= MAX_TOLD else f"Already with less: {fact}"


def with_simplest(example: Example, check: Check, runs: Iterable[Run]) -> Example:
    """Return the example with the simplest of the calls that fail in the same way in runs with simpler inputs."""
    best = example
    for number, run in enumerate(runs):
        found = find_failing_call(check, run)
        if found is not None and _is_same(found, example.original) and _is_simpler(found, best.failing):
            best = replace(example, failing=found, simpler=number)
    return best


def simpler_words(examples: Mapping[str, Example]) -> dict[str, str]:
    """Return what is wrong already with simpler inputs, by check."""
    return {check: words for check, example in examples.items() if (words := example.words())}


def _is_simpler(found: FailingCall, other: FailingCall) -> bool:
    """Say whether a call has fewer numbers than another one, or as many, with clearly fewer digits."""
    (numbers, digits), (more, longer) = found.size(), other.size()
    by_hand = numbers <= BY_HAND and isinstance(found.failure, WrongValues)
    return numbers < more or (numbers == more and by_hand and digits <= ROUNDER * longer)


def _is_same(found: FailingCall, failing: FailingCall) -> bool:
    """Say whether two calls fail in the same way: the same function, the same kind of failure, the same value."""
    return (
        type(found.failure) is type(failing.failure)
        and found.last.function == failing.last.function
        and found.place == failing.place
        and getattr(found.failure, "name", "") == getattr(failing.failure, "name", "")
    )


def _is_told(value: wire.Value) -> bool:
    return not isinstance(value, wire.Handle | wire.Callback | wire.Generator)


def _plain(value: wire.Value) -> str:
    """Return a value as one writes it by hand."""
    if isinstance(value, wire.Array):
        return str(wire.unpack(value).tolist())
    if isinstance(value, wire.Mapping):
        return f"{{{', '.join(f'{key}: {_plain(item)}' for key, item in value.items.items())}}}"
    if isinstance(value, wire.Items):
        return f"[{', '.join(map(_plain, value.items))}]"
    return repr(value)


# ---- as a script


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a student's code is, and how it is loaded.

    Attributes
    ----------
    folder
        The assignment's folder.
    exercise
        The exercise's name.
    files
        The file, or the notebook, or both, in the order in which they run.
    plain
        Whether the code is one file that can simply be imported.
    """

    folder: Path
    exercise: str
    files: tuple[str, ...]
    plain: bool


def script_file(folder: Path, check: str) -> Path:
    """Return the script's file for a check."""
    return folder / f"debug_{check.replace('.', '_')}.py"


def write_script(example: Example, place: Place) -> Path:
    """Write the script beside the student's file, and return where it is."""
    file = script_file(place.folder, example.failing.check)
    partial = file.with_suffix(".partial")
    partial.write_text(script(example, place), "utf-8")
    partial.replace(file)
    return file


def script(example: Example, place: Place) -> str:
    """Return the script's text."""
    failing = example.failing
    *before, last = code_lines(failing, example.parameters, few=0)
    judged = list(_by_the_check(example, place, last) if failing.derived else _judged(failing, last))
    functions = list(dict.fromkeys(call.function for call in failing.calls))
    lines = [*_docstring(example), ""]
    if not place.plain:
        lines += ["import ast", "import json", "import linecache"]
    lines += ["import sys"]
    if not place.plain:
        lines += ["from pathlib import Path"]
    lines += ["", "import numpy as np"]
    if place.plain:
        lines += ["", f"from {place.exercise} import {', '.join(functions)}"]
    if failing.derived:
        lines += ["from autograder.api import judge_by_check"]
    if failing.derived and place.plain:
        lines.insert(lines.index("import numpy as np") + 2, f"import {place.exercise}")
    if not place.plain:
        lines += ["", LOADER.format(exercise=place.exercise), "", f"names = load({list(place.files)!r})"]
        lines += [f"{name} = names[{name!r}]" for name in functions]
    lines += ["", *before, "", "# The failing call."]
    return "\n".join([*lines, *judged]) + "\n"


def line_of_call(text: str) -> int:
    """Return the line of a script in which the failing call is made."""
    lines = text.splitlines()
    mark = lines.index("# The failing call.")
    made = (number for number, line in enumerate(lines) if number > mark and line[:1] != "#" and line != "try:")
    return next(made) + 1


def _docstring(example: Example) -> Iterator[str]:
    failing = example.failing
    yield f'"""{failing.check}: {_quoted(failing.title)}.'
    yield ""
    yield f"Written by `autograder debug {failing.check}`. It repeats the call that failed this check:"
    yield "run it, or step through it in your editor. It ends with exit code 1 as long as the call is wrong."
    if example.is_simpler:
        yield ""
        yield "Its inputs are simpler than the check's own, which --as-checked gives; they show the same mistake."
    yield '"""'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', "'''")


def _text(text: str) -> str:
    """Return a text as code, in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _judged(failing: FailingCall, call: str) -> Iterator[str]:
    """Yield the code of the failing call, of its result, and of the exit code."""
    failure = failing.failure
    function = failing.last.function
    words = explain(Verdict(status="failed", failure=failure, function=function), function, "public", "")
    first = words.splitlines()[0]
    if isinstance(failure, NotRefused):
        yield from _must_raise(failure, call)
        return
    if isinstance(failure, RaisedError | Stopped):
        yield f"# {first}"
        yield call
        yield 'print("It returns.")'
        return
    yield call
    yield ""
    if isinstance(failure, WrongValues) and failing.expected is not None:
        yield from _compared(failing, failure)
        return
    value = failing.place or call.partition(" = ")[0].rstrip(",")
    yield f"value = {'result' if ' = ' not in call else value}"
    yield f'print("{failing.place or "the result"}:", value, sep="\\n")'
    yield f"print({_text(f'When it was checked: {first}')})"
    yield f"wrong = {_condition(failure)}"
    yield 'print("It is still wrong." if wrong else "It is as expected.")'
    yield "sys.exit(1 if wrong else 0)"


def _must_raise(failure: NotRefused, call: str) -> Iterator[str]:
    yield "try:"
    yield f"    {call}"
    yield f"except {failure.error}:"
    yield f'    print("It raises {failure.error}, as expected.")'
    yield "else:"
    yield f"    print({_text(f'{failure.argument} must raise {failure.error}; it returns.')})"
    yield "    sys.exit(1)"


def _compared(failing: FailingCall, failure: WrongValues) -> Iterator[str]:
    assert failing.expected is not None
    yield f"actual = np.asarray({failing.place}, dtype=float)"
    yield f"expected = {literal(failing.expected, 'expected')}"
    yield f"tolerance = {failure.tolerance:.3g}"
    yield f"print({_text(failing.label)})"
    yield 'print("actual:", actual, "expected:", expected, sep="\\n")'
    yield "if actual.shape != expected.shape:"
    yield '    sys.exit(f"shape {actual.shape}, expected {expected.shape}")'
    yield "wrong = ~((abs(actual - expected) <= tolerance) | (actual == expected))"
    yield 'print(f"{wrong.sum()} of {wrong.size} differ by more than {tolerance}")'
    yield "sys.exit(1 if wrong.any() else 0)"


def _condition(failure: Failure) -> str:
    """Return code that tests whether `value` is still wrong in the same way."""
    if isinstance(failure, WrongShape):
        item = "" if failure.item is None else f"[{failure.item}]"
        return f"np.shape(value{item}) != {failure.expected}"
    if isinstance(failure, WrongCount):
        return f"len(value) != {failure.expected}"
    if isinstance(failure, NotFinite):
        return "not np.isfinite(np.asarray(value, dtype=float)).all()"
    assert isinstance(failure, WrongForm), failure
    problem = failure.malformed.problem
    conditions = {
        "nothing": "value is None",
        "mapping": "not isinstance(value, dict)",
        "keys": f"set(value) != {{{failure.expected}}}",
        "list": 'isinstance(value, (str, dict)) or not hasattr(value, "__iter__")',
    }
    return conditions.get(problem, "np.asarray(value).dtype.kind not in 'biuf'")


def _by_the_check(example: Example, place: Place, call: str) -> Iterator[str]:
    """Yield code that lets the check judge, since the check has computed the wrong value from results."""
    failing = example.failing
    yield call
    for part in failing.last.returns.parts:
        if part.kind != "handle":
            yield f'print("{part.name}:", {part.name}, sep="\\n")'
    yield ""
    yield "# What is wrong here is what the check makes of results, so the check itself judges them."
    simpler = "" if example.simpler is None else f", simpler={example.simpler}"
    names = f"vars({place.exercise})" if place.plain else "names"
    yield f"sys.exit(judge_by_check(__file__, {_text(failing.check)}, {names}{simpler}))"
