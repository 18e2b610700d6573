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

from autograder.cli.options import Commands, add_commands
from autograder.course import CourseError, UsageError
from autograder.version import VERSION

if TYPE_CHECKING:
    from autograder.starting import Early

USAGE_ERROR = 2
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
# Which commands mean by an option the place that the course file has under that name; every one does by --course.
PLACES = {
    "submissions": ("grade", "import", "report", "feedback", "doctor"),
    "output": ("grade", "history", "report", "feedback", "doctor"),
    "store": ("grade", "history", "feedback", "doctor"),
    "roster": ("grade", "import", "export"),
}
ALL_EXERCISES = ("grade", "verify", "release", "list")  # without names, all of the course's
# Where nothing says otherwise: these commands look into the current folder.
HERE = {"history": "output", "report": "output", "feedback": "output"}
MUST = {"grade": ("submissions", "output"), "import": ("submissions",)}


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
        _apply_course_file(parsed)
    module, _, function = parsed.run.partition(":")
    return int(getattr(importlib.import_module(module), function)(parsed))


def _apply_course_file(arguments: argparse.Namespace) -> None:
    """Fill in options that were not given on the command line; keep the course file, and where it says its key is."""
    from autograder.term import CourseFile, find_course_file

    settings = CourseFile() if arguments.command == "init" else find_course_file(Path.cwd())
    named = getattr(arguments, "course", None)
    if named is not None and not settings.is_of(named):
        settings = CourseFile()  # of another course than the one that was named, or a student's
    arguments.settings = settings
    arguments.key_file = settings.places.get("key")
    names = ("course", *(name for name, commands in PLACES.items() if arguments.command in commands))
    for name in names:
        if getattr(arguments, name, "") is None:
            setattr(arguments, name, settings.places.get(name))
    # Some commands treat exercises that were named differently from all exercises of the course.
    arguments.named = bool(getattr(arguments, "exercise", ()))
    if arguments.command in ALL_EXERCISES and not arguments.exercise:
        arguments.exercise = list(settings.exercises)
    here = HERE.get(arguments.command)
    if here and getattr(arguments, here) is None:
        setattr(arguments, here, Path())
    for name in MUST.get(arguments.command, ()):
        if getattr(arguments, name) is None:
            raise UsageError(
                f"no --{name}, and no course.toml that names it. Next: give --{name}, or run autograder init"
            )


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


def completion(arguments: argparse.Namespace) -> int:
    """Print what a shell has to read to complete commands and options; made by shtab."""
    import shtab

    print(shtab.complete(parser(), arguments.shell))
    return 0


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
    add_commands(commands)
    others = [name for name in commands.choices if name not in FOR_STUDENTS]
    groups = {"For students": FOR_STUDENTS, "For instructors": others}
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


def _complain(text: str) -> None:
    """Print why a command can't do what it was asked; in a terminal, lines are broken between words."""
    width = shutil.get_terminal_size().columns - 1 if sys.stderr.isatty() else sys.maxsize
    for line in text.splitlines():
        print(textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
