"""The command line's commands and options: for each command, the function that runs it, and what it is told.

Importing this module needs neither NumPy nor msgspec.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.course import DEFAULT_SEED
from autograder.processes import cores

STORE = "store.sqlite"  # in OUT, unless --store names another file
Commands = argparse._SubParsersAction  # noqa: SLF001  # what add_subparsers returns has no public name


def add_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add every command to the parser: those for students first."""
    _add_student_commands(commands)
    _add_grading_commands(commands)
    _add_course_commands(commands)
    _add_nbgrader_commands(commands)


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
    plot = _add(commands, "plot", "debug:plot", "draw the notebook's picture of a function, with your own code")
    plot.add_argument("function", metavar="FUNCTION", help="a function that has a picture, such as adam")
    plot.add_argument("path", nargs="*", default=[], help="a file or a folder; by default, the current folder")
    plot.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write the picture into a file, such as adam.png"
    )
    completion = _add(commands, "completion", "main:completion", "print a script that completes commands in a shell")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    for parser in (check, hint):
        parser.add_argument(
            "what",
            nargs="*",
            help="a file <exercise>.py, an assignment's folder, or a function such as adam; by default, everything in "
            "the current folder",
        )


def _add(commands: Commands[argparse.ArgumentParser], name: str, run: str, description: str) -> argparse.ArgumentParser:
    """Add a subcommand; `run` names the module in this package, and the function in it, that runs the command."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=description, description=description)
    parser.set_defaults(run=f"autograder.cli.{run}")
    return parser


def _add_grading_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    grade = _add(commands, "grade", "grade:grade", "grade a class with all checks")
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
        "--only", action="store_true", help="write only the results of this run, not those of the whole course"
    )
    _add_jobs(grade)
    _add_terms(grade)
    grade.add_argument(
        "--reveal",
        action="store_true",
        help="also show values in the messages of hidden checks, for feedback after the deadline",
    )
    grade.add_argument("--force", action="store_true", help="grade unchanged submissions, too")
    grade.add_argument("--preview", action="store_true", help="print how results would change, and write nothing")
    grade.add_argument(
        "--scheduler", metavar="ADDRESS", help="address of a Dask cluster that grades, such as tls://node1:8786"
    )
    _add_store(grade)
    _add_course(grade)

    single = _add(commands, "grade-file", "grade:grade_file", "grade one submitted file with all checks")
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
        "verify:doctor",
        "test how well student code is confined on this machine, and say what is missing",
    )
    doctor.add_argument(
        "--without",
        choices=("bubblewrap", "user", "landlock", "filter", "limits"),
        action="append",
        default=[],
        help="skip a layer, to see what it prevents; may be repeated",
    )
    doctor.add_argument(
        "--submissions", type=Path, metavar="DIR", help="test whether student code can read these submissions"
    )
    doctor.add_argument("--output", type=Path, metavar="OUT", help="test whether student code can read these results")
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
        commands, "feedback", "results:feedback", "write HTML pages of feedback for the students of a graded class"
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
    intake = _add(
        commands,
        "import",
        "systems:import_submissions",
        "put another system's download into the folders that grade reads",
    )
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
        "--exercise", metavar="NAME", help="the exercise that all of it is for; by default, the files' names say it"
    )
    intake.add_argument("--preview", action="store_true", help="print what would be imported, and write nothing")
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
        "verify:verify",
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
        "course:release",
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
        help="instead, write the folder that students get, with this package and a README with the first steps; "
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
        help="instead, write repair tasks: complete files with one known mistake each, and its symptom",
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
    package = _add(
        commands, "package", "systems:package", "write a package with which another system grades an exercise"
    )
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
        "systems:collect",
        "add the notebook to submissions that have only the .py file, so that nbgrader does not skip them",
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
        "systems:export",
        "write results into another system's sheet, a gradebook or reports",
    )
    _add_export_options(export)


def _add_export_options(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "to",
        choices=["canvas", "moodle", "csv", "gradescope", "junit", "ctrf", "nbgrader"],
        help="canvas, moodle and csv fill in a sheet; gradescope, junit and ctrf write a folder; nbgrader fills "
        "its gradebook",
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
