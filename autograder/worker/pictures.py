"""Turn a notebook's picture into data: a stand-in for matplotlib's `pyplot` that records what is drawn.

The code of a picture is plain matplotlib, and matplotlib draws it in the notebook. Here the same code runs beside a
submission, with that submission's functions, and sends lines and images for the grader to draw.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder import wire
from autograder.worker.calls import Texts, explain, seed_globally

MAX_POINTS = 16_000  # of a picture
GRAYS = ("gray", "lightgray", "darkgray")
SETTERS = {name: f"set_{name}" for name in ("xlabel", "ylabel", "title", "ylim", "yticks")}  # of plt, and of its axes
MARKERS = ".o*"
# Options of size and position, which the page decides itself.
LAYOUT = frozenset({"alpha", "fontsize", "markersize", "loc", "ncol", "aspect"})


class NotDrawn(Exception):
    """A picture asks for something that a page does not draw."""


def draw(request: wire.Draw, namespace: Mapping[str, object], texts: Texts) -> wire.Drawing:
    """Run a picture's code with the names of a submission; whatever that raises becomes the answer."""
    plt = Pyplot()

    def open_file(name: str, *_: object, **__: object) -> io.StringIO:
        if name not in request.files:
            raise FileNotFoundError(f"{name} does not come with the exercise")
        return io.StringIO(request.files[name].decode())

    own = {name: value for name, value in namespace.items() if name not in request.without}
    names = {**own, "np": np, "open": open_file, "picture": lambda _: contextlib.nullcontext(plt)}
    seed_globally(0)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(request.code, "<picture>", "exec", dont_inherit=True), names)
            return plt.drawn()
    except BaseException as error:  # noqa: BLE001  # a submission may raise anything, SystemExit included
        return explain(error, texts)


class Pyplot:
    """Replaces `matplotlib.pyplot`: makes axes, and draws into the last ones."""

    def __init__(self) -> None:
        self.subplots()

    def figure(self, figsize: tuple[float, float] = (6.4, 4.8)) -> Pyplot:
        """Begin a figure of one axes."""
        self.subplots(figsize=figsize)
        return self

    def subplots(
        self,
        rows: int = 1,
        columns: int = 1,
        *,
        figsize: tuple[float, float] = (6.4, 4.8),
        sharex: bool = False,
        sharey: bool = False,
    ) -> tuple[Pyplot, Any]:
        """Begin a figure of several axes, and return them as matplotlib does: as few dimensions as there are."""
        self._axes = [Axes(figsize[0] / columns, figsize[1] / rows) for _ in range(rows * columns)]
        self._share_x, self._share_y = sharex, sharey
        grid = np.empty(rows * columns, dtype=object)
        grid[:] = self._axes
        return self, self._axes[0] if len(self._axes) == 1 else grid.reshape(rows, columns).squeeze()

    def gca(self) -> Axes:
        """Return the current axes."""
        return self._axes[-1]

    def colorbar(self, label: str = "") -> None:
        """Say what the values of the last image are."""
        self.gca().name_image(label)

    def subplots_adjust(self, **_: object) -> None:
        """Leave the layout to the page."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.gca(), SETTERS.get(name, name))

    def drawn(self) -> wire.Drawn:
        """Return the figure as data."""
        if sum(axes.size() for axes in self._axes) > MAX_POINTS:
            raise NotDrawn(f"a picture of more than {MAX_POINTS:,} points")
        return wire.Drawn(tuple(axes.drawn() for axes in self._axes), self._share_x, self._share_y)


class Axes:
    """Replaces matplotlib's `Axes`: one coordinate system, and its contents."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._texts = {"title": "", "x_label": "", "y_label": ""}
        self._log = [False, False]
        self._limits: list[tuple[float, float] | None] = [None, None]
        self._ticks: tuple[tuple[float, str], ...] = ()
        self._equal, self._framed, self._grid = False, True, False
        self._legend: str | None = None
        self._lines: list[wire.Line] = []
        self._images: list[wire.Image] = []
        self._next = 0  # of the colors that lines have in turn

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # NumPy asks for attributes of arrays
            raise AttributeError(name)
        raise NotDrawn(f"{name}: a page does not draw that")

    # ---- what is in it

    def plot(self, *arguments: object, label: object = "", drawstyle: str = "", **style: object) -> None:
        """Draw lines through points."""
        for x, columns, look in _series(arguments):
            labels = label if isinstance(label, Sequence) and not isinstance(label, str) else [label] * len(columns)
            for y, name in zip(columns, labels, strict=False):
                points = _stairs(x, y) if drawstyle == "steps-post" else (x, y)
                self._add(points, "line", name, look, style)

    def semilogx(self, *arguments: object, **style: Any) -> None:
        """Draw lines over a logarithmic axis."""
        self._log[0] = True
        self.plot(*arguments, **style)

    def semilogy(self, *arguments: object, **style: Any) -> None:
        """Draw lines beside a logarithmic axis."""
        self._log[1] = True
        self.plot(*arguments, **style)

    def loglog(self, *arguments: object, **style: Any) -> None:
        """Draw lines between logarithmic axes."""
        self._log = [True, True]
        self.plot(*arguments, **style)

    def axhline(self, y: object = 0.0, label: object = "", **style: object) -> None:
        """Draw a horizontal line."""
        self._add((np.zeros(1), _numbers(y).reshape(1)), "horizontal", label, "", style)

    def axvline(self, x: object = 0.0, label: object = "", **style: object) -> None:
        """Draw a vertical line."""
        self._add((_numbers(x).reshape(1), np.zeros(1)), "vertical", label, "", style)

    def hist(self, values: object, bins: Any = 10, histtype: str = "bar", label: object = "", **style: object) -> None:
        """Draw how many values lie in each bin, of one array or of each in a list."""
        several = isinstance(values, list)
        arrays = [_numbers(each).ravel() for each in (values if isinstance(values, list) else [values])]
        edges = np.histogram_bin_edges(np.concatenate(arrays), bins)
        labels = label if several and isinstance(label, list) else [label] * len(arrays)
        for array, name in zip(arrays, labels, strict=False):
            counts = np.histogram(array, edges)[0]
            x, y = _stairs(edges, np.append(counts, 0).astype(float))
            outline = np.concatenate([x[:1], x]), np.concatenate([[0.0], y])
            self._add(outline, "line" if histtype == "step" else "area", name, "", style)

    def imshow(self, values: object, cmap: str = "", vmin: Any = None, vmax: Any = None, **_: object) -> None:
        """Draw a value for each cell."""
        cells = _numbers(values)
        if cells.ndim != 2:
            raise ValueError(f"Invalid shape {cells.shape} for image data")
        finite = cells[np.isfinite(cells)]
        low = float(vmin) if vmin is not None else float(finite.min(initial=np.inf))
        high = float(vmax) if vmax is not None else float(finite.max(initial=-np.inf))
        self._images.append(wire.Image(wire.pack(cells), low, high, cmap == "gray", ""))

    def contour(self, x: object, y: object, z: object, levels: object, **style: object) -> None:
        """Draw lines on which a surface has the same height."""
        across, along, heights = _numbers(x), _numbers(y), _numbers(z)
        if across.ndim == 1:
            across, along = np.meshgrid(across, along)
        if not across.shape == along.shape == heights.shape:
            raise ValueError(f"Length of x {across.shape} and of z {heights.shape} must match")
        style["color"] = style.pop("colors", "C0")
        for level in _numbers(levels).ravel():
            self._add(_level_line(across, along, heights, float(level)), "line", "", "", style)

    def name_image(self, label: str) -> None:
        """Say what the values of the last image are."""
        last = self._images.pop()
        self._images.append(wire.Image(last.values, last.low, last.high, last.white_on_black, _caption(label)))

    # ---- what is around it

    def set_title(self, text: object, **_: object) -> None:
        """Write above it."""
        self._texts["title"] = _caption(text)

    def set_xlabel(self, text: object, **_: object) -> None:
        """Write below it."""
        self._texts["x_label"] = _caption(text)

    def set_ylabel(self, text: object, **_: object) -> None:
        """Write beside it."""
        self._texts["y_label"] = _caption(text)

    def set_ylim(self, bottom: float, top: float) -> None:
        """Set what is shown of the vertical axis."""
        self._limits[1] = float(bottom), float(top)

    def set_yticks(self, places: Sequence[float], labels: Sequence[str]) -> None:
        """Name places of the vertical axis."""
        self._ticks = tuple((float(place), _caption(label)) for place, label in zip(places, labels, strict=True))

    def set_aspect(self, aspect: str) -> None:
        """Have units of the same length in both directions."""
        self._equal = aspect == "equal"

    def axis(self, option: str) -> None:
        """Have units of the same length in both directions, or no frame."""
        self._equal, self._framed = self._equal or option == "equal", self._framed and option != "off"

    def grid(self, **_: object) -> None:
        """Draw lines at the ticks."""
        self._grid = True

    def legend(self, title: object = "", **_: object) -> None:
        """Say which line is which."""
        self._legend = _caption(title)

    # ---- as data

    def size(self) -> int:
        """Return how many points and cells there are."""
        return sum(len(line.points.data) // 16 for line in self._lines) + sum(
            len(image.values.data) // 8 for image in self._images
        )

    def drawn(self) -> wire.Axes:
        """Return it as data."""
        return wire.Axes(
            **self._texts, width=self._width, height=self._height,
            x_log=self._log[0], y_log=self._log[1], x_limits=self._limits[0], y_limits=self._limits[1],
            y_ticks=self._ticks, equal=self._equal, framed=self._framed, grid=self._grid, legend=self._legend,
            lines=tuple(self._lines), images=tuple(self._images),
        )  # fmt: skip

    def _add(
        self, points: tuple[np.ndarray, np.ndarray], kind: wire.Kind, label: object, look: str, style: Mapping[str, Any]
    ) -> None:
        unknown = style.keys() - LAYOUT - {"color", "linestyle", "linewidth"}
        if unknown:
            raise NotDrawn(f"{', '.join(sorted(unknown))}: a page does not draw that")
        marker = next((mark for mark in MARKERS if mark in look), "")
        line = str(style.get("linestyle", look.strip(f"k{MARKERS}")))
        both = np.stack([np.asarray(each, np.float64) for each in points])
        self._lines.append(
            wire.Line(
                points=wire.pack(both),
                kind=kind,
                label=_caption(label),
                color=self._color(str(style.get("color", "k" if "k" in look else ""))),
                marker=marker,  # type: ignore[arg-type]  # one of MARKERS
                joined=bool(line) or not marker,
                dashed=line in ("--", ":", "-."),
                width=float(style.get("linewidth", 1.5)),
            )
        )

    def _color(self, name: str) -> wire.Color:
        if name in ("k", "black"):
            return "ink"
        if name in GRAYS or name.startswith("0."):
            return "faint"
        if name.startswith("C") and name[1:].isdecimal():
            return int(name[1:]) % 10
        self._next += 1
        return (self._next - 1) % 10


def _series(arguments: Sequence[object]) -> Iterator[tuple[np.ndarray, list[np.ndarray], str]]:
    """Yield x, columns of y, and a look, from what `plot` takes: `y`, `x, y`, `x, y, look`, and so on."""
    left = list(arguments)
    while left:
        first = _numbers(left.pop(0))
        second = _numbers(left.pop(0)) if left and not isinstance(left[0], str) else None
        look = str(left.pop(0)) if left and isinstance(left[0], str) else ""
        y = np.atleast_1d(first if second is None else second)
        x = np.arange(len(y), dtype=np.float64) if second is None else np.atleast_1d(first)
        if x.shape[:1] != y.shape[:1] or x.ndim > 1 or y.ndim > 2:
            raise ValueError(f"x and y must have same first dimension, but have shapes {x.shape} and {y.shape}")
        columns = list(y.reshape(len(y), -1).T) if len(y) else [y.ravel()]
        yield x, columns, look


def _numbers(values: object) -> np.ndarray:
    array = np.asarray(values)
    if array.dtype.kind == "c":
        raise TypeError("complex numbers can't be drawn")
    return array.astype(np.float64)


def _stairs(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return points of a line that keeps each height up to the next point."""
    return np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1]


def _level_line(x: np.ndarray, y: np.ndarray, z: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the contour line of a surface on a grid: in each triangle of the grid that it crosses, a segment and a
    gap.
    """
    points = np.stack([x, y, z], axis=-1)
    corners = [points[:-1, :-1], points[:-1, 1:], points[1:, 1:], points[1:, :-1]]
    triangles = np.concatenate(
        [np.stack([corners[n] for n in three], axis=2).reshape(-1, 3, 3) for three in ((0, 1, 2), (0, 2, 3))]
    )
    above = triangles[:, :, 2] > level
    triangles, above = triangles[above.any(axis=1) & ~above.all(axis=1)], above[above.any(axis=1) & ~above.all(axis=1)]
    # One corner is on the other side of the line, which crosses both edges that begin there.
    alone = np.argmax(above == (above.sum(axis=1) == 1)[:, None], axis=1)
    rows = np.arange(len(triangles))
    ends = []
    for step in (1, 2):
        start, end = triangles[rows, alone], triangles[rows, (alone + step) % 3]
        share = (level - start[:, 2]) / (end[:, 2] - start[:, 2])
        ends.append(start[:, :2] + share[:, None] * (end[:, :2] - start[:, :2]))
    line = np.stack([*ends, np.full_like(ends[0], np.nan)], axis=1).reshape(-1, 2)
    return line[:, 0], line[:, 1]


def _caption(text: object) -> str:
    return str(text).encode("utf-8", "replace").decode()[: wire.MAX_CAPTION]
