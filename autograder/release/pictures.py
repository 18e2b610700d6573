"""The reference's lines in pictures, which the notebook draws in gray below a student's own.

An exercise's `plots/` has a cell for each function that has a picture, and `reference.toml`, which names the lines that
every right function draws, or says why there are none. This module computes the points of those lines, rounded to what
is visible in a picture: they reveal no formula, and pass no check that draws other inputs.

The cells are run with the solution in the place of the student's file, since they call its functions; `verify` proves
that solution and reference compute the same. matplotlib is not needed: a stand-in records the lines.
"""

from __future__ import annotations

import contextlib
import io
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring import load_module, place_of_error
from autograder.course import CourseError, ExerciseFolder
from autograder.key import ReferenceLine

CHOICES = "reference.toml"
DIGITS = 4  # significant digits of a point


@cache
def reference_lines(exercise: ExerciseFolder) -> dict[str, tuple[ReferenceLine, ...]]:
    """Return the reference's lines by function, for pictures that have any.

    Raises `CourseError` if `reference.toml` names a picture or a line that does not exist, or if a picture fails.
    """
    file = exercise.folder / "plots" / CHOICES
    if not file.is_file():
        return {}
    try:
        choices = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{file}: {error}") from error
    plots = {plot.stem: plot for plot in exercise.plots}
    names = vars(load_module(exercise.solution))
    found = {}
    for function, labels in choices.items():
        if function not in plots:
            raise CourseError(f"{file}: there is no picture of {function}; expected one of {', '.join(plots)}")
        if isinstance(labels, list):
            found[function] = tuple(_chosen(_drawn(plots[function], names, exercise.folder), labels, function, file))
    return found


def _drawn(plot: Path, names: dict[str, Any], folder: Path) -> list[_Axis]:
    """Return the axes of a picture, with the lines that it draws."""
    pyplot = _Pyplot()
    code = compile(plot.read_text("utf-8"), str(plot), "exec")
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):  # data files are beside the cell
            exec(code, names | {"np": np, "picture": lambda _: contextlib.nullcontext(pyplot)})
    except Exception as error:
        raise CourseError(f"{place_of_error(error, str(plot))}: the picture fails: {error}") from error
    return pyplot.axes


def _chosen(axes: list[_Axis], labels: list[str], function: str, file: Path) -> Iterator[ReferenceLine]:
    """Yield the lines that have one of the labels."""
    drawn = [(name, line) for axis in axes for name, line in axis.lines]
    for label in labels:
        found = [line for name, line in drawn if fnmatchcase(name, label)]
        if not found:
            there = ", ".join(repr(name) for name, _ in drawn)
            raise CourseError(f"{file}: the picture of {function} draws no line {label!r}; it draws {there}")
        yield from found


def _rounded(values: np.ndarray) -> tuple[float, ...]:
    return tuple(float(f"{value:.{DIGITS}g}") for value in np.atleast_1d(values))


class _Axis:
    """Stands in for one of matplotlib's axes: records lines, and ignores everything else."""

    def __init__(self, number: int = 0) -> None:
        self.lines: list[tuple[str, ReferenceLine]] = []
        self._number = number

    def plot(self, *values: Any, label: Any = "", drawstyle: str = "default", **_: Any) -> None:
        """Record a line, or several that are the columns of an array."""
        style = "".join(each for each in values if isinstance(each, str))
        *before, last = (np.asarray(each, dtype=float) for each in values if not isinstance(each, str))
        columns = np.atleast_2d(last.T)
        x = _rounded(before[0] if before else np.arange(columns.shape[1]))
        names = label if isinstance(label, list | tuple) else [label] * len(columns)
        for name, y in zip(names, columns, strict=True):
            self.lines.append((str(name), ReferenceLine(self._number, x, _rounded(y), style, drawstyle)))

    semilogx = semilogy = loglog = plot

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python's own protocols, which matplotlib does not have either
            raise AttributeError(name)
        return lambda *_, **__: self


class _Pyplot(_Axis):
    """Stands in for `matplotlib.pyplot`, and for the figure: its own lines are those of the first axis."""

    def __init__(self) -> None:
        super().__init__()
        self.axes: list[_Axis] = [self]

    def subplots(self, rows: int = 1, columns: int = 1, **_: Any) -> tuple[_Axis, Any]:
        """Return a figure and its axes, arranged as matplotlib does."""
        self.axes = [_Axis(number) for number in range(rows * columns)]
        arranged = np.empty(rows * columns, dtype=object)
        arranged[:] = self.axes
        return self, arranged.reshape(rows, columns).squeeze()[()]
