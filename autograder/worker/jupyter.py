"""Stand-ins for what a notebook finds in Jupyter: `get_ipython()`, `display`, our own `check`.

A magic that runs Python in the notebook's namespace does so; all others do nothing, as do `check`, `points` and
`display`. The code of a picture runs up to the first use of `plt`, as if matplotlib were not installed.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any

from autograder.worker.ipython import OUTPUT, RUN_THEIR_BODY, to_python

RUN_THEIR_LINE = ("time", "prun", "debug")  # and line magics that run a statement in it
# Cell magics whose body runs elsewhere, or not at all.
OTHERS = frozenset({
    "!", "HTML", "SVG", "bash", "bigquery", "cmd", "file", "html", "javascript", "js", "latex", "markdown", "perl",
    "pypy", "python", "python2", "python3", "ruby", "script", "sh", "shell", "svg", "sx", "system", "timeit",
    "writefile",
})  # fmt: skip


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
