"""`autograder verify`: the catalogue checks itself."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from autograder.catalogue import Exercise, find_exercises, find_root
from autograder.report.style import style_of
from autograder.verify.defect import Defect, Figures
from autograder.verify.table import table
from autograder.verify.verify import verify


def run(arguments: argparse.Namespace) -> int:
    """Print a line an exercise and seed, and every defect; 0 where there is none."""
    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    tasks = [(exercise, seed) for seed in arguments.seed for exercise in exercises]
    with ProcessPoolExecutor(min(arguments.jobs, len(tasks))) as pool:
        found = list(pool.map(_verify, tasks))
    style = style_of(sys.stdout)
    print(table([figures for figures, _ in found], style), end="")
    # What holds for every seed is said once.
    defects = list(dict.fromkeys(defect for _, defects in found for defect in defects))
    for defect in defects:
        print(f"{style.paint(f'{defect.exercise}, {defect.place}', 'strong')}: {defect.fact}. Next: {defect.mend}.")
    print(f"{len(defects) or 'No'} defect{'s' * (len(defects) != 1)} in {len(exercises)} exercises, "
          f"on course seeds {', '.join(map(str, arguments.seed))}.")  # fmt: skip
    return 1 if defects else 0


def _verify(task: tuple[Exercise, int]) -> tuple[Figures, list[Defect]]:
    return verify(*task)
