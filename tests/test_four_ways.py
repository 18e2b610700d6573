"""A submission has the same results in four ways: `check` in a real kernel, `autograder check`, `grade`, nbgrader."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from jupyter_client.manager import start_new_kernel

from autograder.merge import merge, read_cells
from autograder.nbgrader.exporters import STORE
from autograder.private import make_private_folder
from autograder.release import make_notebook, make_released_notebook, make_standalone_notebook
from autograder.results import Record
from tests import own_cases
from tests.cases import GIVEN
from tests.classes import rows
from tests.conftest import EXERCISES, TRIAL, autograder
from tests.handed_in import NAME
from tests.nbgrader_course import Course, make_course

CASES = {f"{kind}-{name}": case for kind, cases in GIVEN.items() for name, case in cases.items()}
CASES |= {f"cells-{name}": case for name, case in own_cases.CELLS.items()}
CASES |= {f"standalone-{name}": case for name, case in own_cases.STANDALONE.items()}
CASES |= {f"ipython-{name}": case for name, case in own_cases.IPYTHON.items()}
CASES |= {f"files-{name}": case for name, case in own_cases.FILES.items()}
CASES |= {f"names-{name}": case for name, case in own_cases.NAMES.items()}
AT_HOME = [name for name, case in CASES.items() if case.at_home]
POINTS = re.compile(r"^(\w+)  (\S+) of \S+$", re.MULTILINE)
# Commands would reach for the network; what a student's own cells do else, they do.
QUIET = """
import gc, os
gc.freeze()  # else each reset looks through all that is imported, which takes longer than anything else
ip = get_ipython()
ip.system = lambda command: None
ip.getoutput = lambda command, **_: []
ip.register_magic_function(lambda line: None, "line", "pip")
os.chdir({folder!r})
os.environ["JPY_SESSION_NAME"] = {notebook!r}
"""
TOOLS = "from autograder.notebook import check, hint, picture, points"


@pytest.fixture(scope="module")
def released() -> bytes:
    """Return the notebook as students get it."""
    return make_notebook(EXERCISES[NAME], marks=False)


@pytest.fixture(scope="module")
def standalone() -> bytes:
    """Return the notebook that needs no files beside it."""
    folder = EXERCISES[NAME].assignment
    files = {name: (folder / name).read_bytes() for name in ("public_checks.py", f"{NAME}.key")}
    return make_standalone_notebook(EXERCISES[NAME], "https://example.org/numgrade.whl", files)


@pytest.fixture(scope="module")
def handed_in(released, standalone) -> dict[str, dict[str, bytes]]:
    """Return what each student submits: files by name."""
    return {name: case.handed_in(standalone if case.alone else released) for name, case in CASES.items()}


def write(root: Path, files: dict[str, bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


@pytest.fixture(scope="module")
def home(released, handed_in, tmp_path_factory) -> Path:
    """Return a folder with every student's own, as it was released, and with what they submitted on top.

    Where nothing can be graded, they have no more than that: a stub beside it would be graded instead.
    """
    root = tmp_path_factory.mktemp("home")
    for name, case in CASES.items():
        shutil.copytree(EXERCISES[NAME].assignment, root / name / NAME)
        if case.error:
            (root / name / NAME / f"{NAME}.py").unlink()
        handed_out = {} if case.error else {f"{NAME}/{NAME}.ipynb": released}
        write(root / name, handed_out | handed_in[name])
    return root


@pytest.fixture(scope="module")
def checked(home) -> dict[str, Record]:
    """Return what `autograder check` says of each folder."""
    result = autograder("check", "--format", "json", *(home / name / NAME for name in CASES))
    report = json.loads(result.stdout)
    return {name: msgspec.convert(each["record"], Record) for name, each in zip(CASES, report["files"], strict=True)}


@pytest.fixture(scope="module")
def course(handed_in, tmp_path_factory) -> Course:
    """Return a course folder of nbgrader's in which each case is a student."""
    course = make_course(tmp_path_factory.mktemp("four") / "course", NAME)
    for name, files in handed_in.items():
        write(course.root / "submitted" / name, files)
    return course


@pytest.fixture(scope="module")
def graded(course, tmp_path_factory) -> dict[str, Record]:
    """Return what `autograder grade` says of the class, stored where nbgrader's plugin finds it."""
    output, store = tmp_path_factory.mktemp("graded"), course.root / STORE
    make_private_folder(store.parent)
    places = ("--submissions", course.root / "submitted", "--output", output, "--store", store)
    result = autograder("grade", NAME, *TRIAL, *places)
    assert result.returncode == 0, result.stderr
    lines = (output / "results.jsonl").read_bytes().splitlines()
    records = [msgspec.json.decode(line, type=Record) for line in lines]
    return {record.student: record for record in records}


@pytest.fixture(scope="module")
def gradebook(course, graded) -> dict[str, dict[str, float]]:
    """Return the points that nbgrader has for each function, by student; none if nothing could be graded."""
    assert autograder("collect", "--nbgrader", course.root).returncode == 0
    course.nbgrader("autograde", NAME)
    # Both have read the same; only what is said of a misnamed notebook differs, where `collect` has put one back.
    read = {(student, submission.partition(";")[0]) for student, submission in rows(course.root / STORE)}
    assert sorted(student for student, _ in read) == sorted(graded)
    scores: dict[str, dict[str, float]] = {}
    for (student, _, cell), score in course.scores().items():
        scores.setdefault(student, {})[cell.removeprefix("grade-")] = score.auto
    return scores


@dataclass(frozen=True)
class Kernel:
    """A real kernel, in which notebooks run one after the other, each in a new session."""

    client: object

    def run(self, *cells: str, history: bool = True) -> str:
        """Run cells, and return what they print; a cell that raises ends none of the others."""
        texts = []

        def hear(message):
            if message["msg_type"] == "stream":
                texts.append(message["content"]["text"])

        for cell in cells:
            self.client.execute_interactive(
                cell, store_history=history, allow_stdin=False, stop_on_error=False, output_hook=hear, timeout=120
            )
        return "".join(texts)


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    """Return a kernel that is started once."""
    manager, client = start_new_kernel(kernel_name="python3")
    yield Kernel(client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def code_in(notebook: bytes) -> list[str]:
    """Return a notebook's code, cell by cell, as a kernel gets it."""
    return [cell.text.replace("\r\n", "\n") for cell in read_cells(notebook)]


def is_drawing(text: str) -> bool:
    """Tell whether a cell only checks or draws, which takes time."""
    return text.startswith(("check(", "# Graded by")) or "with picture(" in text


def points_by_function(record: Record) -> dict[str, float]:
    """Return the points that a record gives for each function."""
    found: dict[str, float] = {}
    for check in record.checks:
        found[check.function] = found.get(check.function, 0.0) + check.points
    return found


@pytest.mark.parametrize("name", CASES)
def test_grade_says_what_its_kind_asks_for(graded, name):
    """Right work earns all points; wrong work loses its own, and the student learns what there is to know."""
    case, record = CASES[name], graded[name]
    told = "\n".join([*record.advice, record.note, record.error.message if record.error else ""])
    lost = {check.function for check in record.checks if check.status != "passed"}
    assert case.told in told, told
    assert (record.error.kind if record.error else "") == case.error, told
    if not case.error:
        assert lost == set(case.lost), told
        assert (record.score == 100) == (not case.lost)


@pytest.mark.parametrize("name", AT_HOME)
def test_check_on_the_saved_files_agrees_with_grade(checked, graded, name):
    """Public checks have the same results at home and in grading, with different numbers."""
    at_home, there = checked[name], graded[name]
    public = {check.id: check.status for check in there.checks if check.visibility == "public"}
    assert {check.id: check.status for check in at_home.checks} == public
    assert (at_home.error and at_home.error.kind) == (there.error and there.error.kind)


@pytest.mark.parametrize("name", CASES)
def test_nbgrader_agrees_with_grade(gradebook, graded, name):
    """Every function has the same points in the gradebook, or none if nothing was submitted under its name."""
    if CASES[name].error == "missing":
        assert name not in gradebook
    else:
        assert gradebook[name] == points_by_function(graded[name])


@pytest.mark.parametrize("name", [name for name in AT_HOME if CASES[name].runs])
def test_check_in_a_kernel_agrees_with_check_on_the_file(kernel, checked, home, released, handed_in, name):
    """`check()` in the notebook gives each function the points of the saved files, or says where they differ."""
    case, folder = CASES[name], home / name / NAME
    files = {each: content for each, content in handed_in[name].items() if ".ipynb" in each and "/." not in each}
    place = next((each for each, content in files.items() if content != released), f"{NAME}/{NAME}.ipynb")
    quiet = QUIET.format(folder=str(folder), notebook=str(home / name / place))
    kernel.run(quiet, "get_ipython().reset(new_session=True)", history=False)
    texts = code_in(files[place]) if place in files and not case.error else []
    kernel.run(*case.ran, *([] if case.alone else [TOOLS]), *(text for text in texts if not is_drawing(text)))
    told = kernel.run("check()")
    assert case.kernel in told, told
    if case.ran:
        return
    found = {function: float(points) for function, points in POINTS.findall(told)}
    expected = points_by_function(checked[name])
    assert found == expected, told
    assert "Run here, but not in the saved" not in told
    assert "not run here as it is saved" not in told or not texts


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.files is None])
def test_standalone_notebook_is_graded_as_the_ordinary_one(released, standalone, name):
    """Filled in alike, both give the same cells: cells that only install and unpack are skipped."""
    case, ours = CASES[name], make_released_notebook(EXERCISES[NAME])
    for module in (None, EXERCISES[NAME].assignment.joinpath(f"{NAME}.py").read_bytes()):
        one, other = (
            merge(next(iter(case.handed_in(notebook).values())), module, ours) for notebook in (released, standalone)
        )
        assert [(cell.source, cell.function) for cell in one.cells] == [
            (cell.source, cell.function) for cell in other.cells
        ]
        assert one.problem == other.problem == ""
