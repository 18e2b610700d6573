"""What other systems grade with: installed from an empty environment without a network, run as they run it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import jsonschema
import pytest
from packaging.tags import sys_tags

import autograder as api
from autograder.course import DEFAULT_SEED
from autograder.key import decode_key
from tests.conftest import EXERCISES, TRIAL, autograder, solution_of
from tests.test_export import GRADESCOPE

NAME = "normalization"
WRONG = "\n\ndef standardize(x, mean, std):\n    print('told')\n    return x - mean\n"
# Classroom 50's result/v1, as its schema and its documentation describe each field.
TIME = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}
TEXT, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 0}
CLASSROOM50 = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release",
                 "review", "datetime", "score", "max-score", "tests"],
    "properties": {
        "schema": {"const": "classroom50/result/v1"},
        "assignment_type": {"enum": ["individual", "group"]},
        "submission": {"type": "string", "pattern": "^submit/"},
        "datetime": TIME,
        "graded_at": TIME,
        "score": COUNT,
        "max-score": COUNT,
        **dict.fromkeys(("classroom", "assignment", "owner", "commit", "release", "review"), TEXT),
        "submitted_by": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["test-name", "passed", "score", "max-score"],
                "properties": {"test-name": TEXT, "passed": {"type": "boolean"}, "score": COUNT, "max-score": COUNT},
            },
        },
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def wheels(tmp_path_factory) -> Path:
    """Return a folder with wheels of everything that grading needs, made of installed packages, without a network."""
    folder = tmp_path_factory.mktemp("wheels")
    tag = next(iter(sys_tags()))
    for name in ("numpy", "msgspec"):
        installed = metadata.distribution(name)
        with zipfile.ZipFile(folder / f"{name}-{installed.version}-{tag}.whl", "w") as wheel:
            for file in installed.files or ():
                if not str(file).startswith("..") and file.suffix != ".pyc":
                    wheel.write(str(file.locate()), str(file))
    return folder


@pytest.fixture(scope="module")
def container(tmp_path_factory, wheels) -> Path:
    """Return a tree like Gradescope's image, with the zip unpacked and set up by its own script."""
    root = tmp_path_factory.mktemp("autograder")
    result = autograder("package", "gradescope", NAME, *TRIAL, "--to", root / "x.zip")
    assert result.returncode == 0, result.stderr
    assert (root / "x.zip").stat().st_mode & 0o077 == 0
    shutil.unpack_archive(root / "x.zip", root / "source")
    with zipfile.ZipFile(root / "x.zip") as archive:
        modes = {each.filename: each.external_attr >> 16 for each in archive.infolist()}
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    shutil.copy(root / "source" / "run_autograder", root)
    (root / "run_autograder").chmod(0o755)
    done = run_in(root, "bash", root / "source" / "setup.sh", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(wheels))
    assert done.returncode == 0, done.stderr
    return root


def run_in(root: Path, *command: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command as the container does: with an empty environment, and without packages that are installed here."""
    environment = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(root), "AUTOGRADER_ROOT": str(root)}
    environment |= {"AUTOGRADER_PYTHON": sys._base_executable, **variables}
    texts = [*map(str, command)]
    return subprocess.run(texts, cwd=root, env=environment, capture_output=True, text=True, check=False)


def submit(root: Path, **files: str) -> subprocess.CompletedProcess[str]:
    """Submit files by name, and run the autograder on them."""
    shutil.rmtree(root / "submission", ignore_errors=True)
    (root / "submission").mkdir()
    for name, text in files.items():
        (root / "submission" / name.replace("__", ".")).write_text(text, "utf-8")
    return run_in(root, root / "run_autograder")


def results_of(root: Path) -> dict:
    """Return what Gradescope would read."""
    return json.loads((root / "results" / "results.json").read_text("utf-8"))


def test_gradescope_grades_as_grade_does(container, tmp_path):
    """A submission gets the same points as with `autograder grade`, and results fit Gradescope's documentation."""
    source = solution_of(EXERCISES[NAME]) + WRONG
    done = submit(container, normalization__py=source)
    assert (done.returncode, done.stderr) == (0, "")
    found = results_of(container)
    jsonschema.validate(found, GRADESCOPE)
    (tmp_path / f"{NAME}.py").write_text(source, "utf-8")
    record = api.grade(tmp_path / f"{NAME}.py", NAME, seed=DEFAULT_SEED)
    assert found["score"] == record.score == sum(test["score"] for test in found["tests"])
    assert 0 < found["score"] < record.max_score
    told = [(test["number"], test["status"], test["output"]) for test in found["tests"]]
    assert told == [
        (each.id, "passed" if each.status == "passed" else "failed", each.message) for each in record.checks
    ]
    assert {test["visibility"] for test in found["tests"]} == {"visible"}
    assert submit(container, normalization__py=solution_of(EXERCISES[NAME])).returncode == 0
    assert results_of(container)["score"] == 100


def test_gradescope_tells_what_was_not_gradable(container):
    """A file that can't be read, or is missing, is a failed test with the reason, and 0 points."""
    for files, told in (({"normalization__py": "def ("}, "syntax"), ({"notes__txt": "x"}, "notes.txt")):
        assert submit(container, **files).returncode == 0
        found = results_of(container)
        jsonschema.validate(found, GRADESCOPE)
        assert (found["score"], found["tests"][0]["status"]) == (0, "failed")
        assert told in found["tests"][0]["output"]
    assert submit(container, **{"normalization (1)__py": solution_of(EXERCISES[NAME])}).returncode == 0
    assert results_of(container)["score"] == 100


def test_gradescope_fault_of_ours_is_nobodys_zero(container):
    """If nothing can be graded, there are no results, not even earlier ones, and the exit code says so."""
    assert submit(container, normalization__py=solution_of(EXERCISES[NAME])).returncode == 0
    key = container / "source" / "exercise.key"
    kept = key.read_bytes()
    key.write_bytes(b"no key")
    try:
        done = submit(container, normalization__py=solution_of(EXERCISES[NAME]))
    finally:
        key.write_bytes(kept)
    assert done.returncode == 1
    assert "Not graded, our failure" in done.stderr
    assert not (container / "results" / "results.json").exists()


def test_gradescope_submission_reads_no_key(container):
    """Student code that looks for the answer key, other results or the mail addresses finds none of them."""
    (container / "submission_metadata.json").write_text('{"users": ["somebody"]}', "utf-8")
    look = f"""
import os
for place in ("source/exercise.key", "submission_metadata.json", "results/results.json"):
    try:
        open(os.path.join({str(container)!r}, place), "rb").read()
    except OSError:
        continue
    os._exit(1)
"""
    done = submit(container, normalization__py=look + solution_of(EXERCISES[NAME]))
    assert (done.returncode, done.stderr) == (0, "")
    assert results_of(container)["score"] == 100


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Path:
    """Return what Classroom 50 gets, as the real command writes it."""
    folder = tmp_path_factory.mktemp("classroom") / "bundle"
    for _ in range(2):
        result = autograder("package", "classroom50", NAME, "--to", folder)
        assert result.returncode == 0, result.stderr
    return folder


def test_classroom50_answers_no_hidden_check(bundle):
    """Nothing in the folder knows a hidden check, and another folder with other files is left alone."""
    keys = [decode_key(file.read_bytes(), file.name) for file in bundle.rglob("*.key")]
    assert [{check.visibility for check in key.checks} for key in keys] == [{"public"}]
    assert (keys[0].sources, keys[0].seed, keys[0].course_key) == ({}, 0, None)
    assert not [file for file in bundle.rglob("*") if file.name in ("hidden_checks.py", "reference.py")]
    refused = autograder("package", "classroom50", NAME, "--to", bundle.parent)
    assert refused.returncode == 2
    assert "holds other files" in refused.stderr


@pytest.mark.parametrize("place", [".", "assignments/normalization"])
def test_classroom50_gets_a_valid_result(bundle, tmp_path, place):
    """In a student's checkout, the script writes a result that fits the schema; scores are whole and add up."""
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    (tmp_path / place / f"{NAME}.py").write_text(solution_of(EXERCISES[NAME]) + WRONG, "utf-8")
    about = {
        "CLASSROOM": "ml", "ASSIGNMENT": NAME, "USERNAME": "ada", "SUBMISSION_TAG": "submit/x", "REVIEW_URL": "",
        "COMMIT_URL": "https://x/c", "RELEASE_URL": "https://x/r", "AUTOGRADER_PYTHON": sys.executable,
    }  # fmt: skip
    environment = {"PATH": os.environ["PATH"], **about}
    command = [sys.executable, "-P", str(bundle / "autograder.py")]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads((tmp_path / "result.json").read_text("utf-8"))
    jsonschema.validate(result, CLASSROOM50)
    assert result["owner"] == "ada"
    assert 0 < result["score"] < result["max-score"]
    assert result["score"] == sum(test["score"] for test in result["tests"])
    assert all(test["score"] <= test["max-score"] for test in result["tests"])
