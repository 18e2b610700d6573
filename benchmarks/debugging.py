"""Debug scripts of all public checks against wrong code, each of which must reproduce the failure by itself.

    python -m benchmarks.debugging [EXERCISE ...]

Every function is made wrong in turn: its results are scaled, or it raises where scaling fails no expectation. For each
public check that fails then, the script is written and run by an interpreter that can't import this package, unless the
script says that the check has to judge. Then, for wrong functions of the course: how much simpler inputs get.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from autograder.api import check_assignment
from autograder.assignment import Assignment
from autograder.authoring import Exercise, load_exercise
from autograder.course import ExerciseFolder, find_exercises
from autograder.debugging import Example, Place, write_script
from autograder.verify import appended

ROOT = Path(__file__).resolve().parents[1]
FUNCTIONS = 20  # wrong functions whose inputs are made simpler
SECONDS = 60.0  # that a script may take on a busy machine
SCALED = """

def _scaled(value):
    if isinstance(value, dict):
        return {key: _scaled(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)) and value and not np.isscalar(value[0]):
        return type(value)(map(_scaled, value))
    if isinstance(value, str):
        return value
    return np.asarray(value) * 1.5 + 0.25


def _wrong(right, handles, several):
    def wrong(*args, **kwargs):
        result = right(*args, **kwargs)
        if not several:
            return _scaled(result)
        return tuple(part if handle else _scaled(part) for part, handle in zip(result, handles))

    return wrong


"""
RAISING = "\n\ndef {name}(*args, **kwargs):\n    raise RuntimeError('wrong')\n"


def main(names: list[str]) -> int:
    """Print a line for each check, then totals; 0 if every script reproduces its failure."""
    exercises = find_exercises(ROOT, names)
    with tempfile.TemporaryDirectory() as folder:
        blocked = Path(folder) / "blocked" / "autograder"
        blocked.mkdir(parents=True)
        (blocked / "__init__.py").write_text("raise ImportError('this package is not here')\n", "utf-8")
        outcomes = [outcome for each in exercises for outcome in _scripts(each, Path(folder))]
        print()
        for outcome, count in sorted(Counter(outcomes).items()):
            print(f"{count:4}  {outcome}")
        print()
        _simpler(exercises, Path(folder))
    return 0 if all(outcome.startswith("reproduced") for outcome in outcomes) else 1


def _scripts(folder: ExerciseFolder, place: Path) -> Iterator[str]:
    """Yield what came of the script of each public check of an exercise."""
    exercise = load_exercise(folder.name, folder.check_sources(), folder.folder)
    solution = folder.solution.read_text("utf-8")
    assignment = _assignment(folder, place)
    left = {check.id for check in exercise.checks() if check.visibility == "public"}
    for name in exercise.functions:
        for wrong in (SCALED + _scaled(exercise, name), RAISING.format(name=name)):
            if not any(check.startswith(f"{name}.") for check in left):
                break
            assignment.file.write_text(solution + wrong, "utf-8")
            for check, example in check_assignment(assignment, (name,)).examples.items():
                if check in left:
                    left.remove(check)
                    for each in (example, example.as_checked())[: 1 + example.is_simpler]:
                        yield _outcome(folder, assignment, each)
    for check in left:
        print(f"{check}: nothing that was tried fails it")
        yield "not tried"


def _scaled(exercise: Exercise, name: str) -> str:
    returns = exercise.functions[name].returns
    kinds = [part.kind == "handle" for part in returns.parts]
    return f"{name} = _wrong({name}, {kinds}, {returns.several})\n"


def _outcome(folder: ExerciseFolder, assignment: Assignment, example: Example) -> str:
    place = Place(folder=assignment.file.parent, exercise=folder.name, files=(assignment.file.name,), plain=True)
    script = write_script(example, place)
    alone = "autograder." not in script.read_text("utf-8").partition('"""\n\n')[2]
    path = {"PYTHONPATH": str(assignment.file.parents[1] / "blocked")} if alone else {}
    command = [sys.executable, script.name]
    try:
        ran = subprocess.run(
            command, cwd=script.parent, env=path, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "no end"
    unexpected = ran.returncode == 1 and "Traceback" in ran.stderr and "RuntimeError: wrong" not in ran.stderr
    outcome = "reproduced" if ran.returncode == 1 and not unexpected else "NOT REPRODUCED"
    kind = type(example.failing.failure).__name__
    inputs = "simpler inputs" if example.is_simpler else "the check's inputs"
    print(f"{example.failing.check:55} {kind:17} {inputs:18} {'alone' if alone else 'by the check':12} {outcome}")
    if outcome != "reproduced":
        print(ran.stdout[-500:], ran.stderr[-1500:])
    return f"{outcome}, {'without this package' if alone else 'the check judges'}, {inputs}"


def _simpler(exercises: list[ExerciseFolder], place: Path) -> None:
    """Print, for wrong functions of the course, how many numbers the failing call takes, before and after."""
    wrong = [(each, file) for each in exercises for file in each.submissions("wrong")]
    found = 0
    for folder, file in wrong[:: max(1, len(wrong) // FUNCTIONS)][:FUNCTIONS]:
        assignment = _assignment(folder, place)
        assignment.file.write_text(appended(folder.solution.read_text("utf-8"), file.read_text("utf-8")), "utf-8")
        function = file.stem.partition("__")[0]
        started = time.perf_counter()
        examples = check_assignment(assignment, (function,)).examples
        seconds = time.perf_counter() - started
        simpler = [each for each in examples.values() if each.is_simpler]
        best = min(simpler or examples.values(), key=lambda each: each.failing.size(), default=None)
        found += bool(simpler)
        if best is None:
            print(f"{file.stem:60} no public check fails")
            continue
        (numbers, digits), (less, fewer) = best.original.size(), best.failing.size()
        print(f"{file.stem:60} {numbers:5} -> {less:5} numbers, {digits:5} -> {fewer:5} digits  {seconds:.2f} s in all")
    print(f"A simpler call was found for {found} of {FUNCTIONS} wrong functions.")


def _assignment(folder: ExerciseFolder, place: Path) -> Assignment:
    copy = place / folder.name
    if not copy.is_dir():
        shutil.copytree(folder.assignment, copy)
    return Assignment(file=copy / f"{folder.name}.py", key_file=copy / f"{folder.name}.key")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
