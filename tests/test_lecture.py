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
    """Return the functions that a cell names, each with the exercise whose link is before it."""
    found, exercise = set(), ""
    for link, function in re.findall(r"\[(\w+)\]\(|`(\w+)`", cell):
        exercise = link or exercise
        if function == "_backward":
            found |= {(exercise, f"{name}{function}") for _, name in set(found)}
        elif function:
            found.add((exercise, function))
    return found


THREAD = [row for row in ROWS if len(row) == 4 and row[0].strip() != "line of the summary"]
WORDS_A_MINUTE, MINUTES_A_LINE = 150, 4


def minutes(exercise: str) -> float:
    """Return the time that an exercise takes by the page's own estimate: its handout is read, its solution written."""
    lines, inside = 0, False
    for line in solution_of(EXERCISES[exercise]).splitlines():
        inside = (inside or "### BEGIN SOLUTION" in line) and "### END SOLUTION" not in line
        lines += inside and bool(line.strip()) and not line.strip().startswith("#")
    words = len((EXERCISES[exercise].folder / "handout.md").read_text("utf-8").split())
    return words / WORDS_A_MINUTE + lines * MINUTES_A_LINE


def test_the_thread_has_every_exercise_once_with_its_time():
    """The page's first table lists all exercises in reading order, each with the estimate that the page explains."""
    told = {LINK.findall(row[1])[0][0]: row[3].strip() for row in THREAD}
    assert len(THREAD) == len(told) == len(EXERCISES)
    assert told.keys() == EXERCISES.keys()
    for exercise, time in told.items():
        halves = round(minutes(exercise) / 30)
        assert time == f"{halves // 2 or ''}{'½' * (halves % 2)} h", exercise
    total = sum(map(minutes, EXERCISES)) / 60
    assert f"about {round(total)} hours" in PAGE
    assert f"{WORDS_A_MINUTE} a minute" in PAGE


def test_the_thread_follows_the_summary():
    """The three lines of the lecture's summary are there in its order."""
    lines = " ".join(row[0] for row in THREAD)
    places = [
        lines.index(words) for words in ("weight constraints", "random noise", "marginalize", "prior information")
    ]
    assert places == sorted(places)


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
