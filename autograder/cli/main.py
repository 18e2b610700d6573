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

from autograder.cores import cores
from autograder.course import DEFAULT_SEED, CourseError, UsageError
from autograder.version import VERSION

if TYPE_CHECKING:
    from autograder.starting import Early

USAGE_ERROR = 2
STORE = "store.sqlite"  # in OUT, unless --store names another file
NAME_WIDTH = 12  # of a command in the list of them
FOR_STUDENTS = ("check", "hint", "debug", "plot", "completion")  # commands that go by no course file
CONFINING = ("grade", "grade-file", "verify", "doctor")  # commands that run other people's code in a sandbox
# Which extra brings a package that not everybody has.
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
CHECKING = ("check", "hint", "debug")  # commands that run a student's own file in a sandbox, where there are any
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
    """Run the function that a command names; what concerns a course goes by its file as well."""
    if parsed.command not in FOR_STUDENTS:
        from autograder.cli.settings import apply_course_file

        apply_course_file(parsed)
    module, _, function = parsed.run.partition(":")
    return int(getattr(importlib.import_module(module), function)(parsed))


def _complain(text: str) -> None:
    """Print why a command can't do what it was asked, broken between words where a terminal would break inside one."""
    width = shutil.get_terminal_size().columns - 1 if sys.stderr.isatty() else sys.maxsize
    for line in text.splitlines():
        print(textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False), file=sys.stderr)


Commands = argparse._SubParsersAction  # noqa: SLF001  # what add_subparsers returns has no public name


@contextlib.contextmanager
def _started_early(parsed: argparse.Namespace) -> Iterator[Early | None]:
    """Start what imports NumPy while this process does, for a command that runs a student's own file in a sandbox."""
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
    """Leaves out the list of commands, which comes in groups at the end."""

    def add_argument(self, action: argparse.Action) -> None:
        """Add an argument, unless it is the command."""
        if not isinstance(action, Commands):
            super().add_argument(action)


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    made: argparse.ArgumentParser = _Parser(
        prog="autograder",
        usage="autograder [--version] COMMAND ...",
        description="Autograded exercises: right verdicts, named mistakes, student code out of reach.",
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
    made.epilog += "\n\nautograder COMMAND --help says more about a command."
    return made


def _listed(title: str, commands: Commands[argparse.ArgumentParser], names: Sequence[str]) -> str:
    """Return commands with what each is for, as wide as the terminal."""
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
    hint = _add(commands, "hint", "check:hint", "the next hint on a mistake that your public checks recognize")
    check.add_argument(
        "--format",
        choices=("json", "junit", "ctrf", "github"),
        help="print one report for other programs; github writes a job summary, too",
    )
    check.add_argument("--watch", action="store_true", help="check again whenever the file is saved")
    debug = _add(commands, "debug", "debug:debug", "write a script that makes the failing call of a check by itself")
    debug.add_argument("check", metavar="CHECK", help="a check such as adam.single_number, or a function such as adam")
    debug.add_argument(
        "path", nargs="*", default=[], help="a file or a folder; without one, what is in the current folder"
    )
    debug.add_argument("--pdb", action="store_true", help="stop in your function, in Python's debugger")
    debug.add_argument("--as-checked", action="store_true", help="with the check's own inputs, not with simpler ones")
    plot = _add(commands, "plot", "plot:plot", "draw what your function does, as its notebook shows it")
    plot.add_argument("function", metavar="FUNCTION", help="a function that has a picture, such as adam")
    plot.add_argument(
        "path", nargs="*", default=[], help="a file or a folder; without one, what is in the current folder"
    )
    plot.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the picture, such as adam.png")
    completion = _add(commands, "completion", "completion:completion", "print what makes a shell complete commands")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    for parser in (check, hint):
        parser.add_argument(
            "what",
            nargs="*",
            help="a file <exercise>.py, an assignment's folder, or a function such as adam; without one, all in the "
            "current folder",
        )


def _add_grading_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    grade = _add(commands, "grade", "grade:run", "grade a class with all checks")
    _add_exercises(grade, "exercises to grade; without one, all that the course has")
    grade.add_argument("--submissions", type=Path, metavar="DIR", help="holds <student>/<exercise>/<exercise>.py")
    grade.add_argument("--output", type=Path, metavar="OUT", help="where results, grades and feedback go")
    grade.add_argument("--roster", type=Path, metavar="CSV", help="who is in the course")
    grade.add_argument(
        "--only", action="store_true", help="show what is graded now, not all that the store has of the course"
    )
    _add_jobs(grade)
    _add_terms(grade)
    grade.add_argument(
        "--reveal",
        action="store_true",
        help="tell values in messages of hidden checks, too: for feedback after the last day to hand in",
    )
    grade.add_argument("--force", action="store_true", help="grade unchanged submissions, too")
    grade.add_argument(
        "--preview", action="store_true", help="write nothing: print how results would differ from the last ones"
    )
    grade.add_argument("--scheduler", metavar="TCP", help="of a Dask cluster that grades, such as tcp://node1:8786")
    _add_store(grade)
    _add_course(grade)

    single = _add(commands, "grade-file", "grade_file:run", "grade one submitted file with all checks")
    single.add_argument(
        "file", type=Path, metavar="FILE", help="what a student submitted, .py or .ipynb; nothing beside it is read"
    )
    single.add_argument("--exercise", required=True, metavar="NAME", help="the exercise that it is for")
    _add_terms(single)
    _add_course(single)

    _add_import(commands)
    _add_result_commands(commands)

    doctor = _add(
        commands,
        "doctor",
        "doctor:run",
        "say how far out of reach student code is on this machine, and what is missing",
    )
    doctor.add_argument(
        "--without",
        choices=("bubblewrap", "user", "landlock", "filter", "limits"),
        action="append",
        default=[],
        help="leave a layer out, to see what it is there for; may be repeated",
    )
    doctor.add_argument("--submissions", type=Path, metavar="DIR", help="a class, to try whether it can be read")
    doctor.add_argument("--output", type=Path, metavar="OUT", help="where the class was graded into, likewise")
    _add_store(doctor)
    _add_course(doctor)


def _add_result_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    history = _add(
        commands,
        "history",
        "results:history",
        "a student's attempts and regrades: dates, scores, what changed",
    )
    history.add_argument("student", help="the student's name, as in results.jsonl")
    _add_exercises(history, "exercises to list; without one, all")
    _add_results(history)
    _add_store(history)

    report = _add(commands, "report", "results:report", "write a page on a graded class")
    _add_results(report)
    report.add_argument(
        "--submissions", type=Path, metavar="DIR", help="show code of wrong functions without a name from here"
    )
    report.add_argument("--title", help="what the page is called; by default, as the course")
    report.add_argument("--anonymous", action="store_true", help="numbers in the place of students' names")

    feedback = _add(commands, "feedback", "feedback:run", "write pages of feedback for students of a graded class")
    feedback.add_argument("student", nargs="*", help="students, as in results.jsonl; without one, all")
    _add_results(feedback)
    feedback.add_argument(
        "--submissions",
        type=Path,
        metavar="DIR",
        help="show students their own functions from here, and what these draw",
    )
    feedback.add_argument("--no-pictures", action="store_true", help="run no student code, and draw nothing")
    _add_isolation(feedback)
    _add_jobs(feedback)
    _add_store(feedback)
    _add_course(feedback)


def _add_import(commands: Commands[argparse.ArgumentParser]) -> None:
    intake = _add(commands, "import", "intake:run", "lay out what another system has given out, to be graded")
    intake.add_argument("system", choices=("moodle", "canvas", "gradescope", "classroom"), help="where it comes from")
    intake.add_argument("download", type=Path, metavar="ZIP_OR_DIR", help="the zip, or the folder it was unpacked into")
    intake.add_argument("--submissions", type=Path, metavar="DIR", help="gets <student>/<exercise>/")
    intake.add_argument("--roster", type=Path, metavar="CSV", help="who is in the course, and in which folder")
    intake.add_argument(
        "--sheet",
        type=Path,
        metavar="CSV",
        help="the system's own table: Moodle's grading worksheet, Canvas's gradebook, GitHub Classroom's grades",
    )
    intake.add_argument(
        "--exercise", metavar="NAME", help="what everything in it is for; by default, names of files say it"
    )
    intake.add_argument("--preview", action="store_true", help="write nothing: print what would be taken for what")
    _add_course(intake)


def _add_course_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    init = _add(commands, "init", "course:init", "write course.toml, and make the secret key of a course")
    init.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="DIR",
        help="the course's folder; by default, the one that holds solutions/, found from the current one",
    )

    new = _add(commands, "new", "course:new", "write a small exercise to start from")
    new.add_argument("name", metavar="NAME", help="the exercise's name, which is a Python name such as softmax")

    _add_verify(commands)
    _add_release(commands)
    _add_package(commands)

    listing = _add(commands, "list", "course:list_exercises", "list exercises, functions, checks and points")
    _add_exercises(listing, "exercises to list; without one, all")
    for parser in (init, new, listing):
        _add_course(parser)


def _add_verify(commands: Commands[argparse.ArgumentParser]) -> None:
    verify = _add(
        commands,
        "verify",
        "verify:run",
        "prove that checks reject what is wrong, accept what is right, and name mistakes",
    )
    _add_exercises(verify, "exercises to verify; without one, all")
    verify.add_argument(
        "--seed",
        type=int,
        nargs="+",
        metavar="N",
        help=f"seeds to verify with; by default, {DEFAULT_SEED}, 1 and 2, or only the first for mutants",
    )
    verify.add_argument("--strict", action="store_true", help="fail on warnings, and on every mutant that survives")
    verify.add_argument(
        "--mutate",
        action="store_true",
        help="instead, make right files wrong in one place each, and list those that keep all points",
    )
    verify.add_argument(
        "--limit",
        type=_count,
        metavar="N",
        help="with --mutate: of the accepted submissions of an exercise, only so many mutants, always the same ones",
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
        "regenerate assignments from solutions: stubs, handouts, public checks and their answer keys",
    )
    _add_exercises(release, "exercises to release; without one, all")
    release.add_argument(
        "--nbgrader",
        type=Path,
        metavar="COURSE",
        help="lay out a course folder for nbgrader, with notebooks, instead",
    )
    release.add_argument(
        "--students",
        type=Path,
        metavar="DIR",
        help="write the folder that students get, with this package and what it takes to start, instead; "
        "with --repair: a file of names, one in each line, each of whom gets a task",
    )
    release.add_argument(
        "--standalone",
        metavar="INSTALL",
        help="with --students: notebooks for Colab, too, that need no files; their first cell installs this package "
        "from a URL or a wheel",
    )
    release.add_argument("--zip", action="store_true", help="with --students: one zip file of it, too")
    release.add_argument(
        "--repair",
        metavar="EXERCISE",
        help="write repair tasks instead: files of the exercise with one known mistake each, told by its symptom",
    )
    release.add_argument("--count", type=_positive, metavar="N", help="with --repair: so many tasks, without names")
    release.add_argument(
        "--output",
        type=Path,
        metavar="OUT",
        help="with --repair: where <student>/<exercise>/ are written; by default, repairs/ in the course",
    )
    _add_course(release)


def _add_package(commands: Commands[argparse.ArgumentParser]) -> None:
    package = _add(commands, "package", "package:run", "write what another system grades an exercise with")
    package.add_argument("kind", choices=["gradescope", "classroom50"], help="classroom50 gets the public checks alone")
    package.add_argument("exercise", help="the exercise")
    package.add_argument("--to", type=Path, dest="target", metavar="PATH", help="the zip, or the folder, to write")
    package.add_argument(
        "--hidden",
        choices=["visible", "after_published", "after_due_date", "hidden"],
        default="visible",
        help="gradescope: when students see hidden checks; until then, it shows them no total",
    )
    _add_terms(package)
    _add_course(package)


def _add_nbgrader_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    collect = _add(
        commands,
        "collect",
        "collect:run",
        "put the notebook back beside .py files that came without it, or nbgrader would skip them",
    )
    _add_exercises(collect, "exercises to look at; without one, all that were released")
    collect.add_argument(
        "--nbgrader", type=Path, default=Path(), metavar="COURSE", help="nbgrader's folder; without it, the current one"
    )

    export = _add(
        commands,
        "export",
        "export:run",
        "write the results of an earlier run into another system's sheet, a gradebook or reports",
    )
    _add_export_options(export)


def _add_export_options(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "to",
        choices=["canvas", "moodle", "csv", "gradescope", "junit", "ctrf", "nbgrader"],
        help="canvas, moodle and csv fill a sheet; gradescope, junit and ctrf write a folder",
    )
    _add_exercises(export, "exercises to export; without one, all")
    export.add_argument(
        "--results", type=Path, metavar="FILE", help="results.jsonl of that run; by default, the course's"
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
        help="the sheet's column for an exercise that has another name there; may be repeated",
    )
    export.add_argument(
        "--roster", type=Path, metavar="CSV", help="who is in the course, and how the system calls them"
    )
    export.add_argument("--feedback", type=Path, metavar="ZIP", help="moodle: write the zip with feedback files, too")
    export.add_argument("--dry-run", action="store_true", help="write nothing: print what would change")
    export.add_argument(
        "--gradebook", metavar="URL", help="nbgrader: sqlite:///gradebook.db, postgresql://user@host/name"
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
    """Add what a submission is graded with."""
    parser.add_argument(
        "--seed",
        type=int,
        metavar="N",
        help="for a trial: draw numbers from N, not from the course key; hidden checks are no secret then",
    )
    _add_isolation(parser)
    parser.add_argument(
        "--limit",
        type=_limit,
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="a limit other than the exercise's own, such as cpu_seconds=10 or memory_bytes=4e9; may be repeated",
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
        "--output", type=Path, metavar="OUT", help="the folder that the class was graded into; by default, this one"
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
