"""Run a notebook's cells without IPython: read them as it does, and stand in for what they find in Jupyter.

`to_python` turns a cell's text into Python, with every line where it was, by the rules of IPython's
`inputtransformer2`: magics, shell commands and questions become calls of `get_ipython()`, which an exported notebook
holds, too. `Shell` is what that returns. A magic that runs Python in the notebook's namespace does so; all others do
nothing, as do `display` and our own `check` and `points`. The code of a picture runs up to the first use of `plt`, as
if matplotlib were not installed.
"""

from __future__ import annotations

import io
import re
import sys
import textwrap
import tokenize
import types
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

RUN_THEIR_BODY = ("time", "capture", "prun", "debug")  # cell magics whose body runs in the notebook's namespace
ROUNDS = 500  # pieces of special syntax in a cell; IPython has the same limit
ESCAPES = frozenset("!?%,;/")
CLASSIC = re.compile(r"^[ \t]*(?:>>>|\.\.\.)(?: |$)")
PROMPT = re.compile(r"^(?:(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |\s*\.{3,}: ?)")
HELP = re.compile(r"(%{0,2}(?!\d)[\w*]+(?:\.(?!\d)[\w*]+|\[-?[0-9]+\])*)(\?\??)$")
OUTPUT = re.compile(r"(?:\s*--\S+)*\s*([^\W\d]\w*)\s*$")  # the name that `%%capture name` binds
Tokens = list[tokenize.TokenInfo]
Place = tuple[int, int]  # line, from 0, and column
RUN_THEIR_LINE = ("time", "prun", "debug")  # and line magics that run a statement in it
# Cell magics whose body runs elsewhere, or not at all.
OTHERS = frozenset({
    "!", "HTML", "SVG", "bash", "bigquery", "cmd", "file", "html", "javascript", "js", "latex", "markdown", "perl",
    "pypy", "python", "python2", "python3", "ruby", "script", "sh", "shell", "svg", "sx", "system", "timeit",
    "writefile",
})  # fmt: skip


def to_python(text: str) -> str:
    """Return a cell's text as Python; everything except IPython's syntax stays as it is."""
    lines = textwrap.dedent(text).split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    for prompt, starts in ((CLASSIC, r"\s*>>>"), (PROMPT, "")):
        if any(prompt.match(line) and re.match(starts, line) for line in lines[first : first + 2]):
            lines = [prompt.sub("", line, count=1) for line in lines]
    if lines[first].startswith("%%") and not re.match(r"%%\w+\?", lines[first]):
        return "\n" * first + _cell_magic(lines[first][2:], "\n".join(lines[first + 1 :]))
    for _ in range(ROUNDS):
        found = min(_special(lines), key=lambda each: each[:3], default=None)
        if found is None:
            break
        *_, rewrite, place = found
        lines = rewrite(lines, place)
    return "\n".join(lines)


def _cell_magic(line: str, body: str) -> str:
    name, _, rest = line.rstrip().partition(" ")
    if name not in RUN_THEIR_BODY or (name == "time" and rest):
        return f"get_ipython().run_cell_magic({name!r}, {rest!r}, {body!r})"
    output = OUTPUT.fullmatch(rest) if name == "capture" else None
    head = f"{output[1]} = get_ipython().run_line_magic('capture', '')" if output else ""
    return f"{head}\n{to_python(body)}"


def _special(lines: list[str]) -> Iterator[tuple[int, int, int, Callable[[list[str], Place], list[str]], Place]]:
    """Yield the first piece of each kind of special syntax: line, column, rank, and how and where to rewrite it."""
    seen = set()
    for line in _logical_lines(lines):
        start = next((token for token in line if token.type not in (tokenize.INDENT, tokenize.DEDENT)), None)
        if start is None:
            continue
        place = (start.start[0] - 1, start.start[1])
        equals = _assignment(line)
        if equals is not None and _assign not in seen:
            seen.add(_assign)
            yield *equals, 10, _assign, equals
        if len(line) > 2 and line[-2].string == "?" and _help not in seen:
            seen.add(_help)
            yield *place, 5, _help, (line[-2].start[0] - 1, place[1])
        if start.string in ESCAPES and _escape not in seen:
            seen.add(_escape)
            yield *place, 10, _escape, place


def _logical_lines(lines: list[str]) -> Iterator[Tokens]:
    """Yield the tokens of one logical line after the other, as far as the text can be read as tokens."""
    line: Tokens = []
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join([*lines, ""])).readline):
            line.append(token)
            if token.type == tokenize.OP and token.string in "([{":
                depth += 1
            elif token.type == tokenize.OP and token.string in ")]}":
                depth = max(0, depth - 1)
            if token.type == tokenize.NEWLINE or (token.type == tokenize.NL and depth == 0):
                yield line
                line = []
    except (tokenize.TokenError, SyntaxError):
        pass
    if line:
        yield line


def _assignment(line: Tokens) -> Place | None:
    """Return where a line's `%magic` or `!command` is, if one is assigned to a name."""
    depth = 0
    for token, behind in pairwise(line):
        depth += (token.string in ("(", "[", "{")) - (token.string in (")", "]", "}"))
        if token.string == "=" and depth <= 0:
            rest = token.line[token.end[1] :] if token.end[0] == behind.start[0] else ""
            escaped = re.match(r"\s*(?:!|%\s*(?!\d)\w)", rest)
            if escaped is None or token.line.lstrip().startswith("="):
                return None
            return token.end[0] - 1, token.end[1] + len(rest) - len(rest.lstrip())
    return None


def _continued(lines: list[str], place: Place) -> tuple[str, int]:
    """Return a command that may go on over lines which end in a backslash, and the number of its last line."""
    number, column = place
    parts = [lines[number][column:]]
    while parts[-1].endswith("\\") and number + 1 < len(lines):
        number += 1
        parts.append(lines[number])
    return " ".join([part.rstrip()[:-1] for part in parts[:-1]] + [parts[-1].rstrip()]), number


def _replaced(lines: list[str], place: Place, last: int, call: str) -> list[str]:
    """Return the lines with a call instead of a command; the lines below it keep their numbers."""
    number, column = place
    return [*lines[:number], lines[number][:column] + call, *[""] * (last - number), *lines[last + 1 :]]


def _assign(lines: list[str], place: Place) -> list[str]:
    command, last = _continued(lines, place)
    return _replaced(lines, place, last, _magic(command[1:]) if command[0] == "%" else _output(command[1:]))


def _escape(lines: list[str], place: Place) -> list[str]:
    command, last = _continued(lines, place)
    if command[:2] in ("!!", "??"):
        call = _output(command[2:]) if command[0] == "!" else _question(command[2:], "??")
    elif command[0] in "%!?":
        rest = command[1:]
        call = _magic(rest) if command[0] == "%" else _system(rest) if command[0] == "!" else _question(rest, "?")
    else:
        name, _, rest = command[1:].partition(" ")
        arguments = {",": '"' + '", "'.join(rest.split()) + '"', ";": f'"{rest}"', "/": ", ".join(rest.split())}
        call = f"{name}({arguments[command[0]]})"
    return _replaced(lines, place, last, call)


def _help(lines: list[str], place: Place) -> list[str]:
    number = place[0]
    found = HELP.search(lines[number].rstrip())
    call = _question(found[1], found[2]) if found else "raise SyntaxError('what is the question mark for?')"
    return _replaced(lines, place, number, call)


def _magic(command: str) -> str:
    name, _, rest = command.partition(" ")
    return f"get_ipython().run_line_magic({name!r}, {rest!r})"


def _system(command: str) -> str:
    return f"get_ipython().system({command!r})"


def _output(command: str) -> str:
    return f"get_ipython().getoutput({command!r})"


def _question(target: str, mark: str) -> str:
    if not target:
        return "get_ipython().show_usage()"
    magic = "pinfo2" if mark == "??" else "psearch" if "*" in target else "pinfo"
    return f"get_ipython().run_line_magic({magic!r}, {target!r})"


# ---- what a notebook finds in Jupyter


class UsageError(Exception):
    """An unknown magic, or one that is used in the wrong way; IPython's own exception has the same name."""


class Captured:
    """The object that `%%capture` binds, empty."""

    stdout = stderr = ""
    outputs: tuple[object, ...] = ()

    def show(self) -> None:
        """Show nothing."""

    __call__ = show


class Shell:
    """The object that `get_ipython()` returns: magics do what is possible without IPython, which is mostly nothing.

    Parameters
    ----------
    namespace
        The notebook's namespace.
    run
        Runs the text of a cell in it.
    """

    def __init__(self, namespace: dict[str, object], run: Callable[[str], None]) -> None:
        self.user_ns = namespace
        self._run = run

    def run_line_magic(self, name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a statement, for a magic that does; refuse magics that would define names from elsewhere."""
        if name in RUN_THEIR_LINE and line.strip():
            caller = sys._getframe(1)  # noqa: SLF001  # the statement sees the names of the function that it is in
            own = caller.f_locals if caller.f_globals is self.user_ns else self.user_ns
            return self._statement(line.strip(), self.user_ns if "__name__" in own else own)
        if name == "capture":
            return Captured()
        if name.startswith("%"):
            raise UsageError(f"Line magic function `%{name}` not found: a cell magic begins its cell.")
        if name == "run":
            raise FileNotFoundError(f"%run {line.strip()}: no other file is there when this is graded")
        if name == "pylab":
            raise ModuleNotFoundError("No module named 'matplotlib'", name="matplotlib")
        return None

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """Run a cell's body, for a magic that does so in the notebook's namespace."""
        if name in RUN_THEIR_BODY:
            if name == "time" and line:
                raise UsageError("Can't use statement directly after '%%time'!")
            output = OUTPUT.fullmatch(line) if name == "capture" else None
            if output:
                self.user_ns[output[1]] = Captured()
            self._run(cell)
        elif name not in OTHERS:
            raise UsageError(f"Cell magic `%%{name}` not found.")

    def magic(self, line: str) -> Any:
        """Run a line magic, in the old way."""
        name, _, rest = line.removeprefix("%").partition(" ")
        return self.run_line_magic(name, rest)

    def system(self, command: str) -> None:
        """Run no command: there is no shell."""

    def getoutput(self, command: str) -> list[str]:  # noqa: ARG002  # IPython's
        """Return the output of a command, which is empty."""
        return []

    def show_usage(self) -> None:
        """Show nothing."""

    def _statement(self, line: str, names: dict[str, Any]) -> Any:
        source = to_python(line)
        try:
            expression = compile(source, "<magic>", "eval", dont_inherit=True)
        except SyntaxError:
            exec(compile(source, "<magic>", "exec", dont_inherit=True), self.user_ns, names)
            return None
        return eval(expression, self.user_ns, names)


class NoPlot(Exception):
    """Nothing is plotted when a submission is graded."""


class Picture:
    """Replaces `autograder.notebook.picture`: a plot that ends where it would draw."""

    def __init__(self, function: str) -> None:
        self.function = function

    def __enter__(self) -> Picture:
        return self

    def __getattr__(self, name: str) -> Any:
        raise NoPlot(f"plt.{name}: nothing is plotted when this is graded")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, Exception)


def display(*values: object, **_: object) -> None:
    """Print what Jupyter would show."""
    print(*values)


def stand_ins(shell: Shell) -> dict[str, types.ModuleType]:
    """Return stand-ins for modules that exist in Jupyter, but not here."""
    ours = {"check": _nothing, "hint": _nothing, "points": _nothing, "picture": Picture, "unpack": _unpack}
    tools = _module("autograder.notebook", **ours)
    shown = _module("IPython.display", display=display, __getattr__=_any)
    return {
        "autograder": _module("autograder", notebook=tools),
        "autograder.notebook": tools,
        "IPython": _module("IPython", get_ipython=lambda: shell, display=shown),
        "IPython.display": shown,
    }


def _module(name: str, **content: object) -> types.ModuleType:
    module = types.ModuleType(name)
    vars(module).update(content)
    return module


def _nothing(*_: object, **__: object) -> None:
    pass


def _unpack(*_: object) -> tuple[Callable[..., None], ...]:
    return _nothing, _nothing, _nothing


def _any(name: str) -> Callable[..., None]:
    if name.startswith("__"):
        raise AttributeError(name)
    return _nothing
