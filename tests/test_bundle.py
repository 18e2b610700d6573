"""The folder that students get: it is complete, has no answers, and is enough to get verdicts."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml
from nbclient import NotebookClient

import autograder
from autograder.course import HIDDEN_CHECKS, MISCONCEPTIONS, REFERENCE, UsageError
from autograder.key import decode_key
from autograder.merge import unpacked
from autograder.release import make_standalone_notebook
from autograder.version import VERSION
from tests.conftest import EXERCISES, ROOT, solution_of
from tests.conftest import autograder as command
from tests.kernels import WarmKernelManager

WHEEL = f"numgrade-{VERSION}-py3-none-any.whl"
INSTALL = "https://example.org/numgrade.whl"
MARKS = ("### BEGIN SOLUTION", "### END SOLUTION")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Path:
    """Return the folder as the real command writes it, with its zip file beside it."""
    folder = tmp_path_factory.mktemp("bundle") / "exercises"
    result = command("release", "--students", folder, "--zip", "--standalone", INSTALL)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == f"{folder}.zip"
    return folder


@pytest.fixture(scope="module")
def installed(bundle, tmp_path_factory) -> dict[str, str]:
    """Return an environment in which `autograder` is installed from the unpacked zip's own wheel."""
    place = tmp_path_factory.mktemp("student")
    with zipfile.ZipFile(f"{bundle}.zip") as archive:
        archive.extractall(place)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", "site"]
    subprocess.run([*command, f"exercises/{WHEEL}"], cwd=place, check=True, capture_output=True)
    path = f"{place / 'site' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "PYTHONPATH": str(place / "site"), "HOME": str(place), "PWD": str(place / "exercises")}


def contents(bundle: Path) -> dict[str, bytes]:
    """Return all files of the zip and of the wheel in it, by name."""
    found = {}
    with zipfile.ZipFile(f"{bundle}.zip") as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(bundle / WHEEL) as archive:
        found |= {f"wheel/{name}": archive.read(name) for name in archive.namelist()}
    return found


def cells_of(notebook: bytes) -> list[dict]:
    """Return a notebook's cells of code: first the setup, or the cells that install and unpack."""
    cells = [cell for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]
    return sorted(cells, key=lambda cell: cell["id"] not in ("install", "tools"))


def test_folder_and_zip_are_the_same_files(bundle):
    """The zip file has the folder's files, and the same sources give the same bytes again."""
    files = {
        file.relative_to(bundle.parent).as_posix(): file.read_bytes() for file in bundle.rglob("*") if file.is_file()
    }
    with zipfile.ZipFile(f"{bundle}.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    before = Path(f"{bundle}.zip").read_bytes()
    assert command("release", "--students", bundle, "--zip", "--standalone", INSTALL).returncode == 0
    assert Path(f"{bundle}.zip").read_bytes() == before


def test_nothing_in_it_answers_a_hidden_check(bundle):
    """Neither the folder nor the wheel has a solution, a hidden check, a reference, or a course's key."""
    found = contents(bundle)
    secret = {HIDDEN_CHECKS, REFERENCE, "course_key"}
    assert not [name for name in found if Path(name).name in secret]
    keys = {name: decode_key(content, name) for name, content in found.items() if name.endswith(".key")}
    assert len(keys) == len(EXERCISES)
    for key in keys.values():
        assert {check.visibility for check in key.checks} == {"public"}
        assert (key.sources, key.handed_out, key.seed, key.course_key) == ({}, (), 0, None)
    for name, exercise in EXERCISES.items():
        hidden = [(exercise.folder / each).read_bytes() for each in (HIDDEN_CHECKS, REFERENCE, MISCONCEPTIONS)]
        assert not [each for each, content in found.items() if content in (*hidden, exercise.solution.read_bytes())]
        inside, marked = False, set()
        for line in solution_of(exercise).splitlines():
            inside = (inside or MARKS[0] in line) and MARKS[1] not in line
            if inside and len(line.strip()) > 30 and MARKS[0] not in line:
                marked.add(line.strip().encode())
        assert marked
        stub = found[f"exercises/assignments/{name}/{name}.py"]
        notebook = found[f"exercises/assignments/{name}/{name}.ipynb"]
        alone = found[f"exercises/standalone/{name}.ipynb"]
        texts = [stub, *("".join(cell["source"]).encode() for cell in cells_of(notebook) + cells_of(alone))]
        assert not [line for line in marked for text in texts if line in text]
        packed = unpacked(re.search(r'", "([A-Za-z0-9+/=]+)"\)', "".join(cells_of(alone)[1]["source"]))[1])
        beside = {each.partition(f"/{name}/")[2]: content for each, content in found.items() if f"/{name}/" in each}
        assert packed == {each: content for each, content in beside.items() if each in packed}
        assert set(packed) >= {"public_checks.py", f"{name}.key"}


def test_first_verdict_takes_the_two_commands_of_the_readme(bundle, installed):
    """With the wheel of the folder, `autograder check` gives the first verdict, and pytest shows the same checks."""
    readme = (bundle / "README.md").read_text("utf-8")
    assert "python -m pip install -r requirements.txt\nautograder check assignments/augmentation\n" in readme
    needed = (bundle / "requirements.txt").read_text("utf-8").splitlines()
    assert [line.partition("==")[0] for line in needed] == ["numpy", "msgspec", "pytest", f"./{WHEEL}"]
    arguments = ["autograder", "check", "assignments/augmentation"]
    result = subprocess.run(arguments, cwd=installed["PWD"], env=installed, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (1, "")
    assert "not attempted" in result.stdout
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import autograder; print(autograder.__file__)"],
        env=installed, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert where.startswith(installed["PYTHONPATH"])
    settings = json.loads((bundle / ".vscode" / "settings.json").read_text("utf-8"))
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", *settings["python.testing.pytestArgs"]],
        cwd=installed["PWD"], env=installed, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "assignments/augmentation/augmentation.py::" in result.stdout


def test_workflow_reports_without_giving_orders(bundle, installed):
    """The workflow's steps write a summary, and nothing that a student's code prints is a command to the runner."""
    workflow = yaml.safe_load((bundle / ".github/workflows/check.yml").read_text("utf-8"))
    steps = workflow["jobs"]["check"]["steps"]
    actions = [step["uses"] for step in steps if "uses" in step]
    assert actions
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in actions)
    place = Path(installed["PWD"])
    stub = place / "assignments" / "normalization" / "normalization.py"
    stub.write_text("def fit_standardizer(x):\n    print('::error::fooled')\n    return x, x\n", "utf-8")
    summary = place / "summary.md"
    result = subprocess.run(
        ["bash", "-e", "-c", steps[-1]["run"]],
        cwd=place, env=installed | {"GITHUB_STEP_SUMMARY": str(summary)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stdout
    assert all(line.startswith("::error file=assignments/") for line in result.stdout.splitlines())
    assert "## normalization: 0 of " in summary.read_text("utf-8")


def test_page_of_the_lecture_leads_to_what_is_there(bundle, tmp_path):
    """The folder has the page in reading order; links to handouts in the folder work, all others are plain names."""
    page = (bundle / "lecture.md").read_text("utf-8")
    links = re.findall(r"\]\((.*?)\)", page)
    assert len(links) > len(EXERCISES)
    assert all((bundle / link).is_file() for link in links)
    assert "| `lecture.md` |" in (bundle / "README.md").read_text("utf-8")
    one = tmp_path / "one"
    assert command("release", "--students", one, "dropout").returncode == 0
    page = (one / "lecture.md").read_text("utf-8")
    assert set(re.findall(r"\]\((.*?)\)", page)) == {"assignments/dropout/README.md"}
    assert "| marginalization |" in page


@pytest.mark.parametrize("install", ["a b", 'x"', "$(rm)", "a\nb", "{x}", ""])
def test_what_can_not_be_installed_in_a_notebook_is_refused(install):
    """A cell that pip would read differently is not released."""
    with pytest.raises(UsageError, match="is no URL, wheel or name"):
        make_standalone_notebook(EXERCISES["normalization"], install, {})


def test_notebooks_are_valid_and_alike(bundle):
    """Jupyter accepts both notebooks; the standalone one begins with the installation, and has the same cells."""
    for name in EXERCISES:
        ours, alone = (
            nbformat.read(bundle / place / f"{name}.ipynb", as_version=4)
            for place in (f"assignments/{name}", "standalone")
        )
        for notebook in (ours, alone):
            nbformat.validate(notebook)
        assert alone.cells[0].source.endswith(f'%pip install --quiet "{INSTALL}"')
        sources = [{cell.source for cell in each.cells if cell.cell_type == "code"} for each in (ours, alone)]
        assert len(sources[0] - sources[1]) == 1  # what imports `check`, or unpacks it
        assert all(cell.metadata.editable is False for cell in alone.cells if cell.id.startswith(("tools", "grade-")))


def test_standalone_notebook_needs_nothing_beside_it(bundle, tmp_path):
    """In an empty folder, it unpacks its checks and data; functions filled in are right, others not written yet."""
    name = "training"
    notebook = nbformat.read(bundle / "standalone" / f"{name}.ipynb", as_version=4)
    lines = solution_of(EXERCISES[name])
    functions = {node.name: ast.get_source_segment(lines, node) for node in ast.parse(lines).body
                 if isinstance(node, ast.FunctionDef)}  # fmt: skip
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code" and "install" not in cell.id]
    for cell in notebook.cells:
        if cell.id == "solution-predict":
            cell.source = functions["predict"]
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.kernel_manager_class, client.shutdown_kernel = WarmKernelManager, "immediate"
    client.execute()
    told = {cell.id: "".join(output.get("text", "") for output in cell.outputs) for cell in notebook.cells}
    assert "All public checks passed." in told["check-predict"]
    assert "train is not written yet" in told["check-train"]
    assert "0 of" in told["grade-train"]
    assert (tmp_path / "data" / "wine.csv").is_file()
    nbformat.write(notebook, tmp_path / f"{name}.ipynb")
    record = autograder.check(tmp_path / f"{name}.ipynb")
    assert {check.function for check in record.checks if check.status == "passed"} == {"predict"}
    assert (tmp_path / name / "public_checks.py").read_bytes() == (
        EXERCISES[name].folder / "public_checks.py"
    ).read_bytes()


def test_other_peoples_folder_is_left_alone(tmp_path):
    """A folder with other files in it is refused in one line, and `--zip` needs a folder to pack."""
    (tmp_path / "thesis.tex").write_text("x")
    result = command("release", "--students", tmp_path)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert "name an empty folder, or one that this command has written" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.tex"]
    for option in (["--zip"], ["--standalone", "numgrade"]):
        told = command("release", *option).stderr
        assert f"{option[0]} goes with the folder for students: name that with --students DIR" in told


def test_pages_say_one_way_to_start():
    """Students are told to install what they were given, and never the repository that holds the answers."""
    page = (ROOT / "docs" / "students.md").read_text("utf-8")
    assert "pip install ." not in page
    assert "python -m pip install -r requirements.txt" in page
