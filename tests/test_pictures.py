"""Pictures of students' functions on pages: they have the notebook's numbers, and no function does harm."""

from __future__ import annotations

import contextlib
import html
import re
import shutil
import subprocess
import warnings
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import msgspec
import numpy as np
import pytest

from autograder import wire
from autograder.cli.main import main
from autograder.course import find_exercises
from autograder.grading import single_file
from autograder.limits import Limits
from autograder.pictures import Picture, Plots, _picture, draw_pictures, open_artist, plots_of
from autograder.report.pages import feedback_page
from autograder.sandbox import BARE, Sandbox, SandboxError
from autograder.svg import lay_out
from autograder.worker import StudentModule
from autograder.worker.pictures import Pyplot, draw
from tests.conftest import ROOT, TRIAL
from tests.courses import FILES, NAME, write_course
from tests.test_foreign_folders import submit
from tests.test_report_page import HOSTILE, check_of, record_of

DRAWN = [exercise for exercise in find_exercises(ROOT, []) if exercise.plots]
PLOT = """with picture("f") as plt:
    x = np.linspace(0, 1, 5)
    plt.plot(x, f(x), "o-", label=f"ends at {f(x)[-1]}")
    plt.legend()
"""


def record_with(*functions: str, status: str = "failed"):
    """Return a record of functions with a check each."""
    checks = [msgspec.structs.replace(check_of(name, name, passed=False), status=status) for name in functions]
    return record_of("ada", checks)


@pytest.fixture(scope="module")
def sandbox():
    """Return a sandbox whose submissions may compute for half a second."""
    with Sandbox(Limits(cpu_seconds=0.5), BARE) as opened:
        yield opened


def drawn_by(sandbox: Sandbox, source: str | bytes, plots: Plots) -> dict[str, Picture]:
    """Return what is drawn of a submission."""
    submission = single_file("ada", plots.exercise, source if isinstance(source, bytes) else source.encode())
    return draw_pictures(plots, list(plots.code), submission, sandbox)


# ---- the same picture as in the notebook


@pytest.mark.parametrize("exercise", DRAWN, ids=lambda exercise: exercise.name)
def test_page_draws_what_matplotlib_draws(exercise, monkeypatch):
    """Every picture of every exercise has the same axes, texts and lines on a page as in a notebook."""
    monkeypatch.chdir(exercise.folder)
    mpl.use("agg")
    from matplotlib import pyplot

    module = StudentModule(exercise.name)
    module.load(single_file("ada", exercise.name, exercise.solution.read_bytes()).cells[0])
    plots = plots_of(exercise)
    for function, code in plots.code.items():
        drawn = draw(wire.Draw(function, code, dict(plots.files)), module.namespace(), {})
        assert isinstance(drawn, wire.Drawn), (function, drawn)
        names = {**module.namespace(), "np": np, "picture": lambda _: contextlib.nullcontext(pyplot)}
        with np.errstate(all="ignore"):
            exec(compile(code, function, "exec"), names)
        shown = [axes for axes in pyplot.gcf().axes if axes.get_label() != "<colorbar>"]
        assert len(shown) == len(drawn.axes)
        for ours, theirs in zip(drawn.axes, shown, strict=True):
            texts = theirs.get_title(), theirs.get_xlabel(), theirs.get_ylabel()
            assert (ours.title, ours.x_label, ours.y_label) == texts
            assert (ours.x_log, ours.y_log) == (theirs.get_xscale() == "log", theirs.get_yscale() == "log")
            lines = [
                line for line in ours.lines if line.kind == "line" and (line.label or not line.points.shape[1] % 3)
            ]
            plotted = {line.get_label(): line for line in theirs.get_lines() if not line.get_label().startswith("_")}
            for label, line in plotted.items():
                found = next(each for each in ours.lines if each.label == label)
                if found.kind == "line" and line.get_drawstyle() == "default":
                    np.testing.assert_allclose(wire.unpack(found.points), np.transpose(line.get_xydata().astype(float)))
            assert lines or ours.images or any(line.kind == "area" for line in ours.lines)
            for image, other in zip(ours.images, theirs.images, strict=True):
                np.testing.assert_allclose(wire.unpack(image.values), other.get_array())
                assert (image.low, image.high) == other.get_clim()
        pyplot.close("all")


# Fewer steps and smaller arrays in pictures that compute much; in full, the one of the solution is drawn above.
SMALLER = {
    "initializers": {"size=(500, 200)": "size=(50, 20)", "(200, 200, rng)": "(20, 20, rng)"},
    "marginalization": {"for _ in range(30)": "for _ in range(2)"},
    "penalties": {"np.linspace(-1.5, 1.5, 61)": "np.linspace(-1.5, 1.5, 7)", "range(400)": "range(4)"},
}


def smaller(plots: Plots) -> Plots:
    """Return an exercise's pictures with fewer steps and smaller arrays."""
    code = dict(plots.code)
    for old, new in SMALLER.get(plots.exercise, {}).items():
        assert any(old in text for text in code.values()), old
        code = {name: text.replace(old, new) for name, text in code.items()}
    return replace(plots, code=code)


@pytest.mark.parametrize("exercise", DRAWN, ids=lambda exercise: exercise.name)
def test_right_answers_of_any_style_are_drawn(exercise):
    """However a right answer is written, its picture is on its page, with all of its numbers."""
    plots = smaller(plots_of(exercise))
    with Sandbox(Limits(), BARE) as opened:
        for file in exercise.submissions("accepted"):
            for name, picture in drawn_by(opened, file.read_bytes(), plots).items():
                assert picture.panels, (file, name, picture.why)
                assert not [note for panel in picture.panels for note in panel.notes if "no number" in note], file


@pytest.mark.unit
def test_height_lines_lie_at_their_height():
    """The lines of a cone are circles; a surface has no line for a height that it never has."""
    plt, grid = Pyplot(), np.linspace(-2, 2, 41)
    plt.contour(grid, grid, np.hypot(*np.meshgrid(grid, grid)), [0.5, 1.5, 9.0])
    half, outer, nowhere = (wire.unpack(line.points) for line in plt.drawn().axes[0].lines)
    assert np.nanmax(abs(np.hypot(*half) - 0.5)) < 0.01
    assert np.nanmax(abs(np.hypot(*outer) - 1.5)) < 0.01
    assert nowhere.size == 0


# ---- whatever comes

VALUES = {
    "no numbers": [np.nan, np.nan, np.nan, np.nan],
    "infinite": [np.inf, -np.inf, 0, 1],
    "huge": [1e308, -1e308, 1e308, 0],
    "beyond an integer": [2**62, 2**62 + 1, -(2**62), 0],
    "tiny": [5e-324, 0, -5e-324, 1e-310],
    "next to each other": [1e16, 1e16 + 2, 1e16 + 4, 1e16],
    "all the same": [7, 7, 7, 7],
    "zeros": [0, 0, 0, 0],
    "nothing": [],
}


def drawn_from(method: str, values: list[float]) -> wire.Drawn:
    """Return a picture of values."""
    plt, array = Pyplot(), np.array(values, float)
    plt.axis("equal")
    if method in ("plot", "semilogy", "loglog"):
        getattr(plt, method)(array, array[::-1], "o--", label="y", linewidth=np.nan)
    elif method in ("axhline", "axvline"):
        for each in values:
            getattr(plt, method)(each)
    elif method == "imshow":
        plt.imshow(array[None], cmap="gray")
    elif method == "contour" and values:
        plt.contour(np.arange(2), np.arange(2), array.reshape(2, 2), [0, 1, np.inf])
    elif method == "hist":
        with contextlib.suppress(ValueError, IndexError):  # as in matplotlib
            plt.hist([array, array])
    plt.gca().set_ylim(np.nan, 1)
    plt.legend()
    return plt.drawn()


@pytest.mark.unit
@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("method", ["plot", "semilogy", "loglog", "axhline", "axvline", "hist", "imshow", "contour"])
def test_any_numbers_are_laid_out(method, values):
    """Every path consists of finite numbers, in a page of bounded size, whatever numbers a function returns."""
    with np.errstate(all="ignore"):
        panels = lay_out(drawn_from(method, values))
    page = feedback_page(record_with("f"), pictures={"f": Picture(panels=panels)}, alone=True)
    assert "<svg viewBox" in page
    for path in re.findall(r' (?:d|x|y|width|height|viewBox|transform)="(.*?)"', page):
        assert not re.search("nan|inf|e[+-]", path), path
    assert len(page) < 100_000


@pytest.mark.unit
def test_forged_pictures_are_refused():
    """A false picture is a fault; a huge picture, or one of other types, can't be decoded."""
    plt = Pyplot()
    plt.plot([1, 2], label="y")
    (axes,) = plt.drawn().axes
    bad = {
        "too few bytes": wire.Array("float64", (2, 9), b"12345678"),
        "no floats": wire.Array("uint8", (2, 4), b"12345678"),
        "three rows": wire.Array("float64", (3, 1), b"12345678" * 3),
    }
    for points in bad.values():
        line = msgspec.structs.replace(axes.lines[0], points=points)
        forged = wire.Drawn((msgspec.structs.replace(axes, lines=(line,)),), share_x=True, share_y=True)
        assert isinstance(_picture("f", forged), wire.Fault)
    for shape in ((10**12, 0), (0, 10**12)):  # which no memory is enough for
        image = wire.Image(wire.Array("float64", shape, b""), 0.0, 1.0, white_on_black=False, label="")
        forged = wire.Drawn((msgspec.structs.replace(axes, lines=(), images=(image,)),), share_x=True, share_y=True)
        (panel,) = lay_out(forged)
        assert panel.shapes == ()
    none = msgspec.structs.replace(axes.lines[0], points=wire.Array("float64", (2, 0), b""), kind="horizontal")
    assert lay_out(wire.Drawn((msgspec.structs.replace(axes, lines=(none,)),), share_x=True, share_y=True))
    for message in (
        [("color", 10)], [("color", "red"), ("label", "x")], [("label", "x" * 201)], [("marker", "<")], [("kind", "y")],
    ):  # fmt: skip
        line = msgspec.structs.replace(axes.lines[0], **dict(message))
        encoded = msgspec.msgpack.encode(wire.Drawn((msgspec.structs.replace(axes, lines=(line,)),), False, False))
        with pytest.raises(msgspec.ValidationError):
            msgspec.msgpack.decode(encoded, type=wire.Drawing)


@pytest.mark.unit
@pytest.mark.parametrize("limits", [(0.0, 5e-324), (1e16, np.nextafter(1e16, 2e16)), (1.0, np.nextafter(1.0, 2.0))])
@pytest.mark.parametrize("log", [False, True])
def test_limits_that_leave_nothing_between_them_are_widened(limits, log):
    """Axes have a beginning and an end, whatever a picture's limits are; nothing is printed on the terminal."""
    plt = Pyplot()
    plt.plot([0, 1, 1e90], [1, 2, 1e90])
    (axes,) = plt.drawn().axes
    axes = msgspec.structs.replace(axes, x_limits=limits, y_limits=limits, x_log=log, y_log=log)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (panel,) = lay_out(wire.Drawn((axes,), share_x=False, share_y=False))
    assert panel.shapes


SUBMISSIONS = {
    "endless": ("def f(x):\n    while True: pass", "f takes longer than it may when it is drawn"),
    "ends": ("import os\ndef f(x):\n    os._exit(0)", "f ends its process when it is drawn"),
    "raises": (f"def f(x):\n    raise ValueError({HOSTILE!r})", "leads to ValueError: "),
    "exits": ("def f(x):\n    raise SystemExit", "leads to SystemExit"),
    "unwritten": ("def f(x):\n    raise NotImplementedError", "is drawn here once f is written"),
    "absent": ("g = 1", "is drawn here once f is written"),
    "another name is missing": ("def f(x):\n    return nmp.exp(x)", "leads to NameError: name 'nmp' is not defined"),
    "complex": ("def f(x):\n    return x + 1j", "complex numbers can't be drawn"),
    "another shape": ("def f(x):\n    return x[:2]", "shapes (5,) and (2,)"),
    "no array": ("def f(x):\n    return {1, 2}", "TypeError"),
    "too many points": (
        "import numpy as np\nclass A(list):\n    pass\ndef f(x):\n    return np.ones((5, 9999))",
        "points",
    ),
    "too much memory": ("import numpy as np\ndef f(x):\n    return np.ones(10**11)", "MemoryError"),
    "speaks": (
        "import os\ndef f(x):\n for n in range(9):\n  try: os.write(n, b'\\xff' * 99)\n  except OSError: pass",
        "f sends an answer",
    ),
    "ends at once": ("import os\nos._exit(3)", "is drawn here once f is written"),
    "no Python": ("def f(", "x can't be imported for it"),
}


@pytest.mark.unit
@pytest.mark.parametrize(("source", "why"), SUBMISSIONS.values(), ids=SUBMISSIONS)
def test_one_sentence_says_why_there_is_no_picture(sandbox, source, why):
    """Whatever a function does, a sentence is the worst result, and the next submission is drawn as usual."""
    plots = Plots(exercise="x", code={"f": PLOT}, files={})
    picture = drawn_by(sandbox, source, plots)["f"]
    assert (picture.panels, why in picture.why) == ((), True), picture.why
    assert len(picture.why) < 400
    page = feedback_page(record_with("f"), pictures={"f": picture}, alone=True)
    assert "<img" not in page
    assert "\x1b" not in page
    assert drawn_by(sandbox, "def f(x):\n    return 2 * x", plots)["f"].panels


@pytest.mark.unit
def test_what_a_label_says_is_text(sandbox):
    """A number that prints itself as markup is shown as text."""
    source = (
        f"class N(float):\n    __str__ = __repr__ = lambda _: {HOSTILE!r}\n    __format__ = lambda *_: {HOSTILE!r}\n"
    )
    picture = drawn_by(
        sandbox, f"{source}def f(x):\n    return [N(y) for y in x]", Plots(exercise="x", code={"f": PLOT}, files={})
    )["f"]
    page = feedback_page(record_with("f"), pictures={"f": picture}, alone=True)
    assert picture.panels
    assert "<img" not in page
    assert "ends at " in html.unescape(page)


@pytest.mark.unit
def test_little_time_is_spent_on_what_stops():
    """Functions not written, or stopped in a check, are not drawn; after an endless picture, no other one is."""
    code = {name: PLOT.replace("f(x)", f"{name}(x)") for name in "abcd"}
    source = "def a(x):\n    return x\ndef b(x):\n    while True: pass\nc = d = a"
    submission = single_file("ada", "x", source.encode())
    checks = [check for name, status in zip("abcd", ("not_attempted", "failed", "timeout", "failed"), strict=True)
              for check in record_with(name, status=status).checks]  # fmt: skip
    record = record_of("ada", checks)
    with open_artist({"x": Plots(exercise="x", code=code, files={})}, "none", []) as artist:
        found = artist.draw(record, submission)
        other = artist.draw(record_with("a"), submission)
    assert {name: picture.why for name, picture in found.items()} == {
        "a": "A picture of what a does is drawn here once a is written.",
        "b": "No picture: b takes longer than it may when it is drawn.",
        "c": "No picture: c takes longer than it may when it is checked.",
        "d": "No picture: that of b took all the time.",
    }
    assert list(other) == ["a"]
    assert other["a"].panels


@pytest.mark.unit
def test_what_has_stopped_is_not_called_for_anothers_sake():
    """A picture does without a function that was stopped in its own checks, or names it; nothing waits for it."""
    both = """with picture("f") as plt:
    for name in ("f", "g"):
        try:
            plt.plot([1], globals()[name]([1]), label=name)
        except KeyError:
            continue
    plt.legend()
"""
    code = {"f": both, "h": PLOT.replace("f(x)", "h(g(x))")}
    source = b"def f(x):\n    return x\ndef g(x):\n    while True: pass\nh = f"
    checks = [each for name, status in {"f": "passed", "g": "timeout", "h": "failed"}.items()
              for each in record_with(name, status=status).checks]  # fmt: skip
    with open_artist({"x": Plots(exercise="x", code=code, files={})}, "none", []) as artist:
        found = artist.draw(record_of("ada", checks), single_file("ada", "x", source))
    assert [label for _, label in found["f"].panels[0].legend] == ["f"]
    assert found["h"].why == "No picture: it needs g, which takes longer than it may when it is checked."


@pytest.mark.unit
def test_a_fault_of_ours_costs_one_page_its_pictures(monkeypatch):
    """If the sandbox or our layout fails, the page says so, and the next page is as usual."""
    submission = single_file("ada", "x", b"def f(x):\n    return x")
    with open_artist({"x": Plots(exercise="x", code={"f": PLOT}, files={})}, "none", []) as artist:
        for fault in (SandboxError("gone"), OverflowError("too large")):
            with monkeypatch.context() as patch:
                patch.setattr("autograder.pictures.lay_out", lambda _, fault=fault: (_ for _ in ()).throw(fault))
                failed = artist.draw(record_with("f"), submission)["f"]
            assert (failed.panels, failed.why) == ((), "No picture: the machine that draws it failed.")
            assert artist.draw(record_with("f"), submission)["f"].panels


def test_submission_that_reads_data_is_drawn():
    """The data files that a submission may read in grading are there for its pictures, for its own exercise only."""
    source = b"step = len(open('data/x.csv').read())\ndef f(x):\n    return x + step"
    plots = {
        "x": Plots(exercise="x", code={"f": PLOT}, files={"data/x.csv": b"1,2\n"}),
        "y": Plots(exercise="y", code={"f": PLOT}, files={}),
    }
    with open_artist(plots, "none", []) as artist:
        for _ in range(2):
            for exercise in plots:
                record = msgspec.structs.replace(record_with("f"), exercise=exercise)
                picture = artist.draw(record, single_file("ada", exercise, source))["f"]
                assert bool(picture.panels) == (exercise == "x"), picture.why


@pytest.mark.unit
def test_own_names_of_a_picture_stay_its_own(sandbox):
    """Names in a picture, such as x, np or open, do not change the submission, which keeps its own x."""
    plots = Plots(exercise="x", code={"f": PLOT, "g": PLOT.replace("f(x)", "g(x)")}, files={})
    found = drawn_by(sandbox, "x = 3\nopen = np = None\ndef f(y):\n    return y + x\ng = f", plots)
    assert [picture.panels[0].legend[0][1] for picture in found.values()] == ["ends at 4.0", "ends at 4.0"]


@pytest.mark.unit
def test_authors_are_told_what_pages_do_not_draw(sandbox):
    """A picture that asks for something pages can't draw, or for a missing file, says what."""
    for line, why in {
        "plt.scatter(x, x)": "scatter: a page does not draw that",
        "plt.plot(x, x, zorder=3)": "zorder: a page does not draw that",
        "open('data/other.csv')": "data/other.csv does not come with the exercise",
    }.items():
        plots = Plots(exercise="x", code={"f": f"{PLOT}    {line}\n"}, files={"data/x.csv": b""})
        assert why in drawn_by(sandbox, "def f(x):\n    return x", plots)["f"].why


def test_command_draws_pictures(tmp_path, capsys):
    """Pages have pictures if a course has some, in a browser, too; or none, if none are wanted."""
    course = tmp_path / "course"
    write_course(course)
    plots = course / "solutions" / NAME / "plots"
    plots.mkdir()
    (plots / "shift.py").write_text(PLOT.replace('"f"', '"shift"').replace("f(x)", "shift(x)"))
    source = f"{FILES[f'{NAME}.py']}\n\ndef shift(x, by=1.0):\n    return x + 2 * by\n"
    for student in ("ada", "bob", "eve"):
        submit(tmp_path, student, source if student != "eve" else "def shift(x, by=1.0):\n    while True: pass\n")
    places = ["--course", course, "--submissions", tmp_path / "class", "--output", tmp_path / "out", "--jobs", 2]
    assert main([*map(str, ["grade", *TRIAL, *places, "--limit", "cpu_seconds=1"])]) == 0
    next((tmp_path / "class" / "bob").rglob("*.py")).write_text(source + "# changed\n")
    words = ["feedback", *places, "--isolation", "weak"]
    assert main([*map(str, [*words, "--no-pictures"])]) == 0
    assert not re.search(
        "<figure|picture", (tmp_path / "out" / "feedback" / "ada" / f"{NAME}.html").read_text().partition("<body>")[2]
    )
    capsys.readouterr()
    assert main([*map(str, words)]) == 0
    assert re.search(
        "1 pictures on them were drawn from student code, which was confined at level", capsys.readouterr().out
    )
    pages = {each: tmp_path / "out" / "feedback" / each / f"{NAME}.html" for each in ("ada", "bob", "eve")}
    assert "ends at 3.0" in pages["ada"].read_text()
    assert "<figure" not in pages["bob"].read_text()  # of what was graded, nothing is left
    assert "No picture: shift takes longer than it may when it is checked." in pages["eve"].read_text()
    chromium = shutil.which("chromium")
    assert chromium, "needed: apt-get install chromium"
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--enable-logging=stderr"]
    command += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", pages["ada"].as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "ends at 3.0" in shown.stdout
    assert "CONSOLE" not in shown.stderr


def test_pages_come_without_pictures_where_nothing_confines(tmp_path, capsys, monkeypatch):
    """If student code can't be confined as required, pages have everything else, and one line says why."""
    course = tmp_path / "course"
    write_course(course)
    (course / "solutions" / NAME / "plots").mkdir()
    (course / "solutions" / NAME / "plots" / "shift.py").write_text(PLOT)
    submit(tmp_path, "ada", FILES[f"{NAME}.py"])
    places = ["--course", course, "--submissions", tmp_path / "class", "--output", tmp_path / "out", "--jobs", 1]
    assert main([*map(str, ["grade", *TRIAL, *places])]) == 0
    monkeypatch.setattr("autograder.pictures.sys.platform", "darwin")
    assert main([*map(str, ["feedback", *places])]) == 0
    assert "No pictures: student code is run on Linux alone" in capsys.readouterr().err
    assert Path(tmp_path / "out" / "feedback" / "ada" / f"{NAME}.html").is_file()
