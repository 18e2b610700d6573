"""A notebook and a `.py` file as one submission: what is merged from their texts, and what the worker makes of it."""

from __future__ import annotations

import json

import pytest

from autograder.cli.main import DEFAULT_SEED
from autograder.grade.ask import questions
from autograder.grade.grade import grade
from autograder.grade.read import Submission
from autograder.notebook import merge as merging
from autograder.notebook.merge import merge, released
from autograder.release.course import carrier_of
from tests.conftest import EXERCISES, solution_of

NAME = "normalization"
FIT = "def fit_standardizer(x):\n    return x.mean(0), x.std(0)"
APPLY = "def standardize(x, mean, std):\n    return np.where(std == 0, 0, (x - mean) / np.where(std == 0, 1, std))"
FILLED = {"solution-fit_standardizer": FIT, "solution-standardize": APPLY}


@pytest.fixture(scope="module")
def given(books):
    """Return the notebook as students get it."""
    return carrier_of(EXERCISES[NAME], books(DEFAULT_SEED)[NAME])


def changed(given: bytes, texts: dict[str, str], *extra: str) -> bytes:
    """Return the notebook with other texts in some cells, and cells of the student's own at its end."""
    notebook = json.loads(given)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        cell["source"] = texts.get(name, cell["source"])
    notebook["cells"] += [{"cell_type": "code", "metadata": {}, "source": text} for text in extra]
    return json.dumps(notebook).encode()


@pytest.fixture(scope="module")
def graded(books, slot, given):
    """Return a function that grades a notebook with a file, and gives each function's points and the whole record."""
    book = books(DEFAULT_SEED)[NAME]

    def grade_both(notebook: bytes | None, module: bytes | None = None):
        cells = merge(notebook, module, released(NAME, given)).cells
        submission = Submission(student="s", source=module or b"", error=None, cells=cells)
        record = grade(book, questions(book), submission, slot).record
        scores = {name: sum(c.points for c in record.checks if c.function == name) for name in book.parameters}
        return list(scores.values()), record

    return grade_both


@pytest.fixture(scope="module")
def full(books):
    """Return the points of each function."""
    book = books(DEFAULT_SEED)[NAME]
    return [sum(c.points for c in book.checks if c.function == name) for name in book.parameters]


def test_notebook_alone_file_alone_and_half_and_half_earn_all(graded, full, given):
    """A right function counts wherever it stands; the notebook's stub does not replace the file's function."""
    file = solution_of(EXERCISES[NAME]).encode()
    half = changed(given, {"solution-standardize": APPLY})
    assert graded(changed(given, FILLED))[0] == full
    assert graded(None, file)[0] == full
    assert graded(given, file)[0] == full
    assert graded(half, f"import numpy as np\n{FIT}".encode())[0] == full


def test_notebook_wins_for_a_function_that_it_defines(graded, full, given):
    """A wrong function in the notebook counts even where the file has a right one, and nothing else does."""
    wrong = changed(given, {"solution-standardize": "def standardize(x, mean, std):\n    return x"})
    scores, _ = graded(wrong, solution_of(EXERCISES[NAME]).encode())
    assert scores[0] == full[0]
    assert scores[1] < full[1]


@pytest.mark.parametrize(
    "body",
    ["    # YOUR CODE HERE\n    raise NotImplementedError()", "    pass", "    ...", "    raise NotImplementedError"],
)
def test_stub_with_any_empty_body_is_not_filled(given, body):
    """Whatever an instructor's nbgrader puts into an empty body, the cell counts as one that nobody filled."""
    stub = next(cell for cell in released(NAME, given).cells if cell.function == "standardize").text
    head = stub[: stub.index("    ### BEGIN SOLUTION")]
    assert merging.is_unfilled(head + body, stub)
    assert not merging.is_unfilled(head + "    return x", stub)


def test_untouched_notebook_is_not_attempted(graded, given):
    """Without a file and without a filled cell, every check says that the function is not written yet."""
    scores, record = graded(given)
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
def test_broken_cell_of_ones_own_costs_nothing(graded, full, given, text):
    """Whatever happens in a cell that no function needs, right functions keep their points."""
    assert graded(changed(given, FILLED, text))[0] == full


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        (
            "def standardize(x, mean, std)\n    return x",
            "error",
            "(standardize), line 1: def standardize(x, mean, std)",
        ),
        ("import scipy\n@scipy.cache\ndef standardize(x, mean, std): return x", "error", "ModuleNotFoundError"),
        ("while True: pass\ndef standardize(x, mean, std): return x", "timeout", "took longer than is allowed"),
    ],
)
def test_broken_solution_cell_costs_its_own_function_alone(graded, full, given, text, status, words):
    """A cell that can't be imported is the fault of the function that it is for, and says where it broke."""
    scores, record = graded(changed(given, FILLED | {"solution-standardize": text}))
    assert scores == [full[0], 0]
    mine = [check for check in record.checks if check.function == "standardize"]
    assert {check.status for check in mine} == {status}
    assert words in mine[0].message


def test_error_names_the_notebooks_cell(graded, given):
    """A line of the student's own is told with the cell's place from the top and the function that it is for."""
    text = "def standardize(x, mean, std):\n    z = x\n    return z / 0j['a']"
    _, record = graded(changed(given, FILLED | {"solution-standardize": text}))
    place = next(cell.place for cell in released(NAME, given).cells if cell.function == "standardize")
    message = next(check.message for check in record.checks if check.function == "standardize")
    assert f"{place} (standardize), line 3, in standardize: return z / 0j['a']" in message


def test_helpers_imports_and_broken_files_beside_do_not_matter(graded, full, given):
    """A solution may use the setup cell and cells of its own, and a file that can't be imported costs only itself."""
    setup = "%load_ext autoreload\nimport scipy\nfrom math import sqrt\nhalf = lambda x: x / 2"
    texts = FILLED | {"setup": setup, "solution-standardize": APPLY.replace("x - mean", "twice(half(x)) - mean")}
    notebook = changed(given, texts, "def twice(x): return 2 * x")
    assert graded(notebook)[0] == full
    assert graded(notebook, b"def broken(:")[0] == full


def test_locked_and_given_cells_are_not_run(given):
    """Code that a student put into a graded cell, and given cells, are no part of the submission."""
    cells = merge(
        changed(given, FILLED | {"grade-standardize": "def standardize(): pass"}), None, released(NAME, given)
    )
    text = b"\n".join(cell.source for cell in cells.cells)
    assert b"def standardize(): pass" not in text
    assert b"autograder" not in text
    assert b"picture" not in text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"cells": [{"source": "\\ud800"}]}',
        b"[]",
        b'{"cells": 3}',
        b'{"worksheets": []}',
        b"\xff\xfe",
        b'{"cells":' + b"[" * 200_000,
    ],
)
def test_unreadable_notebook_says_so_and_leaves_the_file(given, content):
    """A file that is no notebook is a sentence, not a crash, and what was written in the `.py` file still counts."""
    merged = merge(content, b"x = 1", released(NAME, given))
    assert [cell.label for cell in merged.cells] == [f"{NAME}.py"]
    assert merged.cells[0].required
    assert "nbformat 4" in merged.problem


def test_notebook_beyond_all_measure_is_not_read(given):
    """A notebook has a largest size, a largest number of cells, and a largest amount of code."""
    many = changed(given, {}, *["x = 1"] * (merging.MAX_CELLS + 1))
    long = changed(given, {}, "x = 1" + " " * merging.MAX_TEXT)
    for notebook in (many, long, b" " * (merging.MAX_NOTEBOOK + 1)):
        assert "allowed" in merge(notebook, None, released(NAME, given)).problem


def test_strange_cells_are_read_past(graded, full, given):
    """Cells and metadata of every wrong form, copies of a cell among them, do not hide the right ones."""
    notebook = json.loads(changed(given, FILLED))
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
