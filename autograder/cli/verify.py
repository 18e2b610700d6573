"""`autograder verify` and `doctor`: prove that the exercises of a course are sound, and how well this machine confines.

`verify` runs right and wrong code through the checks; `doctor` attacks from inside a real sandbox.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from autograder.course import DEFAULT_SEED, ExerciseFolder, UsageError, find_exercises, find_root, private_files
from autograder.processes import safe_path
from autograder.report import Style, style_of
from autograder.results import Level
from autograder.sandbox import OPENS, Choice, EscapeTest, Layer, choose, layers, private_places
from autograder.verify import TOLERATED, Defect, Figures, Mutation, costs_table, mutate, mutation_table, table
from autograder.verify import verify as verify_exercise

MEANING: dict[Level, str] = {
    "strong": "student code sees nothing but itself, and can reach nothing",
    "good": "student code can read, change and reach nothing that is not its own; it may learn that files exist, "
    "and, by timing, for which names an earlier submission asked",
    "weak": "a layer is missing: student code could disturb this machine; grading refuses",
    "none": "student code could read references or change scores; grading refuses",
}


def verify(arguments: argparse.Namespace) -> int:
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
    return verify_exercise(*task)


def _counts(defects: Sequence[Defect]) -> str:
    """Return "1 error and 2 warnings"."""
    count = Counter(defect.severity for defect in defects)
    words = [f"{count[kind]} {kind}{'s' * (count[kind] != 1)}" for kind in ("error", "warning") if count[kind]]
    return " and ".join(words) or "No defects"


# ---- doctor


def doctor(arguments: argparse.Namespace) -> int:
    """Run all escape tests and print what they show; return 0 if grading would start as it is."""
    without = frozenset(arguments.without)
    choice = choose(without, private_places(_private(arguments)))
    print("\n".join(_lines(choice, without, style_of(sys.stdout))))
    return 0 if choice.report.level in ("good", "strong") else 1


def _private(arguments: argparse.Namespace) -> list[Path]:
    """Return files that a submission must not read: of the named or current course, of a class, and of results."""
    try:
        root = arguments.course or find_root(Path.cwd())
    except UsageError:
        course = []  # there is none here, which is no reason to say nothing of the machine
    else:
        course = private_files(find_exercises(root, []))
    named = (arguments.submissions, arguments.output, arguments.store)
    return [*course, *(place for place in named if place is not None)]


def _lines(choice: Choice, without: frozenset[str], style: Style) -> Iterator[str]:
    report = choice.report
    yield style.paint(f"Isolation: {report.level}", "strong") + f": {MEANING[report.level]}."
    yield ""
    yield "Layers, from the outside inwards"
    for layer in layers(choice, without):
        yield from _layer(layer, style)
    yield ""
    yield "Escape tests: what a submission tried in a real sandbox"
    for test in report.tests:
        if test.function != OPENS:
            yield _test(test, style, escaped=test in report.escaped)
    places = [str(test.target) for test in report.tests if test.function == OPENS]
    if places:
        count = len(places) - len(report.readable)
        yield f"  {style.paint('prevented  ', 'good')}  open your own files: {count} of {len(places)} places tried"
        for place in report.readable:
            yield f"  {style.paint('got through', 'bad')}  open {place}"
    yield ""
    if report.readable:
        yield "Next step: move the files that could be opened out of Python's and NumPy's own folders."
    if report.level in ("good", "strong"):
        yield "`autograder grade` runs here without further options."
    else:
        yield f"`autograder grade` refuses here; `--isolation {report.level}` would let it run code that you trust."


def _layer(layer: Layer, style: Style) -> Iterator[str]:
    word = style.paint("on     ", "good") if layer.on else style.paint("missing", "bad")
    yield f"  {layer.name:10}  {word}  {layer.fact}"
    if layer.next_step:
        yield f"  {'':10}           next step: {layer.next_step}"


def _test(test: EscapeTest, style: Style, *, escaped: bool) -> str:
    if not escaped:
        return f"  {style.paint('prevented  ', 'good')}  {test.attempt}"
    tone = "open" if test.leaves == "good" else "bad"
    return (
        f"  {style.paint('got through', tone)}  {test.attempt} "
        f"(prevented by: {test.prevented_by}; the level is at best {test.leaves})"
    )
