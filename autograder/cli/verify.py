"""`autograder verify`: prove that the exercises of a course are sound."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from autograder.course import DEFAULT_SEED, ExerciseFolder, UsageError, find_exercises, find_root
from autograder.processes import safe_path
from autograder.report import style_of
from autograder.verify import TOLERATED, Defect, Figures, Mutation, costs_table, mutate, mutation_table, table, verify


def run(arguments: argparse.Namespace) -> int:
    """Verify exercises, or, with --mutate, test the checks with mutants."""
    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    if arguments.mutate:
        return _run_mutants(arguments, exercises)
    if arguments.limit is not None:
        raise UsageError("--limit is for mutants: give --mutate, too")
    return _run_verification(arguments, exercises)


def _run_verification(arguments: argparse.Namespace, exercises: Sequence[ExerciseFolder]) -> int:
    """Print a line for each exercise and seed, and every defect; 0 if there is no error, nor, if strict, a warning."""
    seeds = arguments.seed or [DEFAULT_SEED, 1, 2]
    tasks = [(exercise, seed) for seed in seeds for exercise in exercises]
    with safe_path(), ProcessPoolExecutor(min(arguments.jobs, len(tasks))) as pool:
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
    on = f"course seed{'s' * (len(seeds) != 1)} {', '.join(map(str, seeds))}"
    print(f"{_counts(defects)} in {where}, on {on}.")
    return 1 if any(arguments.strict or defect.severity == "error" for defect in defects) else 0


def _run_mutants(arguments: argparse.Namespace, exercises: Sequence[ExerciseFolder]) -> int:
    """Print the diff of each survivor, then a line per exercise and seed; 0 if few enough survive (if strict, none).

    What is wrong in a list of equivalent mutants is an error.
    """
    found: list[Mutation] = []
    style = style_of(sys.stdout)
    with safe_path(), ProcessPoolExecutor(arguments.jobs) as pool:
        for seed in arguments.seed or [DEFAULT_SEED]:
            for exercise in exercises:
                mutation = mutate(exercise, seed, pool, limit=arguments.limit)
                found.append(mutation)
                for survivor in mutation.survivors:
                    fact = "breaks a check" if survivor.outcome == "broken" else "keeps all points"
                    place = style.paint(f"{exercise.name}, {survivor.mutant.place}", "strong")
                    print(f"{place}: {survivor.mutant.kind}: {fact}\n{survivor.mutant.diff}\n", flush=True)
                for entry in mutation.wrong_entries:
                    print(f"error: {exercise.name}, {entry}\n", flush=True)
    print(mutation_table(found, style), end="")
    tolerated = 0.0 if arguments.strict else TOLERATED
    print(f"Expected: at most {tolerated:.0%} survivors, and a reason for each equivalent mutant.")
    return int(any(each.share > tolerated or each.wrong_entries for each in found))


def _verify(task: tuple[ExerciseFolder, int]) -> tuple[Figures, list[Defect]]:
    return verify(*task)


def _counts(defects: Sequence[Defect]) -> str:
    """Return "1 error and 2 warnings"."""
    count = Counter(defect.severity for defect in defects)
    words = [f"{count[kind]} {kind}{'s' * (count[kind] != 1)}" for kind in ("error", "warning") if count[kind]]
    return " and ".join(words) or "No defects"
