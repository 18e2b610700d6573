"""Draw the pictures of a submission's functions, as data, in a sandbox that holds nothing secret of the course.

From a graded submission and the code of an exercise's pictures, it makes a figure for each, or a sentence that says why
there is none. The process that draws has seen no input of a check, so its exceptions may be shown.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from autograder import wire
from autograder.course import ExerciseFolder, UsageError
from autograder.grading import SandboxedStudent, Submission
from autograder.limits import Limits
from autograder.results import Level, Record
from autograder.svg import Panel, lay_out

if TYPE_CHECKING:
    from autograder.sandbox import Confinement, Sandbox

# Less time than a check has on a busy machine, since a missing picture costs no points.
LIMITS = Limits(wall_seconds=10.0, total_wall_seconds=60.0)
STOPPED = ("timeout", "memory", "crash")
ENDED = {
    "timeout": "takes longer than it may",
    "memory": "needs too much memory",
    "crash": "ends its process",
    "protocol": "sends an answer that was not requested",
}
MAX_QUOTED = 200  # characters of an exception's text


@dataclass(frozen=True, kw_only=True, slots=True)
class Plots:
    """The pictures of an exercise: the code of each by its function, and the files that it may open."""

    exercise: str
    code: Mapping[str, str]
    files: Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """The picture of a function, a panel for each axes; or why there is none."""

    panels: tuple[Panel, ...] = ()
    why: str = ""


def plots_of(exercise: ExerciseFolder) -> Plots:
    """Read the pictures of an exercise: the same cells as in its notebook."""
    return Plots(
        exercise=exercise.name,
        code={file.stem: file.read_text("utf-8") for file in exercise.plots},
        files={f"data/{file.name}": file.read_bytes() for file in exercise.data},
    )


@contextlib.contextmanager
def open_artist(plots: Mapping[str, Plots], at_least: Level, private: Iterable[Path]) -> Iterator[Artist]:
    """Yield an object that draws the pictures of exercises, in sandboxes of at least a level.

    Raises `UsageError` if this machine does not reach the level.
    """
    if sys.platform != "linux":
        raise UsageError("student code is run on Linux alone")
    from autograder.sandbox import SandboxError, confinement

    try:
        confined = confinement(at_least, private)
    except SandboxError as error:
        raise UsageError(str(error)) from error
    artist = Artist(plots, confined)
    try:
        yield artist
    finally:
        artist.close()


class Artist:
    """Draws pictures, in any thread: each takes a sandbox that no other thread is using."""

    def __init__(self, plots: Mapping[str, Plots], confined: Confinement) -> None:
        self.level = confined.level
        self._plots = plots
        self._confined = confined
        self._free: dict[frozenset[tuple[str, bytes]], list[Sandbox]] = {}  # by the data files that they show
        self._all: list[Sandbox] = []

    def draw(self, record: Record, submission: Submission) -> dict[str, Picture]:
        """Return the pictures of a submission; whatever happens, those of others are not affected."""
        from autograder.sandbox import SandboxError, open_sandbox

        plots = self._plots.get(record.exercise)
        if plots is None:
            return {}
        free = self._free.setdefault(frozenset(plots.files.items()), [])
        failed = {name: Picture(why="No picture: the machine that draws it failed.") for name in plots.code}
        try:
            sandbox = free.pop()
        except IndexError:
            try:
                sandbox = open_sandbox(LIMITS, self._confined, plots.files)[0]
            except SandboxError:
                return failed
            self._all.append(sandbox)
        try:
            return _pictures(plots, record, submission, sandbox)
        except Exception:  # noqa: BLE001  # whatever it is, the other pages are written, with a fresh sandbox
            with contextlib.suppress(SandboxError):
                sandbox.restart()
            return failed
        finally:
            free.append(sandbox)

    def close(self) -> None:
        """Close all sandboxes."""
        for sandbox in self._all:
            sandbox.close()


def _pictures(plots: Plots, record: Record, submission: Submission, sandbox: Sandbox) -> dict[str, Picture]:
    """Return a picture for each function of a submission that has one.

    A function that has stopped its process in a check is not called again, and after one that takes too long here, none
    is called: a submission costs little more than the time of one check.
    """
    statuses: dict[str, set[str]] = {}
    for check in record.checks:
        statuses.setdefault(check.function, set()).add(check.status)
    stopped = {name: how for name, own in statuses.items() for how in STOPPED if how in own}
    found: dict[str, Picture] = {}
    for name in (name for name in statuses if name in plots.code):
        if name in stopped:
            found[name] = Picture(why=f"No picture: {name} {ENDED[stopped[name]]} when it is checked.")
        elif statuses[name] <= {"not_attempted"}:
            found[name] = Picture(why=why_not(name, ["NotImplementedError"], ""))
    left = [name for name in statuses if name in plots.code and name not in found]
    return found | draw_pictures(plots, left, submission, sandbox, stopped) if left else found


def draw_pictures(
    plots: Plots,
    names: Sequence[str],
    submission: Submission,
    sandbox: Sandbox,
    stopped: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Picture]:
    """Return the pictures of some functions of a submission, except those that have `stopped` a process."""
    with SandboxedStudent(sandbox, plots.exercise, submission.cells) as student:
        return dict(_draw(plots, names, student, stopped))


def _draw(
    plots: Plots, names: Sequence[str], student: SandboxedStudent, stopped: Mapping[str, str]
) -> Iterator[tuple[str, Picture]]:
    problem = student.open()
    spent = ""  # the function that has used up the time
    for name in names:
        problem = problem or (None if spent else student.start_check())
        if problem is not None:
            yield name, Picture(why=f"No picture: {plots.exercise} can't be imported for it.")
        elif spent:
            yield name, Picture(why=f"No picture: that of {spent} took all the time.")
        else:
            request = wire.Draw(name, plots.code[name], dict(plots.files), tuple(stopped))
            picture = _picture(name, student.draw(request), stopped)
            spent = name if isinstance(picture, wire.Fault) and picture.kind in ("timeout", "protocol") else ""
            if isinstance(picture, wire.Fault):
                picture = Picture(why=f"No picture: {name} {ENDED[picture.kind]} when it is drawn.")
            yield name, picture


def _picture(
    name: str, drawing: wire.Drawing | wire.Fault, stopped: Mapping[str, str] = MappingProxyType({})
) -> Picture | wire.Fault:
    if isinstance(drawing, wire.Fault):
        return drawing
    if isinstance(drawing, wire.Raised):
        lost = next((each for each in stopped if drawing.text == f"name {each!r} is not defined"), None)
        if lost is not None:
            return Picture(why=f"No picture: it needs {lost}, which {ENDED[stopped[lost]]} when it is checked.")
        return Picture(why=why_not(name, drawing.ancestry, drawing.text))
    try:
        for axes in drawing.axes:
            for line in axes.lines:
                _require(line.points, rows=2)
            for image in axes.images:
                _require(image.values)
    except ValueError as error:
        return wire.Fault("protocol", str(error))
    return Picture(panels=lay_out(drawing))


def _require(array: wire.Array, rows: int | None = None) -> None:
    values = wire.unpack(array)
    if values.dtype != wire.DTYPES["float64"] or values.ndim != 2 or rows not in (None, len(values)):
        raise ValueError(f"{array.dtype} of shape {array.shape}")


def why_not(function: str, ancestry: Collection[str], text: str) -> str:
    """Return why an exception means that a function has no picture; `ancestry` names its class and the bases."""
    if "NotImplementedError" in ancestry or ("NameError" in ancestry and repr(function) in text):
        return f"A picture of what {function} does is drawn here once {function} is written."
    name, told = next(iter(ancestry)), text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}..."
    return f"No picture yet: {function} as it is now leads to {name}: {told}. Its check says more."
