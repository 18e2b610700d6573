"""The notebooks: what is released, what a student sees when it runs, and that nbgrader accepts it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbgrader.nbgraderformat import MetadataValidator

from autograder.course import DEFAULT_SEED
from autograder.release import release_course
from tests import warm
from tests.conftest import EXERCISES, autograder, solution_of
from tests.kernels import WarmKernelManager


@pytest.fixture(scope="module")
def course(students_keys, tmp_path_factory):
    """Return a course folder with all exercises, as released."""
    folder = tmp_path_factory.mktemp("course")
    list(release_course(list(EXERCISES.values()), [students_keys[name] for name in EXERCISES], folder))
    return folder


def read(course: Path, name: str) -> nbformat.NotebookNode:
    """Return an exercise's notebook as released."""
    return nbformat.read(course / "source" / name / f"{name}.ipynb", as_version=4)


def marks(cell: nbformat.NotebookNode) -> dict:
    """Return nbgrader's metadata of a cell."""
    return cell.metadata.get("nbgrader", {"grade_id": "", "grade": False, "points": 0})


def run(
    notebook: nbformat.NotebookNode, folder: Path, manager: type[AsyncKernelManager] = WarmKernelManager
) -> dict[str, str]:
    """Run a notebook from top to bottom in its folder, and return what its cells printed, by their ids."""
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.kernel_manager_class, client.shutdown_kernel = manager, "immediate"
    client.execute()  # raises at the first cell that does
    return {cell.id: _printed(cell) for cell in notebook.cells if cell.cell_type == "code"}


def _printed(cell: nbformat.NotebookNode) -> str:
    assert not [output for output in cell.outputs if output.get("name") == "stderr"], cell
    return "".join(output.get("text", f"<{output.output_type}>") for output in cell.outputs)


def fill(notebook: nbformat.NotebookNode, source: str) -> None:
    """Put a solution's functions into their cells, and its helpers below the imports."""
    lines = source.splitlines()
    found = {
        node.name: "\n".join(lines[node.lineno - 1 : node.end_lineno])
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    cells = {marks(cell)["grade_id"]: cell for cell in notebook.cells}
    for name in [name for name in found if f"solution-{name}" in cells]:
        cells[f"solution-{name}"].source = found.pop(name)
    cells["setup"].source += "\n\n" + "\n\n".join(found.values())


@pytest.mark.parametrize("name", EXERCISES)
def test_notebook_is_valid_and_its_points_are_the_keys(course, keys, name):
    """Both validators find nothing wrong; every graded function has a cell with all of its points."""
    notebook = read(course, name)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    ids = [marks(cell)["grade_id"] for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert len(ids) == len(set(ids))
    key = keys(DEFAULT_SEED)[name]
    worth = {
        f"grade-{function}": sum(check.points for check in key.checks if check.function == function)
        for function in key.parameters
    }
    assert {marks(cell)["grade_id"]: marks(cell)["points"] for cell in notebook.cells if marks(cell)["grade"]} == worth
    assert {f"solution-{function}" for function in key.parameters} <= set(ids)


@pytest.mark.parametrize("name", EXERCISES)
def test_untouched_notebook_runs_and_says_what_is_not_written(course, name):
    """The notebook runs without an error: checks say not attempted, pictures say what they wait for."""
    printed = run(read(course, name), course / "source" / name)
    checks = {cell: text for cell, text in printed.items() if cell.startswith("check-")}
    assert all("is not written yet" in text and "passed" not in text for text in checks.values())
    assert all("once" in text for cell, text in printed.items() if cell.startswith("picture-"))
    assert all(": 0 of" in text for cell, text in printed.items() if cell.startswith("grade-"))


@pytest.mark.parametrize("name", EXERCISES)
def test_solved_notebook_runs_and_shows_checks_and_pictures(course, name):
    """With the solution in its cells, every check is passed, and every picture is drawn."""
    notebook = read(course, name)
    fill(notebook, solution_of(EXERCISES[name]))
    printed = run(notebook, course / "source" / name)
    assert all("All public checks passed." in text for cell, text in printed.items() if cell.startswith("check-"))
    assert all("<display_data>" in text for cell, text in printed.items() if cell.startswith("picture-"))


def test_checks_follow_what_was_run_last_and_the_file_beside(course, tmp_path):
    """Cells count in the order in which they run; a stub does not replace the file's function; lines name cells."""
    name = "normalization"
    for file in (course / "source" / name).iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / f"{name}.py").write_text(solution_of(EXERCISES[name]), "utf-8")
    notebook = read(course, name)
    wrong = "def standardize(x, mean, std):\n    return unknown(x)"
    cells = {
        "from-file": "check()",
        "wrong": wrong,
        "named": 'check("standardize")',
        "right": "helped = lambda x, mean, std: np.where(std == 0, 0, (x - mean) / np.where(std == 0, 1, std))\n"
        "import matplotlib",
        "replaced": "def standardize(x, mean, std):\n    return helped(x, mean, std)",
        "again": 'check("standardize")',
        "unknown": 'check("nothing")\ncheck()',
    }
    notebook.cells = [cell for cell in notebook.cells if marks(cell)["grade_id"] in ("setup", "tools")] + [
        nbformat.v4.new_code_cell(text, id=key) for key, text in cells.items()
    ]
    printed = run(notebook, tmp_path, AsyncKernelManager)  # started cold
    assert "All public checks passed." in printed["from-file"]
    assert "In [4] (standardize), line 2, in standardize: return unknown(x)" in printed["named"]
    assert "All public checks passed." in printed["again"]
    assert "no function 'nothing' in normalization; it has fit_standardizer, standardize" in printed["unknown"]


def test_picture_without_matplotlib_says_how_to_get_it(tmp_path):
    """Without matplotlib, a plot is a friendly line; an error in the student's own code is named, not raised."""
    code = """
import importlib.util
from autograder.notebook import picture
with picture("f") as plt:
    print("noise")
    raise ValueError("my own")
importlib.util.find_spec = lambda name: None
with picture("f") as plt:
    plt.figure(figsize=(1, 1))
"""
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"MPLBACKEND": "agg"},
    )
    first, second = result.stdout.splitlines()
    assert "f as it is now leads to ValueError: my own" in first
    assert "pip install matplotlib" in second


def test_release_again_gives_the_same_bytes_and_touches_nothing_else(course, students_keys):
    """A second release writes the same files; the instructor's configuration, database and submissions stay."""
    before = {file: file.read_bytes() for file in course.rglob("*") if file.is_file()}
    own = {course / "gradebook.db": b"db", course / "submitted" / "ada" / "notes.txt": b"x"}
    own[course / "nbgrader_config.py"] = (
        before[course / "nbgrader_config.py"] + b"\nc.Exchange.path_includes_course = True\n"
    )
    own[course / "source" / "dropout" / "own.csv"] = b"1,2"
    for file, content in own.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    list(release_course(list(EXERCISES.values()), [students_keys[name] for name in EXERCISES], course))
    assert {file: file.read_bytes() for file in course.rglob("*") if file.is_file()} == before | own
    for file in own.keys() - before.keys():
        file.unlink()


def test_configuration_without_our_line_is_not_overwritten(tmp_path):
    """A course with a configuration gets no notebooks until it switches autograder on; it is told the line."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    result = autograder("release", "normalization", "--nbgrader", tmp_path)
    assert result.returncode == 2
    assert "add: import autograder.nbgrader; autograder.nbgrader.configure(c)" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["nbgrader_config.py"]


def test_nbgrader_generates_the_assignment_students_get(course, tmp_path):
    """`nbgrader generate_assignment` accepts a notebook, keeps its stubs and setup, and copies the files beside it."""
    for file in (course / "source" / "training").rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(course)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'c'\n", "utf-8")
    environment = {"PATH": f"{warm.BIN}:/usr/bin:/bin", "HOME": str(tmp_path)}
    command = (warm.BIN / "nbgrader", "generate_assignment", "training")
    result = warm.run("nbgrader", *command, cwd=tmp_path, env=environment)
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "release" / "training"
    names = {"training.ipynb", "training.py", "public_checks.py", "training.key", "data"}
    assert {file.name for file in folder.iterdir()} == names
    given = json.loads((folder / "training.ipynb").read_text("utf-8"))
    texts = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in given["cells"]
        if "nbgrader" in cell["metadata"]
    }
    assert "import numpy as np\n" in texts["setup"]
    assert "def predict(" in "".join(texts["solution-predict"])
    assert "".join(texts["solution-predict"]).endswith("raise NotImplementedError()")


def test_plots_are_named_by_functions(keys):
    """Every file under `plots/` belongs to a function of its exercise."""
    for name, exercise in EXERCISES.items():
        assert {file.stem for file in exercise.plots} <= set(keys(DEFAULT_SEED)[name].parameters)


def test_configuration_ends_nbgrader_where_we_are_not_installed(course):
    """Our error ends nbgrader, which would otherwise go on after its configuration's error and run student code."""
    program = "import sys; sys.modules['autograder.nbgrader'] = None; exec(open('nbgrader_config.py').read())"
    result = subprocess.run([sys.executable, "-c", program], cwd=course, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "use the environment in which autograder is installed" in result.stderr
    assert "Traceback" not in result.stderr
