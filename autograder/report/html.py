"""Write a class's report: one page that holds everything it shows, and asks no other server for anything.

What enters are records, what leaves is HTML. Whatever a student wrote is escaped, and the page's own policy allows no
script or style but the two in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup

from autograder.grading import Unreadable, read_file
from autograder.printable import printable
from autograder.report.overview import OUTCOMES, ExerciseOverview, overview, teach_again
from autograder.results import Record

PAGE = Path(__file__).with_name("page")
MAX_EXAMPLE = 60  # lines of a function's code
ANONYMOUS = "student {}"
Example = tuple[str, str, str]  # exercise, function, student


def write_report(
    records: Sequence[Record],
    *,
    title: str,
    anonymous: bool = False,
    submissions: Path | None = None,
    slides: Mapping[str, str] | None = None,
) -> str:
    """Return the report of a class as an HTML page.

    Parameters
    ----------
    records
        The class's records, as in `results.jsonl`.
    title
        What the page is called.
    anonymous
        Put numbers in the place of students' names.
    submissions
        Where submissions are; with it, each group of wrong functions without a name shows one of them.
    slides
        The lecture's slide of each function, to return to.
    """
    shown = _without_names(records) if anonymous else _with_safe_names(records)
    names = {mine.student: theirs.student for mine, theirs in zip(shown, records, strict=True)}
    exercises = overview(shown)
    examples = {} if submissions is None else _examples(exercises, names, submissions)
    style, script = ((PAGE / name).read_text("utf-8") for name in ("report.css", "report.js"))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGE), autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("report.html.j2").render(
        title=title,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        students=len({record.student for record in shown}),
        records=len(shown),
        exercises=exercises,
        again=teach_again(exercises),
        suspects=[(each.name, item) for each in exercises for item in each.items if item.suspect],
        outcomes=OUTCOMES,
        examples=examples,
        slides=slides or {},
    )


def read_slides(page: Path) -> dict[str, str]:
    """Return the slide of each function, from a page with a table of slides and functions; without it, none."""
    try:
        text = page.read_text("utf-8")
    except OSError:
        return {}
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text, re.MULTILINE)
    return {name: slide for slide, functions in reversed(rows) for name in re.findall(r"`(\w+)`", functions)}


def _without_names(records: Sequence[Record]) -> list[Record]:
    numbers = {name: number for number, name in enumerate(sorted({record.student for record in records}), 1)}
    return [msgspec.structs.replace(each, student=ANONYMOUS.format(numbers[each.student])) for each in records]


def _with_safe_names(records: Sequence[Record]) -> list[Record]:
    return [msgspec.structs.replace(each, student=printable(each.student)) for each in records]


def _examples(exercises: Sequence[ExerciseOverview], names: Mapping[str, str], submissions: Path) -> dict[Example, str]:
    """Return the code of one student in each group of wrong functions; `names` lead from shown ones to folders."""
    examples: dict[Example, str] = {}
    for exercise in exercises:
        for cluster in exercise.clusters:
            student = cluster.students[0]
            steps = (names[student], exercise.name, f"{exercise.name}.py")
            examples[exercise.name, cluster.function, student] = _function_in(submissions, steps, cluster.function)
    return examples


def _function_in(submissions: Path, steps: tuple[str, ...], function: str) -> str:
    """Return a function's lines in a file, found by its first line and indentation: nothing submitted is parsed."""
    try:
        lines = read_file(submissions, steps).decode("utf-8", errors="replace").splitlines()
    except Unreadable:
        return ""
    start = next((n for n, line in enumerate(lines) if re.match(rf"def {re.escape(function)}\b", line)), None)
    if start is None:
        return ""
    end = next((n for n in range(start + 1, len(lines)) if re.match(r"[^\s#)]", lines[n])), len(lines))
    return "\n".join(map(printable, lines[start : min(end, start + MAX_EXAMPLE)])).rstrip()


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
