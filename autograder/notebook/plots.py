"""A plot of what the student's own function does: `with picture("adam") as plt:` around plain matplotlib.

The picture is a help and never an obstacle: if matplotlib is not installed, or the function is not written yet or
raises an exception, the cell says so in one line and the notebook continues. Output and warnings of the function are
suppressed, since `check` shows them.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import warnings
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.notebook.reference_lines import draw_reference

DOTS_PER_INCH = 150  # of a picture in a file


class _NoMatplotlib(Exception):
    """Ends the plot: matplotlib is not installed."""


class picture:  # noqa: N801  # reads as a verb: with picture("adam") as plt
    """Context manager that shows the plot of the code in its block, or says in one line why there is none.

    Parameters
    ----------
    function
        The function that the picture is about.
    output
        A file to write the picture into, instead of showing it.
    drawn
        Is called once there is a picture.
    """

    def __init__(
        self, function: str, *, output: Path | None = None, drawn: Callable[[bool], None] | None = None
    ) -> None:
        self._function = function
        self._output = output
        self._drawn = drawn
        self._installed = importlib.util.find_spec("matplotlib") is not None
        self._quiet = contextlib.ExitStack()

    def __enter__(self) -> Any:
        """Return matplotlib's `pyplot`, or, if it is not installed, an object that ends the plot on first use."""
        self._quiet.enter_context(contextlib.redirect_stdout(io.StringIO()))
        self._quiet.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        if not self._installed:
            return self
        plt = importlib.import_module("matplotlib.pyplot")
        plt.close("all")
        return plt

    def __getattr__(self, name: str) -> Self:
        """End the plot at the first use of `pyplot`, which is not installed."""
        raise _NoMatplotlib(name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Show the picture, or say what an exception means for it."""
        self._quiet.close()
        if error is not None and not isinstance(error, Exception):
            return False
        if error is not None:
            print(self._explanation(error))
        if self._installed:
            plt = importlib.import_module("matplotlib.pyplot")
            plt.close("all") if error else self._show(plt)
        return True

    def _show(self, plt: Any) -> None:
        draw_reference(plt, self._function)
        if self._output is None:
            plt.show()
        else:
            plt.savefig(self._output, dpi=DOTS_PER_INCH, bbox_inches="tight")
        if self._drawn is not None:
            self._drawn(True)

    def _explanation(self, error: Exception) -> str:
        name = self._function
        if isinstance(error, _NoMatplotlib):
            return f"A picture of what {name} does is drawn here once matplotlib is installed: pip install matplotlib"
        from autograder.pictures.why import why_not

        return why_not(name, [kind.__name__ for kind in type(error).__mro__], str(error))
