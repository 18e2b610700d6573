"""The command `autograder`: reads its arguments and hands them to one subcommand, which alone is imported."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.catalogue import DEFAULT_SEED
from autograder.cores import cores
from autograder.kinds import LEVELS
from autograder.version import VERSION

__all__ = ["DEFAULT_SEED", "main"]
CONFINING = ("grade", "verify", "doctor")  # commands that run code in a confined worker
USAGE_ERROR = 2
STORE = "store.sqlite"  # in OUT, where no other place is named
ONLY_LINUX = (
    "other people's code is run on Linux only, not on {}: use a Linux container or virtual machine, or WSL2 on "
    "Windows; a student's own `autograder check` runs everywhere"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 where it did what was asked, 1 where checks or submissions failed, 2 where it can't."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that can't show λ must not end the command
    parsed = _parser().parse_args(arguments)
    if parsed.command in CONFINING and sys.platform != "linux":
        print(f"autograder {parsed.command}: {ONLY_LINUX.format(sys.platform)}", file=sys.stderr)
        return USAGE_ERROR
    command = importlib.import_module(f"autograder.cli.{parsed.command}")
    try:
        return int(command.run(parsed))
    except BrokenPipeError:  # whoever read our output has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt as interruption:
        print(f"autograder: {str(interruption) or 'interrupted'}", file=sys.stderr)
        return 130
    except Exception as error:
        if not _is_told_in_one_line(error):
            raise
        print(f"autograder {parsed.command}: {error}", file=sys.stderr)
        return USAGE_ERROR


def _is_told_in_one_line(error: Exception) -> bool:
    """Say whether an error is one of the course or of the command line; imported only now, `--help` stays quick."""
    from autograder.answers.errors import CourseError
    from autograder.catalogue import UsageError

    return isinstance(error, CourseError | UsageError)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="autograder",
        description="Autograded exercises: right verdicts, named mistakes, student code out of reach.",
    )
    parser.add_argument("--version", action="version", version=f"autograder {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_check(commands)
    _add_hint(commands)
    _add_grade(commands)
    _add_history(commands)
    _add_doctor(commands)
    _add_release(commands)
    _add_list(commands)
    _add_verify(commands)
    _add_collect(commands)
    _add_export(commands)
    return parser


Commands = argparse._SubParsersAction  # noqa: SLF001  # what add_subparsers returns has no public name


def _add_check(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "run the public checks on your own file (students)"
    _add_path(commands.add_parser("check", help=about, description=about))


def _add_hint(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "the next hint on a mistake that your public checks recognise (students)"
    _add_path(commands.add_parser("hint", help=about, description=about))


def _add_path(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        nargs="*",
        type=Path,
        help="a file <exercise>.py or an assignment's folder; without one, the current folder",
    )


def _add_grade(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "grade a class with all checks (instructors)"
    grade = commands.add_parser("grade", help=about, description=about)
    grade.add_argument("exercise", nargs="*", help="exercises to grade; without one, all that the course has")
    grade.add_argument(
        "--submissions", type=Path, required=True, metavar="DIR", help="holds <student>/<exercise>/<exercise>.py"
    )
    grade.add_argument(
        "--output", type=Path, required=True, metavar="OUT", help="where results, grades and feedback go"
    )
    grade.add_argument("--jobs", type=_positive, default=cores(), metavar="N", help="processes; without it, one a core")
    grade.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="S", help="course seed of the hidden checks")
    grade.add_argument(
        "--isolation",
        choices=LEVELS[::-1],
        default="good",
        help="the least level at which student code may run; without it, good; see autograder doctor",
    )
    grade.add_argument(
        "--limit",
        type=_limit,
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="a limit other than the exercise's own, such as cpu_seconds=10 or memory_bytes=4e9; may be repeated",
    )
    grade.add_argument("--force", action="store_true", help="grade what is unchanged, too")
    grade.add_argument(
        "--preview", action="store_true", help="write nothing: print how results would differ from the last ones"
    )
    grade.add_argument("--scheduler", metavar="TCP", help="of a Dask cluster that grades, such as tcp://node1:8786")
    _add_store(grade)
    _add_course(grade)


def _add_history(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "a student's attempts and regrades: dates, scores, what changed (instructors)"
    history = commands.add_parser("history", help=about, description=about)
    history.add_argument("student", help="whose; the name as in results.jsonl")
    history.add_argument("exercise", nargs="*", help="exercises to list; without one, all")
    history.add_argument("--output", type=Path, default=Path(), metavar="OUT", help="what the class was graded into")
    _add_store(history)


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--store", type=Path, metavar="FILE", help=f"where all results are kept; without it, OUT/{STORE}"
    )


def _add_doctor(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "say how far out of reach student code is on this machine, and what is missing (instructors)"
    doctor = commands.add_parser("doctor", help=about, description=about)
    doctor.add_argument(
        "--without",
        choices=("bubblewrap", "user", "landlock", "filter", "limits"),
        action="append",
        default=[],
        help="leave a layer out, to see what it is there for; may be repeated",
    )


def _add_release(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "regenerate assignments from solutions: stubs, handouts, public answer books (instructors)"
    release = commands.add_parser("release", help=about, description=about)
    release.add_argument("exercise", nargs="*", help="exercises to release; without one, all")
    release.add_argument(
        "--nbgrader",
        type=Path,
        metavar="COURSE",
        help="a course folder for nbgrader to lay out, with notebooks, instead",
    )
    _add_course(release)


def _add_list(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "list exercises, functions, checks and points"
    listing = commands.add_parser("list", help=about, description=about)
    listing.add_argument("exercise", nargs="*", help="exercises to list; without one, all")
    _add_course(listing)


def _add_verify(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "prove that checks reject what is wrong, accept what is right, and name mistakes (instructors, CI)"
    verify = commands.add_parser("verify", help=about, description=about)
    verify.add_argument("exercise", nargs="*", help="exercises to verify; without one, all")
    verify.add_argument(
        "--seed", type=int, nargs="+", default=[DEFAULT_SEED, 1, 2], metavar="S", help="course seeds to verify with"
    )
    verify.add_argument(
        "--jobs", type=_positive, default=cores(), metavar="N", help="processes; without it, one a core"
    )
    _add_course(verify)


def _add_collect(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "put the notebook back beside .py files that came without it, or nbgrader would skip them (instructors)"
    collect = commands.add_parser("collect", help=about, description=about)
    collect.add_argument("exercise", nargs="*", help="exercises to look at; without one, all that were released")
    collect.add_argument(
        "--nbgrader", type=Path, default=Path(), metavar="COURSE", help="nbgrader's folder; without it, the current one"
    )


def _add_export(commands: Commands[argparse.ArgumentParser]) -> None:
    about = "write the scores of an earlier run into a gradebook (instructors)"
    export = commands.add_parser("export", help=about, description=about)
    export.add_argument("to", choices=["nbgrader"], help="what kind of gradebook")
    export.add_argument("--results", type=Path, required=True, metavar="FILE", help="results.jsonl of that run")
    export.add_argument(
        "--gradebook", required=True, metavar="URL", help="sqlite:///gradebook.db, postgresql://user@host/name"
    )
    export.add_argument(
        "--course-id", default="default_course", metavar="ID", help="nbgrader's CourseDirectory.course_id"
    )


def _add_course(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--course",
        type=Path,
        metavar="DIR",
        help="the folder that holds solutions/; without it, found from the current one",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not a positive number")
    return number


def _limit(text: str) -> tuple[str, float]:
    """Read a limit by name; imported only now, `--help` stays quick."""
    from autograder.limits import Limits

    name, _, number = text.partition("=")
    kinds = {
        field: type(value) for field, value in zip(Limits.__struct_fields__, Limits.__struct_defaults__, strict=True)
    }
    if name not in kinds:
        raise argparse.ArgumentTypeError(f"{name!r} is no limit; there are {', '.join(kinds)}")
    value = kinds[name](float(number))
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text}: expected a positive number")
    return name, value


if __name__ == "__main__":
    sys.exit(main())
