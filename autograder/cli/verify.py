"""`autograder verify`: prove that the exercises of a course are sound."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from autograder.course import ExerciseFolder, find_exercises, find_root
from autograder.report import style_of
from autograder.verify import Defect, Figures, costs_table, table, verify


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each exercise and seed, and every defect; 0 if there is no error, nor, if strict, a warning."""
    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    tasks = [(exercise, seed) for seed in arguments.seed for exercise in exercises]
    with ProcessPoolExecutor(min(arguments.jobs, len(tasks))) as pool:
        found = list(pool.map(_verify, tasks))
    style = style_of(sys.stdout)
    print(table([figures for figures, _ in found], style), end="")
    if arguments.costs:
        print(costs_table([figures for figures, _ in found]), end="")
    defects = list(dict.fromkeys(defect for _, defects in found for defect in defects))  # once, if for several seeds
    for defect in defects:
        place = style.paint(f"{defect.exercise}, {defect.place}", "strong")
        print(f"{defect.severity}: {place}: {defect.fact}. Next: {defect.fix}.")
    where = f"{len(exercises)} exercise{'s' * (len(exercises) != 1)}"
    seeds = f"course seed{'s' * (len(arguments.seed) != 1)} {', '.join(map(str, arguments.seed))}"
    print(f"{_counts(defects)} in {where}, on {seeds}.")
    return 1 if any(arguments.strict or defect.severity == "error" for defect in defects) else 0


def _verify(task: tuple[ExerciseFolder, int]) -> tuple[Figures, list[Defect]]:
    return verify(*task)


def _counts(defects: Sequence[Defect]) -> str:
    """Return "1 error and 2 warnings"."""
    count = Counter(defect.severity for defect in defects)
    words = [f"{count[kind]} {kind}{'s' * (count[kind] != 1)}" for kind in ("error", "warning") if count[kind]]
    return " and ".join(words) or "No defects"
