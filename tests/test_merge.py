"""A notebook and a `.py` file as one submission: what is merged from their texts, and what the worker makes of it."""

from __future__ import annotations

import json

import pytest

from autograder import merge as merging
from autograder.course import DEFAULT_SEED
from autograder.grading import Submission, open_grader
from autograder.merge import merge, released_notebook
from autograder.release import make_notebook
from tests.conftest import EXERCISES, solution_of

NAME = "normalization"
FIT = "def fit_standardizer(x):\n    return x.mean(0), x.std(0)"
APPLY = "def standardize(x, mean, std):\n    return np.where(std == 0, 0, (x - mean) / np.where(std == 0, 1, std))"
FILLED = {"solution-fit_standardizer": FIT, "solution-standardize": APPLY}


@pytest.fixture(scope="module")
def released():
    """Return the notebook as students get it."""
    return make_notebook(EXERCISES[NAME])


def changed(released: bytes, texts: dict[str, str], *extra: str) -> bytes:
    """Return the notebook with other texts in some cells, and cells of the student's own at its end."""
    notebook = json.loads(released)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        cell["source"] = texts.get(name, cell["source"])
    notebook["cells"] += [{"cell_type": "code", "metadata": {}, "source": text} for text in extra]
    return json.dumps(notebook).encode()


@pytest.fixture(scope="module")
def graded(keys, sandbox, released):
    """Return a function that grades a notebook with a file, and returns each function's points and the record."""
    key = keys(DEFAULT_SEED)[NAME]
    grader = open_grader(key)

    def grade_both(notebook: bytes | None, module: bytes | None = None):
        cells = merge(notebook, module, released_notebook(NAME, released)).cells
        record = grader.grade(Submission(student="s", error=None, cells=cells), sandbox, "none").record
        scores = {name: sum(c.points for c in record.checks if c.function == name) for name in key.parameters}
        return list(scores.values()), record

    return grade_both


@pytest.fixture(scope="module")
def full(keys):
    """Return the points of each function."""
    key = keys(DEFAULT_SEED)[NAME]
    return [sum(c.points for c in key.checks if c.function == name) for name in key.parameters]


def test_notebook_alone_file_alone_and_half_and_half_earn_all(graded, full, released):
    """A right function counts wherever it is; the notebook's stub does not replace the file's function."""
    file = solution_of(EXERCISES[NAME]).encode()
    half = changed(released, {"solution-standardize": APPLY})
    assert graded(changed(released, FILLED))[0] == full
    assert graded(None, file)[0] == full
    assert graded(released, file)[0] == full
    assert graded(half, f"import numpy as np\n{FIT}".encode())[0] == full


def test_notebook_wins_for_a_function_that_it_defines(graded, full, released):
    """A wrong function in the notebook counts even if the file has a right one, and affects nothing else."""
    wrong = changed(released, {"solution-standardize": "def standardize(x, mean, std):\n    return x"})
    scores, _ = graded(wrong, solution_of(EXERCISES[NAME]).encode())
    assert scores[0] == full[0]
    assert scores[1] < full[1]


@pytest.mark.parametrize(
    "body",
    ["    # YOUR CODE HERE\n    raise NotImplementedError()", "    pass", "    ...", "    raise NotImplementedError"],
)
def test_stub_with_any_empty_body_is_not_filled(released, body):
    """Whatever an instructor's nbgrader puts into an empty body, the cell counts as not filled in."""
    stub = next(cell for cell in released_notebook(NAME, released).cells if cell.function == "standardize").text
    head = stub[: stub.index("    ### BEGIN SOLUTION")]
    assert merging.is_unfilled(head + body, stub)
    assert not merging.is_unfilled(head + "    return x", stub)


def test_untouched_notebook_is_not_attempted(graded, released):
    """Without a file and without a filled cell, every check says that the function is not written yet."""
    scores, record = graded(released)
    assert not any(scores)
    assert {check.status for check in record.checks} == {"not_attempted"}


BROKEN = {
    "syntax": "import numpy as np\ndef helper(:",
    "package": "import matplotlib.pyplot as plt\nplt.plot([1])\nimport numpy as np",
    "endless": "found = 1\nwhile True:\n    found = 2",
    "exit": "import os\nos._exit(3)",
    "raises": "found = 1 / 0",
    "magic": "%matplotlib inline\n!ls\nfound = 1\nstandardize?",
    "null": "import numpy\n\0",
    "nested": "found = " + "(" * 50_000,
    "stop": "import sys\nsys.exit()",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_broken_cell_of_ones_own_costs_nothing(graded, full, released, text):
    """Whatever happens in a cell that no function needs, right functions keep their points."""
    assert graded(changed(released, FILLED, text))[0] == full


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        (
            "def standardize(x, mean, std)\n    return x",
            "error",
            "(standardize), line 1: def standardize(x, mean, std)",
        ),
        ("import scipy\n@scipy.cache\ndef standardize(x, mean, std): return x", "error", "ModuleNotFoundError"),
    ],
)
def test_broken_solution_cell_costs_its_own_function_alone(graded, full, released, text, status, words):
    """A cell that can't be imported affects only the function that it is for, and the message says where it fails."""
    scores, record = graded(changed(released, FILLED | {"solution-standardize": text}))
    assert scores == [full[0], 0]
    mine = [check for check in record.checks if check.function == "standardize"]
    assert {check.status for check in mine} == {status}
    assert words in mine[0].message


def test_error_names_the_notebooks_cell(graded, released):
    """A message about a student's own line has the cell's place from the top, and the function that it is for."""
    text = "def standardize(x, mean, std):\n    z = x\n    return z / 0j['a']"
    _, record = graded(changed(released, FILLED | {"solution-standardize": text}))
    label = next(cell.label for cell in released_notebook(NAME, released).cells if cell.function == "standardize")
    message = next(check.message for check in record.checks if check.function == "standardize")
    assert f"{label} (standardize), line 3, in standardize: return z / 0j['a']" in message


def test_helpers_imports_and_broken_files_beside_do_not_matter(graded, full, released):
    """A solution may use the setup cell and cells of its own, and a file that can't be imported affects only itself."""
    setup = "%load_ext autoreload\nimport scipy\nfrom math import sqrt\nhalf = lambda x: x / 2"
    texts = FILLED | {"setup": setup, "solution-standardize": APPLY.replace("x - mean", "twice(half(x)) - mean")}
    notebook = changed(released, texts, "def twice(x): return 2 * x")
    assert graded(notebook)[0] == full
    assert graded(notebook, b"def broken(:")[0] == full


def test_released_cells_are_not_run_and_changed_ones_are(released):
    """Cells that are as released are no part of the submission; all others are, also changed locked cells."""
    cells = merge(
        changed(released, FILLED | {"grade-standardize": "def standardize(): pass"}),
        None,
        released_notebook(NAME, released),
    )
    text = b"\n".join(cell.source for cell in cells.cells)
    assert b"def standardize(): pass" in text
    assert text.count(b"from autograder.notebook import") == 1  # `check`, and what else own cells may call
    assert b"check(" not in text.replace(b'check("name")', b"")
    assert b"picture(" not in text.replace(b'picture("name")', b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"{", "end is missing"),
        (b"[]", "does not begin as a notebook does"),
        (b'{"cells": 3}', "nbformat 4"),
        (b'{"worksheets": []}', "nbformat 4"),
        (b"\xff\xfe", "is empty"),
        (b"\xff\xfe{", "is not text"),
        (b'{"cells":' + b"[" * 200_000, "nbformat 4"),
    ],
)
def test_unreadable_notebook_says_so_and_leaves_the_file(released, content, words):
    """A file that is not a notebook gives a sentence and no crash, and the `.py` file still counts."""
    merged = merge(content, b"x = 1", released_notebook(NAME, released))
    assert [cell.label for cell in merged.cells] == [f"{NAME}.py"]
    assert merged.cells[0].required
    assert words in merged.problem


def test_notebook_beyond_all_measure_is_not_read(released):
    """A notebook has a maximum size, a maximum number of cells, and a maximum amount of code."""
    many = changed(released, {}, *["x = 1"] * (merging.MAX_CELLS + 1))
    long = changed(released, {}, "x = 1" + " " * merging.MAX_TEXT)
    for notebook in (many, long, b" " * (merging.MAX_NOTEBOOK + 1)):
        assert "allowed" in merge(notebook, None, released_notebook(NAME, released)).problem


def test_strange_cells_are_read_past(graded, full, released):
    """Malformed cells and metadata, also in a copy of a cell, do not hide the right ones."""
    notebook = json.loads(changed(released, FILLED))
    strange = [
        {"cell_type": 3, "source": {}},
        {"source": [1, None]},
        {"cell_type": "code", "source": 5, "metadata": []},
    ]
    strange += [{"cell_type": "code", "source": ["x = ", "1"], "metadata": {"nbgrader": {"grade_id": ["a"]}}}]
    notebook["cells"] = (
        strange + notebook["cells"] + [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    )
    assert graded(json.dumps(notebook).encode())[0] == full
