"""Pictures: all have labels and a legend, and the reference's lines are drawn in gray below a student's."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from autograder.course import CourseError, ExerciseFolder
from autograder.key import read_key
from autograder.release.exercise import reference_lines
from tests import warm
from tests.conftest import EXERCISES

SHOW = Path(__file__).with_name("show_pictures.py")


def shown(exercise: ExerciseFolder, folder: Path, *pictures: str, change: str = "") -> list[dict]:
    """Return what matplotlib shows of an exercise's pictures, axes by axes, for a changed solution."""
    files = [str(file) for file in exercise.plots if not pictures or file.stem in pictures]
    result = warm.run("kernel", SHOW, exercise.solution, change, *files, cwd=folder)
    assert result.returncode == 0, result.stderr
    *explained, found = result.stdout.splitlines()
    assert explained == []
    return json.loads(found)


def choices(exercise: ExerciseFolder) -> dict[str, list[str] | str]:
    """Return what an exercise's `reference.toml` says."""
    return tomllib.loads((exercise.folder / "plots" / "reference.toml").read_text("utf-8"))


def near(actual: list[list[float]], expected: list[list[float]]) -> bool:
    """Tell whether two lines look the same."""
    return all(
        len(one) == len(other) and all(abs(a - b) <= 1e-3 * max(map(abs, one)) for a, b in zip(one, other, strict=True))
        for one, other in zip(actual, expected, strict=True)
    )


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_every_picture_has_a_reference_or_says_why_not(name):
    """Each picture names the lines that the reference draws in it, or has a sentence on why there are none."""
    chosen = choices(EXERCISES[name])
    assert sorted(chosen) == [file.stem for file in EXERCISES[name].plots]
    assert all(isinstance(each, list) or each.endswith(".") for each in chosen.values())


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_every_picture_is_drawn_with_labels_legend_and_reference(name):
    """With the solution, all pictures are drawn: curves, labeled axes and a legend, and gray lines under right ones."""
    exercise = EXERCISES[name]
    found = shown(exercise, exercise.assignment)
    assert {axes["picture"] for axes in found} == {file.stem for file in exercise.plots}
    for axes in found:
        assert not axes["curves"] or (all(axes["labeled"]) and axes["legend"]), axes["picture"]
        assert (axes["legend"] or []).count("reference") == bool(axes["gray"]), axes["picture"]
        for style, line in axes["gray"]:
            assert any(style == other and near(line, own) for other, own in axes["own"]), axes["picture"]
    drawn = {axes["picture"] for axes in found if axes["gray"]}
    assert drawn == {function for function, lines in choices(exercise).items() if isinstance(lines, list)}


def test_gray_line_stays_where_the_own_one_is_wrong():
    """A wrong function's line differs from the reference's, which is drawn from the answer key and not by any code."""
    exercise = EXERCISES["optimizers"]
    wrong = "def sgd(x, grad, state, lr):\n    return x - 0.5 * lr * grad, state\n"
    (axes,) = shown(exercise, exercise.assignment, "sgd", change=wrong)
    ((_, line),) = axes["gray"]
    key = read_key(exercise.assignment / "optimizers.key")
    assert line == [list(values) for values in (key.pictures["sgd"][0].x, key.pictures["sgd"][0].y)]
    assert not any(near(line, own) for _, own in axes["own"])


def test_picture_without_an_answer_key_has_no_reference(tmp_path):
    """Without an answer key, the picture is drawn all the same."""
    (axes,) = shown(EXERCISES["optimizers"], tmp_path, "sgd")
    assert axes["gray"] == []
    assert axes["legend"] == ["sgd", "minimum"]


@pytest.mark.unit
def test_reference_lines_are_rounded():
    """A point has the four digits that a picture shows: too few to pass a check that is exact to six."""
    for exercise in EXERCISES.values():
        for lines in reference_lines(exercise).values():
            values = [value for line in lines for value in (*line.x, *line.y)]
            assert values == [float(f"{value:.4g}") for value in values]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("choice", "picture", "told"),
    [
        ('g = ["y"]', "", r"reference\.toml: there is no picture of g; expected one of f"),
        ('f = ["z"]', "", r"reference\.toml: the picture of f draws no line 'z'; it draws 'y'"),
        ('f = ["y"]', "    1 / 0\n", r"f\.py:3: the picture fails: division by zero"),
        ("f = [", "", r"reference\.toml: "),
    ],
)
def test_mistake_in_a_picture_is_one_line_for_its_author(tmp_path, choice, picture, told):
    """A missing line or file that `reference.toml` names, or a picture that raises, is reported with its file."""
    folder = tmp_path / "solutions" / "made"
    (folder / "plots").mkdir(parents=True)
    (folder / "made.py").write_text("def f(x):\n    return x\n", "utf-8")
    code = 'with picture("f") as plt:\n    plt.plot(f(np.ones(3)), label="y")\n'
    (folder / "plots" / "f.py").write_text(code + picture, "utf-8")
    (folder / "plots" / "reference.toml").write_text(choice, "utf-8")
    with pytest.raises(CourseError, match=told):
        reference_lines(ExerciseFolder(name="made", root=tmp_path))
