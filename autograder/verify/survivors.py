"""Run mutants through the checks of an exercise, and report which of them earn all points.

Each mutant runs in a process of its own, forked from one that has loaded the checks: whatever it does ends with it, and
one that does not end is stopped. A mutant that fails one check is killed. The survivors are holes in the checks, or no
mistakes at all; an author lists the latter, with a reason, in the exercise's `equivalent_mutants.toml`.
"""

from __future__ import annotations

import ast
import math
import os
import resource
import signal
import threading
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Literal, NoReturn

from autograder.authoring import load_exercise, load_module
from autograder.cells import Cell
from autograder.course import CourseError, ExerciseFolder
from autograder.course_key import seeded
from autograder.recording import open_keys
from autograder.recording.fingerprints import Runner
from autograder.report import Style
from autograder.verify.defect import columns
from autograder.verify.mutation import Mutant, changed_lines, mutants_of
from autograder.wire import Refused
from autograder.worker import PLAIN, StudentModule, current_settings
from autograder.worker.load import decode

HEAD = ("exercise", "seed", "mutants", "killed", "equivalent", "survivors", "share", "seconds")
EQUIVALENT = "equivalent_mutants.toml"
TOLERATED = 0.01  # survivors, as a share of the mutants that are not equivalent
Outcome = Literal["survived", "killed", "broken"]  # broken: a check's own code failed on it
CODES: dict[int, Outcome] = {0: "survived", 3: "broken"}  # exit codes; any other one, and any signal, is "killed"
BROKEN = 3
CPU_SECONDS = 2  # of a mutant, beside PATIENCE times what the right file needs
PATIENCE = 5
WALL_SECONDS = 300  # ends one that sleeps; generous, so that a busy machine does not matter
CHUNK = 100  # mutants that are one task
Listed = Mapping[tuple[str, tuple[str, ...]], str]  # reasons, by place and changes


@dataclass(frozen=True, kw_only=True, slots=True)
class Survivor:
    """A mutant that keeps all points, or on which a check's own code fails."""

    exercise: str
    mutant: Mutant
    outcome: Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutation:
    """The outcomes of one exercise's mutants, with one course seed."""

    exercise: str
    seed: int
    mutants: int
    killed: int
    equivalent: int
    survivors: tuple[Survivor, ...]
    wrong_entries: tuple[str, ...]  # of the list of equivalent mutants
    seconds: float

    @property
    def share(self) -> float:
        """Return the survivors, as a share of the mutants that are not equivalent."""
        return len(self.survivors) / max(1, self.mutants - self.equivalent)


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Some mutants of one file."""

    folder: ExerciseFolder
    seed: int
    file: str
    source: str  # without a mistake
    mutants: tuple[Mutant, ...]


def mutate(folder: ExerciseFolder, seed: int, pool: Executor, *, limit: int | None = None) -> Mutation:
    """Make and run the mutants of an exercise: of its solution, and of its accepted submissions.

    Parameters
    ----------
    folder
        The exercise.
    seed
        The course seed.
    pool
        The pool of processes in which mutants run.
    limit
        The most mutants of accepted submissions to run: always the same ones.
    """
    started = time.monotonic()
    open_keys([folder], seeded(seed))  # recorded once, not by every process
    listed, found = equivalents_of(folder), every_mutant(folder)
    tasks = list(_tasks(folder, seed, found if limit is None else sample(folder, found, limit)))
    outcomes = [
        (mutant, outcome)
        for task, results in zip(tasks, pool.map(run_task, tasks), strict=True)
        for mutant, outcome in zip(task.mutants, results, strict=True)
    ]
    count = Counter(outcome for _, outcome in outcomes)
    alive = [(mutant, outcome) for mutant, outcome in outcomes if outcome != "killed"]
    real = [each for each in alive if (each[0].place, each[0].changes) not in listed]
    return Mutation(
        exercise=folder.name,
        seed=seed,
        mutants=len(outcomes),
        killed=count["killed"],
        equivalent=len(alive) - len(real),
        survivors=tuple(Survivor(exercise=folder.name, mutant=mutant, outcome=outcome) for mutant, outcome in real),
        wrong_entries=tuple(_wrong_entries(listed, found, outcomes)),
        seconds=time.monotonic() - started,
    )


def mutation_table(found: Sequence[Mutation], style: Style) -> str:
    """Return a line for each exercise and seed; the share is that of mutants that are not equivalent."""
    rows = [
        (
            each.exercise,
            *map(str, (each.seed, each.mutants, each.killed, each.equivalent, len(each.survivors))),
            f"{each.share:.2%}",
            f"{each.seconds:.0f}",
        )
        for each in found
    ]
    return columns(HEAD, rows, style)


def every_mutant(folder: ExerciseFolder) -> list[Mutant]:
    """Return the mutants of the solution and of the accepted submissions."""
    exercise = load_exercise(folder.name, folder.check_sources(), folder.folder)
    found = list(mutants_of(folder.solution.name, decode(folder.solution.read_bytes()), exercise.functions))
    for file in folder.submissions("accepted"):
        found += mutants_of(f"accepted/{file.name}", decode(file.read_bytes()))
    return found


def sample(folder: ExerciseFolder, mutants: Sequence[Mutant], limit: int) -> list[Mutant]:
    """Return all mutants of the solution, and some of the others, chosen by their text alone."""
    ours = [mutant for mutant in mutants if mutant.file == folder.solution.name]
    others = [mutant for mutant in mutants if mutant.file != folder.solution.name]
    chosen = sorted(others, key=lambda each: sha256(f"{each.place}\n{each.source}".encode()).digest())[:limit]
    return ours + sorted(chosen, key=lambda each: (each.file, each.line))


# ---- equivalent mutants


def equivalents_of(folder: ExerciseFolder) -> Listed:
    """Read the list of equivalent mutants: tables by place, each with a reason, and with changes.

    Changes are the lines of a diff that begin with - or +; an empty line separates those of two mutants.
    """
    path = folder.folder / EQUIVALENT
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        return {
            (place, changed_lines(changes)): str(table["reason"])
            for place, found in tables.items()
            for table in found
            for changes in table["changes"].strip().split("\n\n")
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(f'{path}: {error}; expected [["file.py: function"]] with `reason` and `changes`') from error


def _wrong_entries(
    listed: Listed, found: Sequence[Mutant], outcomes: Sequence[tuple[Mutant, Outcome]]
) -> Iterator[str]:
    """Yield errors in the list: entries without a mutant, and entries whose mutants are killed."""
    there = {(mutant.place, mutant.changes) for mutant in found}
    alive = {(mutant.place, mutant.changes) for mutant, outcome in outcomes if outcome != "killed"}
    killed = {(mutant.place, mutant.changes) for mutant, _ in outcomes} - alive
    for place, changes in listed:
        if (place, changes) not in there or (place, changes) in killed:
            fact = "is killed" if (place, changes) in killed else "is no mutant any more"
            yield f"{place}: {' '.join(changes)}: {fact}; take it from {EQUIVALENT}"


# ---- running


def _tasks(folder: ExerciseFolder, seed: int, mutants: Sequence[Mutant]) -> Iterator[Task]:
    by_file: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_file.setdefault(mutant.file, []).append(mutant)
    for file, some in by_file.items():
        path = folder.solution if file == folder.solution.name else folder.folder / "submissions" / file
        source = ast.unparse(ast.parse(decode(path.read_bytes())))
        for start in range(0, len(some), CHUNK):
            chunk = tuple(some[start : start + CHUNK])
            yield Task(folder=folder, seed=seed, file=file, source=source, mutants=chunk)


def run_task(task: Task) -> list[Outcome]:
    """Return the outcome of each mutant; the right file runs first, to measure how long a mutant may take."""
    runner = _runner(task.folder, task.seed, task.folder.version())
    outcome, seconds = _run(runner, task.source, "", math.inf)
    if outcome != "survived":
        raise CourseError(f"exercise {task.folder.name}: {task.file} itself fails, so its mutants would show nothing")
    allowed = CPU_SECONDS + PATIENCE * seconds
    return [_run(runner, mutant.source, mutant.function, allowed)[0] for mutant in task.mutants]


@lru_cache(maxsize=1)
def _runner(folder: ExerciseFolder, seed: int, version: str) -> Runner:
    """Return a runner that has drawn all inputs, and has no threads, since processes are forked from this one."""
    del version  # another one, another runner
    (key,) = open_keys([folder], seeded(seed))
    runner = Runner(load_exercise(folder.name, folder.check_sources(), folder.folder), key)
    solution = vars(load_module(folder.solution))
    for check in key.checks:
        runner.run(check, solution)
    while threading.active_count() > 1:  # the watchdog's, which ends when there is nothing to watch
        time.sleep(0.1)
    return runner


def _run(runner: Runner, source: str, function: str, allowed: float) -> tuple[Outcome, float]:
    """Run a file in a forked process; return its outcome, and the CPU seconds that it took."""
    process = os.fork()
    if process == 0:
        _judge_and_exit(runner, source, function, allowed)
    _, status, usage = os.wait4(process, 0)
    return CODES.get(os.waitstatus_to_exitcode(status), "killed"), usage.ru_utime + usage.ru_stime


def _judge_and_exit(runner: Runner, source: str, function: str, allowed: float) -> NoReturn:
    """Run the checks, those of a function first, until one fails; the exit code is the outcome."""
    code = 1
    try:
        if math.isfinite(allowed):
            seconds = math.ceil(allowed)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        signal.alarm(WALL_SECONDS)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        code = _judge(runner, source, function)
    except CourseError:
        code = BROKEN
    finally:
        os._exit(code)


def _judge(runner: Runner, source: str, function: str) -> int:
    module = StudentModule(runner.key.exercise)
    with PLAIN.hold():
        loaded = module.load(Cell(label=f"{runner.key.exercise}.py", source=source.encode(), required=True))
        settings = current_settings()  # the file may have changed them
    checks = sorted(runner.key.checks, key=lambda check: check.function != function)
    # A check that fails is passed only for the sake of another one that is not, so one failure decides.
    failed = isinstance(loaded, Refused) or any(
        runner.run(check, module.namespace(), settings=settings).failure is not None for check in checks
    )
    return int(failed)
