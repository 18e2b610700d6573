"""The command `autograder`: reads its arguments and passes them to one subcommand, whose module alone is imported.

Importing this module and printing `--help` need neither NumPy nor msgspec.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from autograder.course import DEFAULT_SEED, CourseError, UsageError
from autograder.processes import cores
from autograder.version import VERSION

if TYPE_CHECKING:
    from autograder.starting import Early

USAGE_ERROR = 2
STORE = "store.sqlite"  # in OUT, unless --store names another file
NAME_WIDTH = 12  # of a command in the list of them
FOR_STUDENTS = ("check", "hint", "debug", "plot", "completion")  # commands that ignore course files
CONFINING = ("grade", "grade-file", "verify", "doctor")  # commands that run other people's code in a sandbox
# The extra that installs a package that not everybody has.
EXTRAS = {
    "torch": "instructor",
    "rich": "instructor",
    "jinja2": "instructor",
    "nbgrader": "nbgrader",
    "nbformat": "nbgrader",
    "nbclient": "nbgrader",
    "nbconvert": "nbgrader",
    "distributed": "cluster",
    "matplotlib": "student",
    "shtab": "student",
}
CHECKING = ("check", "hint", "debug")  # commands that run a student's own file in a sandbox, where sandboxes exist
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
        The exit code: 0 if the command did what was asked, 1 if checks or submissions failed, 2 if it could not run.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that can't show λ must not end the command
    reader = parser()
    parsed = reader.parse_args(arguments)
    if parsed.command is None:
        reader.print_help()
        return 0
    if parsed.command in CONFINING and sys.platform != "linux":
        _complain(f"autograder {parsed.command}: {ONLY_LINUX.format(sys.platform)}")
        return USAGE_ERROR
    try:
        with _started_early(parsed) as parsed.early:
            return _run(parsed)
    except BrokenPipeError:  # whoever reads the output has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt as interruption:
        print(f"autograder: {str(interruption) or 'interrupted'}", file=sys.stderr)
        return 130
    except (CourseError, UsageError) as error:
        _complain(f"autograder {parsed.command}: {error}")
        return USAGE_ERROR
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        needed = f"this needs {error.name}, which is not installed: pip install 'numgrade[{extra}]'"
        _complain(f"autograder {parsed.command}: {needed}")
        return USAGE_ERROR


def _run(parsed: argparse.Namespace) -> int:
    """Run the function that a command names; commands for a course get defaults from its file."""
    if parsed.command not in FOR_STUDENTS:
        from autograder.cli.settings import apply_course_file

        apply_course_file(parsed)
    module, _, function = parsed.run.partition(":")
    return int(getattr(importlib.import_module(module), function)(parsed))


def _complain(text: str) -> None:
    """Print why a command can't do what it was asked; in a terminal, lines are broken between words."""
    width = shutil.get_terminal_size().columns - 1 if sys.stderr.isatty() else sys.maxsize
    for line in text.splitlines():
        print(textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False), file=sys.stderr)


Commands = argparse._SubParsersAction  # noqa: SLF001  # what add_subparsers returns has no public name


@contextlib.contextmanager
def _started_early(parsed: argparse.Namespace) -> Iterator[Early | None]:
    """Start the worker early, for a command that runs a student's own file: both import NumPy at the same time."""
    if parsed.command not in CHECKING or sys.platform != "linux" or getattr(parsed, "watch", False):
        yield None
        return
    from autograder.starting import end_early, start_early

    # NumPy would start a thread for each core, which takes longer than all that a check computes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    early = start_early()
    try:
        yield early
    finally:
        if early is not None:
            end_early(early)


class _Parser(argparse.ArgumentParser):
    """Complains as the commands do."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and end."""
        self.print_usage(sys.stderr)
        _complain(f"{self.prog}: error: {message}")
        sys.exit(USAGE_ERROR)


class _WithoutCommands(argparse.RawDescriptionHelpFormatter):
    """Skips the list of commands, which comes in groups at the end."""

    def add_argument(self, action: argparse.Action) -> None:
        """Add an argument, unless it is the command."""
        if not isinstance(action, Commands):
            super().add_argument(action)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made: argparse.ArgumentParser = _Parser(
        prog="autograder",
        usage="autograder [--version] COMMAND ...",
        description="Autograded exercises: right verdicts, named mistakes, confined student code.",
        formatter_class=_WithoutCommands,
    )
    made.add_argument("--version", action="version", version=f"autograder {VERSION}")
    commands = made.add_subparsers(dest="command", prog="autograder", metavar="COMMAND")
    _add_student_commands(commands)
    students = list(commands.choices)
    _add_grading_commands(commands)
    _add_course_commands(commands)
    _add_nbgrader_commands(commands)
    others = [name for name in commands.choices if name not in students]
    groups = {"For students": students, "For instructors": others}
    made.epilog = "\n\n".join(_listed(title, commands, names) for title, names in groups.items())
    made.epilog += "\n\nRun autograder COMMAND --help to read more about a command."
    return made


def _listed(title: str, commands: Commands[argparse.ArgumentParser], names: Sequence[str]) -> str:
    """Return a list of commands with their descriptions, as wide as the terminal."""
    width = shutil.get_terminal_size().columns - 2
    lines = [
        textwrap.fill(
            commands.choices[name].description or "",
            width,
            initial_indent=f"  {name:{NAME_WIDTH}}",
            subsequent_indent=" " * (2 + NAME_WIDTH),
        )
        for name in names
    ]
    return "\n".join((f"{title}:", *lines))


def _add(commands: Commands[argparse.ArgumentParser], name: str, run: str, description: str) -> argparse.ArgumentParser:
    """Add a subcommand; `run` names the module in this package, and the function in it, that runs the command."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=description, description=description)
    parser.set_defaults(run=f"autograder.cli.{run}")
    return parser


def _add_student_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    check = _add(commands, "check", "check:check", "run the public checks on your own file")
    hint = _add(commands, "hint", "check:hint", "give the next hint on a mistake that the public checks recognize")
    check.add_argument(
        "--format",
        choices=("json", "junit", "ctrf", "github"),
        help="print one report for other programs; github also writes a job summary",
    )
    check.add_argument("--watch", action="store_true", help="keep running, and check again whenever a file is saved")
    debug = _add(commands, "debug", "debug:debug", "write a script that repeats the failing call of a check")
    debug.add_argument("check", metavar="CHECK", help="a check such as adam.single_number, or a function such as adam")
    debug.add_argument("path", nargs="*", default=[], help="a file or a folder; by default, the current folder")
    debug.add_argument("--pdb", action="store_true", help="stop in your function, in Python's debugger")
    debug.add_argument("--as-checked", action="store_true", help="use the check's own inputs, not simpler ones")
    plot = _add(commands, "plot", "plot:plot", "draw what your function does, as its notebook shows it")
    plot.add_argument("function", metavar="FUNCTION", help="a function that has a picture, such as adam")
    plot.add_argument("path", nargs="*", default=[], help="a file or a folder; by default, the current folder")
    plot.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write the picture into a file, such as adam.png"
    )
    completion = _add(
        commands, "completion", "completion:completion", "print a script that completes commands in a shell"
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    for parser in (check, hint):
        parser.add_argument(
            "what",
            nargs="*",
            help="a file <exercise>.py, an assignment's folder, or a function such as adam; by default, everything in "
            "the current folder",
        )


def _add_grading_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    grade = _add(commands, "grade", "grade:run", "grade a class with all checks")
    _add_exercises(grade, "exercises to grade; by default, all that somebody has submitted")
    grade.add_argument(
        "--submissions",
        type=Path,
        metavar="DIR",
        help="the submissions: a folder with <student>/<exercise>/<exercise>.py",
    )
    grade.add_argument("--output", type=Path, metavar="OUT", help="the folder for results, grades and feedback")
    grade.add_argument("--roster", type=Path, metavar="CSV", help="a table of who is in the course")
    grade.add_argument(
        "--only", action="store_true", help="show only what is graded now, not all results of the course"
    )
    _add_jobs(grade)
    _add_terms(grade)
    grade.add_argument(
        "--reveal",
        action="store_true",
        help="show values in messages of hidden checks, too: for feedback after the deadline",
    )
    grade.add_argument("--force", action="store_true", help="grade unchanged submissions, too")
    grade.add_argument("--preview", action="store_true", help="print how results would change, and write nothing")
    grade.add_argument(
        "--scheduler", metavar="ADDRESS", help="address of a Dask cluster that grades, such as tls://node1:8786"
    )
    _add_store(grade)
    _add_course(grade)

    single = _add(commands, "grade-file", "grade_file:run", "grade one submitted file with all checks")
    single.add_argument(
        "file", type=Path, metavar="FILE", help="a submitted file, .py or .ipynb; nothing beside it is read"
    )
    single.add_argument("--exercise", required=True, metavar="NAME", help="the exercise for which it was submitted")
    _add_terms(single)
    _add_course(single)

    _add_import(commands)
    _add_result_commands(commands)

    doctor = _add(
        commands,
        "doctor",
        "doctor:run",
        "say how well student code is confined on this machine, and what is missing",
    )
    doctor.add_argument(
        "--without",
        choices=("bubblewrap", "user", "landlock", "filter", "limits"),
        action="append",
        default=[],
        help="skip a layer, to see what it prevents; may be repeated",
    )
    doctor.add_argument(
        "--submissions", type=Path, metavar="DIR", help="try whether student code can read these submissions"
    )
    doctor.add_argument("--output", type=Path, metavar="OUT", help="try whether student code can read these results")
    _add_store(doctor)
    _add_course(doctor)


def _add_result_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    history = _add(
        commands,
        "history",
        "results:history",
        "show a student's attempts and regrades: dates, scores, what changed",
    )
    history.add_argument("student", help="the student's name, as in results.jsonl")
    _add_exercises(history, "exercises to list; by default, all")
    _add_results(history)
    _add_store(history)

    report = _add(commands, "report", "results:report", "write a report on a graded class, as one HTML page")
    _add_results(report)
    report.add_argument(
        "--submissions", type=Path, metavar="DIR", help="the submissions, to show the code of unrecognized mistakes"
    )
    report.add_argument("--title", help="the page's title; by default, the course's name")
    report.add_argument("--anonymous", action="store_true", help="show numbers instead of students' names")

    feedback = _add(
        commands, "feedback", "feedback:run", "write HTML pages of feedback for the students of a graded class"
    )
    feedback.add_argument("student", nargs="*", help="students, as in results.jsonl; by default, all")
    _add_results(feedback)
    feedback.add_argument(
        "--submissions",
        type=Path,
        metavar="DIR",
        help="the submissions, to show students their own functions and pictures of them",
    )
    feedback.add_argument("--no-pictures", action="store_true", help="run no student code, and draw no pictures")
    _add_isolation(feedback)
    _add_jobs(feedback)
    _add_store(feedback)
    _add_course(feedback)


def _add_import(commands: Commands[argparse.ArgumentParser]) -> None:
    intake = _add(commands, "import", "intake:run", "lay out another system's download for grading")
    intake.add_argument(
        "system", choices=("moodle", "canvas", "gradescope", "classroom"), help="the system that it comes from"
    )
    intake.add_argument("download", type=Path, metavar="ZIP_OR_DIR", help="the download, as a zip file or unpacked")
    intake.add_argument(
        "--submissions", type=Path, metavar="DIR", help="the folder to write <student>/<exercise>/ into"
    )
    intake.add_argument("--roster", type=Path, metavar="CSV", help="a table of who is in the course, and their folders")
    intake.add_argument(
        "--sheet",
        type=Path,
        metavar="CSV",
        help="the system's own table: Moodle's grading worksheet, Canvas's gradebook, GitHub Classroom's grades",
    )
    intake.add_argument(
        "--exercise", metavar="NAME", help="the exercise that everything in it is for; by default, names of files tell"
    )
    intake.add_argument("--preview", action="store_true", help="print what would be taken for what, and write nothing")
    _add_course(intake)


def _add_course_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    init = _add(commands, "init", "course:init", "write course.toml, and make a course's secret key")
    init.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="DIR",
        help="the course's folder; by default, the one that holds solutions/: the current one or one above it",
    )

    new = _add(commands, "new", "course:new", "write a small exercise to start from")
    new.add_argument("name", metavar="NAME", help="the exercise's name: a Python name, such as softmax")

    _add_verify(commands)
    _add_release(commands)
    _add_package(commands)

    listing = _add(commands, "list", "course:list_exercises", "list exercises, functions, checks and points")
    _add_exercises(listing, "exercises to list; by default, all")
    for parser in (init, new, listing):
        _add_course(parser)


def _add_verify(commands: Commands[argparse.ArgumentParser]) -> None:
    verify = _add(
        commands,
        "verify",
        "verify:run",
        "prove that checks accept right code, reject wrong code, and recognize mistakes",
    )
    _add_exercises(verify, "exercises to verify; by default, all")
    verify.add_argument(
        "--seed",
        type=int,
        nargs="+",
        metavar="N",
        help=f"seeds to verify with; by default, {DEFAULT_SEED}, 1 and 2; with --mutate, only the first",
    )
    verify.add_argument("--strict", action="store_true", help="fail on warnings, and on every mutant that survives")
    verify.add_argument(
        "--mutate",
        action="store_true",
        help="instead, make right files wrong in one place each, and list those that still get all points",
    )
    verify.add_argument(
        "--limit",
        type=_count,
        metavar="N",
        help="with --mutate: use only N mutants of an exercise's accepted submissions, always the same ones",
    )
    verify.add_argument(
        "--costs", action="store_true", help="list the share of its function's points that each misconception costs"
    )
    _add_jobs(verify)
    _add_course(verify)


def _add_release(commands: Commands[argparse.ArgumentParser]) -> None:
    release = _add(
        commands,
        "release",
        "release:run",
        "make assignments from solutions: stubs, handouts, public checks and their answer keys",
    )
    _add_exercises(release, "exercises to release; by default, all")
    release.add_argument(
        "--nbgrader",
        type=Path,
        metavar="COURSE",
        help="instead, write a course folder for nbgrader, with notebooks",
    )
    release.add_argument(
        "--students",
        type=Path,
        metavar="DIR",
        help="instead, write the folder that students get, with this package and first steps; "
        "with --repair: a file with a student's name in each line",
    )
    release.add_argument(
        "--standalone",
        metavar="INSTALL",
        help="with --students: also write notebooks that need no other files, for Colab; their first cell installs "
        "this package from INSTALL, a URL or a path of a wheel",
    )
    release.add_argument("--zip", action="store_true", help="with --students: also write the folder as one zip file")
    release.add_argument(
        "--repair",
        metavar="EXERCISE",
        help="instead, write repair tasks: working files with one known mistake each, and a symptom of it",
    )
    release.add_argument("--count", type=_positive, metavar="N", help="with --repair: write N tasks, without names")
    release.add_argument(
        "--output",
        type=Path,
        metavar="OUT",
        help="with --repair: the folder to write <student>/<exercise>/ into; by default, repairs/ in the course",
    )
    _add_course(release)


def _add_package(commands: Commands[argparse.ArgumentParser]) -> None:
    package = _add(commands, "package", "package:run", "write a package with which another system grades an exercise")
    package.add_argument(
        "kind", choices=["gradescope", "classroom50"], help="the system; classroom50 gets the public checks alone"
    )
    package.add_argument("exercise", help="the exercise")
    package.add_argument("--to", type=Path, dest="target", metavar="PATH", help="the zip file or folder to write")
    package.add_argument(
        "--hidden",
        choices=["visible", "after_published", "after_due_date", "hidden"],
        default="visible",
        help="gradescope: when students see hidden checks; until then, they see no total",
    )
    _add_terms(package)
    _add_course(package)


def _add_nbgrader_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    collect = _add(
        commands,
        "collect",
        "collect:run",
        "put the notebook beside .py files that came without it, so that nbgrader does not skip them",
    )
    _add_exercises(collect, "exercises to look at; by default, all that were released")
    collect.add_argument(
        "--nbgrader",
        type=Path,
        default=Path(),
        metavar="COURSE",
        help="nbgrader's course folder; by default, the current one",
    )

    export = _add(
        commands,
        "export",
        "export:run",
        "write results into another system's sheet, a gradebook or reports",
    )
    _add_export_options(export)


def _add_export_options(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "to",
        choices=["canvas", "moodle", "csv", "gradescope", "junit", "ctrf", "nbgrader"],
        help="canvas, moodle and csv fill in a sheet; gradescope, junit and ctrf write a folder",
    )
    _add_exercises(export, "exercises to export; by default, all")
    export.add_argument(
        "--results", type=Path, metavar="FILE", help="results.jsonl of a graded class; by default, the course's"
    )
    export.add_argument("--sheet", type=Path, metavar="CSV", help="the sheet that the system has exported")
    export.add_argument(
        "--to", type=Path, dest="target", metavar="PATH", help="where to write; by default, a file beside the sheet"
    )
    export.add_argument(
        "--column",
        type=_column,
        action="append",
        default=[],
        metavar="EXERCISE=COLUMN",
        help="the sheet's column for an exercise, if it has another name; may be repeated",
    )
    export.add_argument(
        "--roster",
        type=Path,
        metavar="CSV",
        help="a table of who is in the course, with their names and IDs in the system",
    )
    export.add_argument("--feedback", type=Path, metavar="ZIP", help="moodle: also write a zip with feedback files")
    export.add_argument("--dry-run", action="store_true", help="print what would change, and write nothing")
    export.add_argument(
        "--gradebook",
        metavar="URL",
        help="nbgrader: the gradebook, such as sqlite:///gradebook.db or postgresql://user@host/name",
    )
    export.add_argument(
        "--course-id", default="default_course", metavar="ID", help="nbgrader: its CourseDirectory.course_id"
    )


def _add_exercises(parser: argparse.ArgumentParser, description: str) -> None:
    parser.add_argument("exercise", nargs="*", help=description)


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs", type=_positive, default=cores(), metavar="N", help="number of processes; by default, one per core"
    )


def _add_terms(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a submission is graded."""
    parser.add_argument(
        "--seed",
        type=int,
        metavar="N",
        help="for trying things out: draw inputs from N, not from the course key; hidden inputs are no secret then",
    )
    _add_isolation(parser)
    parser.add_argument(
        "--limit",
        type=_limit,
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="replace a limit of the exercise, such as cpu_seconds=10 or memory_bytes=4e9; may be repeated",
    )


def _add_isolation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--isolation",
        type=_level,
        default="good",
        metavar="LEVEL",
        help="the lowest level at which student code may run: strong, good (the default), weak or none; "
        "see autograder doctor",
    )


def _add_results(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output",
        type=Path,
        metavar="OUT",
        help="the results of a graded class; by default, the course's, or this folder",
    )


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--store", type=Path, metavar="FILE", help=f"the database of all results; by default, OUT/{STORE}"
    )


def _add_course(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--course",
        type=Path,
        metavar="DIR",
        help="the folder that holds solutions/; by default, the current one or one above it",
    )


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is negative")
    return number


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


def _column(text: str) -> tuple[str, str]:
    exercise, _, column = text.partition("=")
    if not exercise or not column:
        raise argparse.ArgumentTypeError(f"{text!r} is not EXERCISE=COLUMN")
    return exercise, column


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
