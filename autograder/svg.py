"""Lay out a figure as inline SVG: each axes becomes a panel of paths, ticks and a legend, whatever its numbers are.

The data comes from a submission's process, and only its sizes have been checked. The result has only numbers computed
here, and texts that a template escapes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder import wire
from autograder.printable import printable

INCH = 72  # pixels
LEAST, MOST = (60, 60), (460, 330)  # pixels of a panel
LEFT, RIGHT, TOP, BOTTOM = 50, 12, 8, 26  # around what is drawn
LABEL = 18  # for a label of an axis
MARGIN = 0.05
LEAST_SPAN = 1e-200  # of an axis: a shorter one has no ticks
HUGE = 1e100  # beyond that, sums and differences overflow: drawn as a gap
FINE = 10  # steps of a pixel that points lie on
SHADES = 16
RADII = {"": 0.0, ".": 3.5, "o": 6.0, "*": 9.0}  # widths of the strokes that points are
COMMON = (1, 2, 5, 10)
Limits = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """A path, in tenths of a pixel, with the class that colors it."""

    path: str
    look: str
    width: float = 0.0  # of its stroke; without one, it is filled
    dashed: bool = False
    opacity: float = 1.0
    gray: str = ""  # its color, where no class gives one


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A place on an axis, in pixels, and its name."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One axes on a page; the area inside `left`, `top`, `inner_width` and `inner_height` is what is drawn into."""

    title: str
    width: float
    height: float
    left: float
    top: float
    inner_width: float
    inner_height: float
    framed: bool
    grid: bool
    x_label: str
    y_label: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    shapes: tuple[Shape, ...]
    legend_title: str
    legend: tuple[tuple[Shape, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """A line of an axes, with gaps for points that can't be drawn; logarithms if the axis is logarithmic."""

    x: np.ndarray
    y: np.ndarray
    source: wire.Line
    lost: int  # points that should be numbers, but are not


def lay_out(figure: wire.Drawn) -> tuple[Panel, ...]:
    """Return a panel for each axes of a figure."""
    lines = [[_line(each, axes) for each in axes.lines] for axes in figure.axes]
    spans = [_spans(axes, found) for axes, found in zip(figure.axes, lines, strict=True)]
    for place, shared in enumerate((figure.share_x, figure.share_y)):
        if shared and spans:
            low, high = min(span[place][0] for span in spans), max(span[place][1] for span in spans)
            spans = [((low, high), span[1]) if place == 0 else (span[0], (low, high)) for span in spans]
    return tuple(map(_panel, figure.axes, lines, spans))


def _panel(axes: wire.Axes, lines: Sequence[_Line], spans: tuple[Limits, Limits]) -> Panel:
    width, height = (
        min(max(size * INCH if math.isfinite(size) else 0, least), most)
        for size, least, most in zip((axes.width, axes.height), LEAST, MOST, strict=True)
    )
    left, right, top, bottom = 0.0, 0.0, 0.0, 0.0
    if axes.framed:
        left, right, top, bottom = LEFT + LABEL * bool(axes.y_label), RIGHT, TOP, BOTTOM + LABEL * bool(axes.x_label)
        width, height = max(width, 190), max(height, 150)
        left += 6 * max((len(label) - 7 for _, label in axes.y_ticks), default=0)
        left = min(left, width / 2)
    inner = width - left - right, height - top - bottom
    x, y = _equalized(spans, inner) if axes.equal else spans
    scale = _Scale(x=x, y=y, width=inner[0], height=inner[1])
    x_ticks = [Tick(at=left + scale.across(at), text=text) for at, text in _ticks(x, axes.x_log, inner[0] / 50)]
    named = [(float(at), printable(text)) for at, text in axes.y_ticks if min(y) <= at <= max(y)]
    y_ticks = [Tick(at=top + scale.down(at), text=text) for at, text in named or _ticks(y, axes.y_log, inner[1] / 40)]
    shapes = [shape for image in axes.images for shape in _image(image, scale)]
    shapes += [shape for line in lines for shape in _shapes(line, scale)]
    # Points outside the limits are skipped on purpose, and need no explanation.
    lost = sum(line.lost for line in lines if axes.y_limits is None) + sum(_lost(image) for image in axes.images)
    labeled = [(line.source, printable(line.source.label)) for line in lines if line.source.label]
    notes = [f"{lost:,} value{'s are no numbers' if lost > 1 else ' is no number'} that can be drawn."] if lost else []
    notes += [_range(image) for image in axes.images if image.label]
    return Panel(
        title=printable(axes.title),
        width=width, height=height, left=left, top=top, inner_width=inner[0], inner_height=inner[1],
        framed=axes.framed, grid=axes.grid,
        x_label=printable(axes.x_label) if axes.framed else "", y_label=printable(axes.y_label) if axes.framed else "",
        x_ticks=tuple(x_ticks if axes.framed else ()), y_ticks=tuple(y_ticks if axes.framed else ()),
        shapes=tuple(shapes),
        legend_title=printable(axes.legend or ""),
        legend=tuple((_swatch(line), label) for line, label in labeled if axes.legend is not None),
        notes=tuple(notes),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scale:
    """The scale of a panel: from numbers to pixels."""

    x: Limits
    y: Limits
    width: float
    height: float

    def across(self, value: float) -> float:
        """Return a number's distance from the left."""
        return self.width * (value - self.x[0]) / (self.x[1] - self.x[0])

    def down(self, value: float) -> float:
        """Return a number's distance from the top."""
        return self.height * (self.y[1] - value) / (self.y[1] - self.y[0])

    def points(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return points on the grid of a path; those far outside are moved closer, but stay outside."""
        with np.errstate(all="ignore"):
            places = np.stack([
                self.width * (x - self.x[0]) / (self.x[1] - self.x[0]),
                self.height * (self.y[1] - y) / (self.y[1] - self.y[0]),
            ], axis=1)  # fmt: skip
        return np.clip(np.round(FINE * places), -1e5, 1e5)


# ---- limits and ticks


def _line(line: wire.Line, axes: wire.Axes) -> _Line:
    x, y = wire.unpack(line.points)
    meant = np.isfinite(x) | np.isfinite(y) if line.kind == "line" and not line.label else np.ones(len(x), bool)
    with np.errstate(all="ignore"):
        x = np.where(np.abs(x) < HUGE, np.log10(np.where(x > 0, x, np.nan)) if axes.x_log else x, np.nan)
        y = np.where(np.abs(y) < HUGE, np.log10(np.where(y > 0, y, np.nan)) if axes.y_log else y, np.nan)
    return _Line(x=x, y=y, source=line, lost=int(np.sum(meant & ~(np.isfinite(x) & np.isfinite(y)))))


def _spans(axes: wire.Axes, lines: Sequence[_Line]) -> tuple[Limits, Limits]:
    """Return the ranges that are shown from left to right, and from bottom to top."""
    if axes.images:
        rows, columns = axes.images[0].values.shape
        return (-0.5, max(columns, 1) - 0.5), (max(rows, 1) - 0.5, -0.5)  # the first row is on top
    across = [line.x for line in lines if line.source.kind != "horizontal"]
    upward = [line.y for line in lines if line.source.kind != "vertical"]
    upward += [np.zeros(1) for line in lines if line.source.kind == "area" and not axes.y_log]
    return _span(across, axes.x_limits, log=axes.x_log), _span(upward, axes.y_limits, log=axes.y_log)


def _span(values: Sequence[np.ndarray], limits: Limits | None, *, log: bool) -> Limits:
    if limits is not None and -HUGE < limits[0] < limits[1] < HUGE and (limits[0] > 0 or not log):
        shown = (math.log10(limits[0]), math.log10(limits[1])) if log else limits
        if shown[1] - shown[0] > LEAST_SPAN:
            return shown
    found = np.concatenate([np.zeros(0), *values])
    found = found[np.isfinite(found)]
    low, high = (float(found.min()), float(found.max())) if len(found) else (0.0, 1.0)
    room = MARGIN * (high - low) or 0.05 * abs(high) or 0.5
    return (low - room, high + room) if high - low + 2 * room > LEAST_SPAN else (low - 0.5, high + 0.5)


def _equalized(spans: tuple[Limits, Limits], inner: tuple[float, float]) -> tuple[Limits, Limits]:
    """Return limits that are widened until a unit is as long in both directions."""
    (left, right), (low, high) = spans
    unit = max((right - left) / inner[0], (high - low) / inner[1])
    across, upward = unit * inner[0] - (right - left), unit * inner[1] - (high - low)
    return (left - across / 2, right + across / 2), (low - upward / 2, high + upward / 2)


def _ticks(span: Limits, log: bool, most: float) -> Iterator[tuple[float, str]]:
    """Yield round numbers and their texts."""
    low, high = sorted(span)
    rough = (high - low) / max(most, 4)
    step = 10.0 ** math.floor(math.log10(rough))
    step *= next((each for each in COMMON if step * each >= rough), COMMON[-1])
    if log:
        step = max(1.0, round(step))
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        at = number * step
        yield at, f"{10.0**at:g}" if log and abs(at) < 4 else f"1e{at:.0f}" if log else f"{at:.6g}"


# ---- what is drawn


def _shapes(line: _Line, scale: _Scale) -> Iterator[Shape]:
    """Yield a line as a path, and its points as another."""
    source, look = line.source, _look(line.source.color)
    width = min(max(source.width, 0.5), 4.0) if math.isfinite(source.width) else 1.5
    if source.kind in ("horizontal", "vertical"):
        flat = source.kind == "horizontal"
        x, y = (np.full(len(line.y), scale.x[0]), line.y) if flat else (line.x, np.full(len(line.x), scale.y[1]))
        end = f"h{FINE * scale.width:.0f}" if flat else f"v{FINE * scale.height:.0f}"
        path = "".join(f"M{x:.0f} {y:.0f}{end}" for x, y in _finite(scale.points(x, y)))
        yield Shape(path=path, look=look, width=width, dashed=source.dashed)
        return
    points = scale.points(line.x, line.y)
    if source.kind == "area":
        yield Shape(path=_path(points), look=look, opacity=0.7)
        return
    if source.joined:
        yield Shape(path=_path(points), look=look, width=width, dashed=source.dashed)
    if source.marker:
        yield Shape(path=_dots(points), look=look, width=RADII[source.marker])


def _path(points: np.ndarray) -> str:
    """Return a path along points, in steps from each to the next; it begins again after a gap."""
    parts, last = [], None
    for x, y in points.tolist():
        if math.isnan(x) or math.isnan(y):
            last = None
        elif last is None:
            parts.append(f"M{x:.0f} {y:.0f}l")
            last = x, y
        elif (x, y) != last:
            parts.append(f"{x - last[0]:.0f} {y - last[1]:.0f} ")
            last = x, y
    return re.sub(r"l(?=M|$)", "h0", "".join(parts)).replace(" M", "M").rstrip()


def _dots(points: np.ndarray) -> str:
    """Return a path of points: lines of no length, with round ends."""
    return "".join(f"M{x:.0f} {y:.0f}h0" for x, y in dict.fromkeys(_finite(points)))


def _finite(points: np.ndarray) -> list[tuple[float, float]]:
    return [(x, y) for x, y in points[np.isfinite(points).all(axis=1)].tolist()]


def _image(image: wire.Image, scale: _Scale) -> Iterator[Shape]:
    """Yield the cells of an image, one path for those of each shade."""
    values = wire.unpack(image.values)
    if not values.size:  # it may claim any number of rows
        return
    with np.errstate(all="ignore"):
        shares = (values - image.low) / (image.high - image.low)
    shares = np.where(np.isnan(shares) & np.isfinite(values), 0.0, shares)
    shades = np.where(np.isnan(shares), -1, np.round((SHADES - 1) * np.clip(shares, 0, 1))).astype(int)
    rows, columns = shades.shape
    across, down = FINE * scale.width / max(columns, 1), FINE * scale.height / max(rows, 1)
    paths: dict[int, list[str]] = {}
    for row, line in enumerate(shades.tolist()):
        start = 0
        for column in range(1, columns + 1):
            if column == columns or line[column] != line[start]:
                x, y, right, below = (
                    round(each) for each in (start * across, row * down, column * across, (row + 1) * down)
                )
                paths.setdefault(line[start], []).append(f"M{x} {y}h{right - x}v{below - y}h{x - right}z")
                start = column
    for shade, parts in sorted(paths.items()):
        if shade < 0:  # no number
            yield Shape(path="".join(parts), look="none")
        elif image.white_on_black:
            yield Shape(path="".join(parts), look="", gray=f"#{17 * shade:02x}{17 * shade:02x}{17 * shade:02x}")
        else:
            yield Shape(path="".join(parts), look="c0", opacity=shade / (SHADES - 1))


def _lost(image: wire.Image) -> int:
    return int(np.sum(~np.isfinite(wire.unpack(image.values))))


def _range(image: wire.Image) -> str:
    return f"{printable(image.label)}: from {image.low:.3g} (light) to {image.high:.3g} (dark)."


def _swatch(line: wire.Line) -> Shape:
    look = _look(line.color)
    if line.kind == "area":
        return Shape(path="M0 20h240v90h-240z", look=look, opacity=0.7)
    if line.joined:
        return Shape(path="M0 60h240", look=look, width=2.0, dashed=line.dashed)
    return Shape(path="M120 60h0", look=look, width=RADII[line.marker])


def _look(color: wire.Color) -> str:
    return color if isinstance(color, str) else f"c{color}"
