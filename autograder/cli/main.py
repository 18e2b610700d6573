"""The command `autograder`: reads its arguments and passes them to one subcommand, whose module alone is imported.

Importing this module and printing `--help` need neither NumPy nor msgspec.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.cores import cores
from autograder.course import DEFAULT_SEED, CourseError, UsageError
from autograder.version import VERSION

USAGE_ERROR = 2
STORE = "store.sqlite"  # in OUT, unless --store names another file
CONFINING = ("grade", "verify", "doctor")  # commands that run other people's code in a sandbox
ONLY_LINUX = (
    "other people's code is run only on Linux, not on {}: use a Linux container or virtual machine, or WSL2 on "
    "Windows; a student's own `autograder check` runs everywhere"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments
        The command line without the command's name; by default, that of this process.

    Returns
    -------
    int
        The exit code: 0 if the command did what was asked, 1 if checks or submissions failed, 2 if it can't.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that can't show λ must not end the command
    parsed = _parser().parse_args(arguments)
    if parsed.command in CONFINING and sys.platform != "linux":
        print(f"autograder {parsed.command}: {ONLY_LINUX.format(sys.platform)}", file=sys.stderr)
        return USAGE_ERROR
    module, _, function = parsed.run.partition(":")
    try:
        return int(getattr(importlib.import_module(module), function)(parsed))
    except BrokenPipeError:  # whoever reads the output has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt as interruption:
        print(f"autograder: {str(interruption) or 'interrupted'}", file=sys.stderr)
        return 130
    except (CourseError, UsageError) as error:
        print(f"autograder {parsed.command}: {error}", file=sys.stderr)
        return USAGE_ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="autograder",
        description="Autograded exercises: right verdicts, named mistakes, student code out of reach.",
    )
    parser.add_argument("--version", action="version", version=f"autograder {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_student_commands(commands)
    _add_grading_commands(commands)
    _add_course_commands(commands)
    _add_nbgrader_commands(commands)
    return parser


Commands = argparse._SubParsersAction  # noqa: SLF001  # what add_subparsers returns has no public name


def _add(commands: Commands[argparse.ArgumentParser], name: str, run: str, description: str) -> argparse.ArgumentParser:
    """Add a subcommand; `run` names the module in this package, and the function in it, that runs the command."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=description, description=description)
    parser.set_defaults(run=f"autograder.cli.{run}")
    return parser


def _add_student_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    check = _add(commands, "check", "check:check", "run the public checks on your own file (students)")
    hint = _add(
        commands, "hint", "check:hint", "the next hint on a mistake that your public checks recognize (students)"
    )
    for parser in (check, hint):
        parser.add_argument(
            "what",
            nargs="*",
            help="a file <exercise>.py, an assignment's folder, or a function such as adam; without one, all in the "
            "current folder",
        )


def _add_grading_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    grade = _add(commands, "grade", "grade:run", "grade a class with all checks (instructors)")
    _add_exercises(grade, "exercises to grade; without one, all that the course has")
    grade.add_argument(
        "--submissions", type=Path, required=True, metavar="DIR", help="holds <student>/<exercise>/<exercise>.py"
    )
    grade.add_argument(
        "--output", type=Path, required=True, metavar="OUT", help="where results, grades and feedback go"
    )
    _add_jobs(grade)
    grade.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="S", help="course seed of the hidden checks")
    grade.add_argument(
        "--isolation",
        type=_level,
        default="good",
        metavar="LEVEL",
        help="the lowest level at which student code may run: strong, good (the default), weak or none; "
        "see autograder doctor",
    )
    grade.add_argument(
        "--limit",
        type=_limit,
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="a limit other than the exercise's own, such as cpu_seconds=10 or memory_bytes=4e9; may be repeated",
    )
    grade.add_argument("--force", action="store_true", help="grade unchanged submissions, too")
    grade.add_argument(
        "--preview", action="store_true", help="write nothing: print how results would differ from the last ones"
    )
    grade.add_argument("--scheduler", metavar="TCP", help="of a Dask cluster that grades, such as tcp://node1:8786")
    _add_store(grade)
    _add_course(grade)

    history = _add(
        commands,
        "history",
        "results:history",
        "a student's attempts and regrades: dates, scores, what changed (instructors)",
    )
    history.add_argument("student", help="the student's name, as in results.jsonl")
    _add_exercises(history, "exercises to list; without one, all")
    history.add_argument(
        "--output", type=Path, default=Path(), metavar="OUT", help="the folder that the class was graded into"
    )
    _add_store(history)

    doctor = _add(
        commands,
        "doctor",
        "doctor:run",
        "say how far out of reach student code is on this machine, and what is missing (instructors)",
    )
    doctor.add_argument(
        "--without",
        choices=("bubblewrap", "user", "landlock", "filter", "limits"),
        action="append",
        default=[],
        help="leave a layer out, to see what it is there for; may be repeated",
    )


def _add_course_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    new = _add(commands, "new", "course:new", "write a small exercise to start from (authors)")
    new.add_argument("name", metavar="NAME", help="the exercise's name, which is a Python name such as softmax")

    verify = _add(
        commands,
        "verify",
        "verify:run",
        "prove that checks reject what is wrong, accept what is right, and name mistakes (authors, CI)",
    )
    _add_exercises(verify, "exercises to verify; without one, all")
    verify.add_argument(
        "--seed", type=int, nargs="+", default=[DEFAULT_SEED, 1, 2], metavar="S", help="course seeds to verify with"
    )
    verify.add_argument("--strict", action="store_true", help="fail on warnings, too")
    _add_jobs(verify)

    release = _add(
        commands,
        "release",
        "release:run",
        "regenerate assignments from solutions: stubs, handouts, public checks and their answer keys (instructors)",
    )
    _add_exercises(release, "exercises to release; without one, all")
    release.add_argument(
        "--nbgrader",
        type=Path,
        metavar="COURSE",
        help="lay out a course folder for nbgrader, with notebooks, instead",
    )

    listing = _add(commands, "list", "course:list_exercises", "list exercises, functions, checks and points")
    _add_exercises(listing, "exercises to list; without one, all")
    for parser in (new, verify, release, listing):
        _add_course(parser)


def _add_nbgrader_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    collect = _add(
        commands,
        "collect",
        "collect:run",
        "put the notebook back beside .py files that came without it, or nbgrader would skip them (instructors)",
    )
    _add_exercises(collect, "exercises to look at; without one, all that were released")
    collect.add_argument(
        "--nbgrader", type=Path, default=Path(), metavar="COURSE", help="nbgrader's folder; without it, the current one"
    )

    export = _add(
        commands, "export", "results:export", "write the scores of an earlier run into a gradebook (instructors)"
    )
    export.add_argument("to", choices=["nbgrader"], help="the kind of gradebook")
    export.add_argument("--results", type=Path, required=True, metavar="FILE", help="results.jsonl of that run")
    export.add_argument(
        "--gradebook", required=True, metavar="URL", help="sqlite:///gradebook.db, postgresql://user@host/name"
    )
    export.add_argument(
        "--course-id", default="default_course", metavar="ID", help="nbgrader's CourseDirectory.course_id"
    )


def _add_exercises(parser: argparse.ArgumentParser, description: str) -> None:
    parser.add_argument("exercise", nargs="*", help=description)


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs", type=_positive, default=cores(), metavar="N", help="number of processes; by default, one per core"
    )


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--store", type=Path, metavar="FILE", help=f"where all results are stored; by default, OUT/{STORE}"
    )


def _add_course(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--course",
        type=Path,
        metavar="DIR",
        help="the folder that holds solutions/; by default, found from the current one",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not a positive number")
    return number


def _level(text: str) -> str:
    """Read an isolation level; msgspec comes with the levels, so they are imported only when there is one to read."""
    from autograder.results import LEVELS

    if text not in LEVELS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a level; expected one of {', '.join(LEVELS[::-1])}")
    return text


def _limit(text: str) -> tuple[str, float]:
    """Read a limit by name; msgspec comes with the limits, so they are imported only when there is one to read."""
    from autograder.limits import Limits

    name, _, number = text.partition("=")
    kinds = {
        field: type(value) for field, value in zip(Limits.__struct_fields__, Limits.__struct_defaults__, strict=True)
    }
    if name not in kinds:
        raise argparse.ArgumentTypeError(f"{name!r} is not a limit; there are {', '.join(kinds)}")
    value = kinds[name](float(number))
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text}: expected a positive number")
    return name, value


if __name__ == "__main__":
    sys.exit(main())
