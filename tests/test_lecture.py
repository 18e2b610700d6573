"""The page of the lecture's topics: every line has its exercise, every function its line."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import EXERCISES, ROOT, solution_of

pytestmark = pytest.mark.unit

PAGE = (ROOT / "docs" / "lecture.md").read_text("utf-8")
ROWS = [line.strip("|").split(" | ") for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line]
TOPICS = [row for row in ROWS if len(row) == 3 and row[0].strip() != "slide"]
LINK = re.compile(r"\[(\w+)\]\(\.\./assignments/(\w+)/README\.md\)")
# The topics of the lecture's slides, by a word of each: none may be missing.
SLIDES = ["Nonlin", "Backprop", "Stochastic", "Momentum", "Adagrad", "other NNs", "learning rate", "Monitor",
          "normalization", "all zeros", "calibrated", "Batch norm", "Overfitting", "penalties", "dropout",
          "augmentation", "Sum up"]  # fmt: skip


def functions_of(exercise: str) -> set[str]:
    """Return the names of the functions that students write."""
    body = ast.parse(solution_of(EXERCISES[exercise])).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}


def named(cell: str) -> set[tuple[str, str]]:
    """Return the functions that a cell names, each with the exercise whose link stands before it."""
    found, exercise = set(), ""
    for link, function in re.findall(r"\[(\w+)\]\(|`(\w+)`", cell):
        exercise = link or exercise
        if function == "_backward":
            found |= {(exercise, f"{name}{function}") for _, name in set(found)}
        elif function:
            found.add((exercise, function))
    return found


@pytest.mark.parametrize("row", TOPICS, ids=lambda row: row[0].strip())
def test_topic_names_what_exists(row):
    """A topic links to the handout of an exercise that exists, and names functions that this exercise has."""
    links = LINK.findall(row[1] + row[2])
    assert links
    for text, folder in links:
        assert text == folder
        assert folder in EXERCISES
        assert (ROOT / "assignments" / folder / "README.md").is_file()
    for exercise, function in named(row[1]):
        assert function in functions_of(exercise)


def test_no_topic_is_missing():
    """Every topic of the slides has a line."""
    assert not [word for word in SLIDES if not any(word in row[0] for row in TOPICS)]


def test_every_function_belongs_to_a_topic():
    """Every function of every exercise is named on the page."""
    all_functions = {(name, function) for name in EXERCISES for function in functions_of(name)}
    assert all_functions == set().union(*(named(row[1]) for row in TOPICS[: len(SLIDES)]))
