"""Read a notebook cell as IPython does: magics, shell commands and questions become calls of `get_ipython()`.

It turns a cell's text into Python, with every line where it was, by the rules of IPython's `inputtransformer2`. An
exported notebook holds the same calls; `worker.jupyter` says what they do.
"""

from __future__ import annotations

import io
import re
import textwrap
import tokenize
from collections.abc import Callable, Iterator
from itertools import pairwise

RUN_THEIR_BODY = ("time", "capture", "prun", "debug")  # cell magics whose body runs in the notebook's namespace
ROUNDS = 500  # pieces of special syntax in a cell; IPython has the same limit
ESCAPES = frozenset("!?%,;/")
CLASSIC = re.compile(r"^[ \t]*(?:>>>|\.\.\.)(?: |$)")
PROMPT = re.compile(r"^(?:(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |\s*\.{3,}: ?)")
HELP = re.compile(r"(%{0,2}(?!\d)[\w*]+(?:\.(?!\d)[\w*]+|\[-?[0-9]+\])*)(\?\??)$")
OUTPUT = re.compile(r"(?:\s*--\S+)*\s*([^\W\d]\w*)\s*$")  # the name that `%%capture name` binds
Tokens = list[tokenize.TokenInfo]
Place = tuple[int, int]  # line, from 0, and column


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
