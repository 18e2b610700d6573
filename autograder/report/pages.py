"""HTML pages: the report on a class, and feedback for its students.

They are made from records. The report is one self-contained page; feedback is a page per exercise, and one per student
with links to them. With submissions, functions' lines are on them, too. Pages load nothing from the network. Everything
that a student wrote is escaped, and a page's policy allows only the script and the style in it.
"""

from __future__ import annotations

import base64
import hashlib
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import msgspec
from markupsafe import Markup

from autograder.grading import Submission, read_submission
from autograder.merge import ReleasedNotebook
from autograder.printable import printable, printable_text
from autograder.report.grades import lateness_line
from autograder.report.overview import OUTCOMES, ExerciseOverview, absent, hardest_functions, overview, teach_again
from autograder.report.text import points, sign_of
from autograder.results import BELIEVED, CheckRecord, Record

if TYPE_CHECKING:  # it comes with NumPy
    from autograder.pictures import Picture
    from autograder.svg import Panel

PAGE = Path(__file__).with_name("page")
MAX_EXAMPLE = 60  # lines of a function's code
MAX_GROUPS = 20  # of unrecognized wrong functions that are shown for an exercise
ANONYMOUS = "student {}"
UNNAMED = "…"  # replaces what may be part of somebody's name
COMMENT = re.compile(r"""^((?:[^#"']|"[^"]*"|'[^']*')*)#.*$""")
Example = tuple[str, str, str]  # exercise, function, student
HINT = "Hint: "
INDEX = "index.html"
MAX_NAMED = 4  # functions that an overview lists


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
        The page's title.
    anonymous
        Whether to replace students' names by numbers, in random order.
    submissions
        The folder of submissions; with it, one function of each group of unrecognized mistakes is shown.
    slides
        The lecture's slide for each function.
    """
    shown, names = _without_names(records) if anonymous else _with_safe_names(records)
    exercises = overview(shown)
    scrub = _scrubber(records) if anonymous else str
    examples = {} if submissions is None else _examples(exercises, names, submissions)
    if anonymous:
        examples = {
            place: "\n".join(COMMENT.sub(r"\1", line) for line in examples[place].split("\n")) for place in examples
        }
    script = (PAGE / "report.js").read_text("utf-8")
    return page_template("report.html.j2", "report.css").render(
        title=title,
        script=Markup(script),
        script_hash=_hash(script),
        students=len({record.student for record in shown}),
        records=len(shown),
        exercises=exercises,
        again=teach_again(exercises),
        hardest=hardest_functions(exercises),
        absent=absent(exercises),
        suspects=[(each.name, item) for each in exercises for item in each.items if item.doubt],
        outcomes=OUTCOMES,
        max_groups=MAX_GROUPS,
        scrub=scrub,
        examples=examples,
        slides=slides or {},
    )


def page_template(name: str, *styles: str) -> jinja2.Template:
    """Return the template of a page, with its styles and their hash; all values in it are escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGE), autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined
    )
    style = "".join((PAGE / each).read_text("utf-8") for each in styles)
    environment.globals.update(style=Markup(style), style_hash=_hash(style))
    return environment.get_template(name)


def read_slides(page: Path) -> dict[str, str]:
    """Return the slide of each function, from a page with a table of slides and functions; without the page, none."""
    try:
        text = page.read_text("utf-8")
    except OSError:
        return {}
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text, re.MULTILINE)
    return {name: slide for slide, functions in reversed(rows) for name in re.findall(r"`(\w+)`", functions)}


def _without_names(records: Sequence[Record]) -> tuple[list[Record], dict[str, str]]:
    """Return records with numbers instead of names, in the order of the numbers, and the name of each number.

    Neither the numbers nor the order depend on the names, so that they tell nothing to somebody with the roster.
    """
    students = sorted({record.student for record in records})
    random.SystemRandom().shuffle(students)
    numbers = {name: number for number, name in enumerate(students, 1)}
    exercises = {name: place for place, name in enumerate(dict.fromkeys(record.exercise for record in records))}
    in_order = sorted(records, key=lambda each: (exercises[each.exercise], numbers[each.student]))
    shown = [msgspec.structs.replace(each, student=ANONYMOUS.format(numbers[each.student])) for each in in_order]
    return shown, {ANONYMOUS.format(number): name for name, number in numbers.items()}


def _with_safe_names(records: Sequence[Record]) -> tuple[list[Record], dict[str, str]]:
    """Return records with names that are safe to show, and the real name of each."""
    names = {printable(record.student): record.student for record in records}
    return [msgspec.structs.replace(each, student=printable(each.student)) for each in records], names


def _scrubber(records: Sequence[Record]) -> Callable[[str], str]:
    """Return a function that removes parts of students' names from messages and code; names of functions stay."""
    words = re.compile(r"[^\W_]+")
    needed = {check.function for record in records for check in record.checks} | {each.exercise for each in records}
    kept = {word.casefold() for name in needed for word in words.findall(name)}
    parts = {word.casefold() for name in {each.student for each in records} for word in words.findall(name)}
    hidden = {part for part in parts - kept if len(part) > 2}
    return lambda text: words.sub(lambda word: UNNAMED if word[0].casefold() in hidden else word[0], text)


def _examples(exercises: Sequence[ExerciseOverview], names: Mapping[str, str], submissions: Path) -> dict[Example, str]:
    """Return the code of one student in each group of wrong functions; `names` lead from shown ones to folders."""
    examples: dict[Example, str] = {}
    for exercise in exercises:
        for cluster in exercise.clusters[:MAX_GROUPS]:
            student = cluster.students[0]
            folder = names[student]
            released = ReleasedNotebook(exercise=exercise.name, cells=())
            found = read_submission(submissions, folder, folder, exercise.name, released)
            examples[exercise.name, cluster.function, student] = lines_of(found, cluster.function)[1]
    return examples


def lines_of(submission: Submission, function: str) -> tuple[int, str]:
    """Return the lines of a submitted function, and the number of the first; the file is searched as text, not parsed.

    Of several with the same name, it is the last one, which is the one that was graded.
    """
    head = re.compile(rf"(?:async )?def {re.escape(function)}\b")
    found = 0, ""
    for cell in submission.cells:
        lines = cell.source.decode("utf-8", errors="replace").splitlines()
        for start, line in enumerate(lines):
            if head.match(line):
                end = next((n for n in range(start + 1, len(lines)) if re.match(r"[^\s#)]", lines[n])), len(lines))
                shown = lines[start : min(end, start + MAX_EXAMPLE)]
                found = start + 1, "\n".join(printable(line.expandtabs(4)) for line in shown).rstrip()
    return found


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


# ---- feedback


@dataclass(frozen=True, kw_only=True, slots=True)
class PageCheck:
    """A check on a page: its verdict, and its message in parts."""

    title: str
    sign: str
    tone: str
    status: str
    hidden: bool
    points: float
    max_points: float
    fact: str
    belief: str
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PageFunction:
    """A function on a page: its checks, and its lines if they are available."""

    name: str
    checks: tuple[PageCheck, ...]
    points: float
    max_points: float
    line: int
    code: str
    panels: tuple[Panel, ...]  # SVG of the picture of what it does
    why: str  # why there is no picture, or empty


def feedback_page(
    record: Record,
    *,
    submission: Submission | None = None,
    pictures: Mapping[str, Picture] | None = None,
    graded_at: str = "",
    alone: bool,
) -> str:
    """Return the page of one submission.

    Parameters
    ----------
    record
        Its record.
    submission
        The submission; its lines are shown if it is the one that was graded.
    pictures
        The pictures of its functions, by name.
    graded_at
        The date and time of grading.
    alone
        Whether this is the student's only page, without one on all exercises.
    """
    submission = submission if submission and was_graded(submission, record) else None
    functions = () if record.error else tuple(_functions(record, submission, pictures or {}))
    title = f"{printable(record.student)}: {record.exercise}"
    foot = [f"Submission of {printable(record.student)} to {record.exercise}"]
    foot[0] += f", graded {graded_at}." if graded_at else "."
    if record.files:
        foot.append(f"Graded: {' and '.join(map(printable, record.files))}, with NumPy {record.numpy}.")
    if not record.error:
        foot.append(f"SHA-256 of what was graded: {record.submission_sha256}")
    return _template().render(
        title=title,
        late=lateness_line(record).strip(),
        record=record,
        functions=functions,
        foot=foot,
        others=not alone,
        overview=(),
        text=printable_text,
    )


def student_page(records: Sequence[Record]) -> str:
    """Return the page of one student, with a line and a link for each exercise."""
    overview = [
        {
            "page": page_name(record),
            "exercise": record.exercise,
            "score": record.score - record.deduction,
            "max_score": record.max_score,
            "told": _told(record),
        }
        for record in records
    ]
    total = sum(record.score - record.deduction for record in records)
    most = sum(record.max_score for record in records)
    foot = [f"{points(total)} of {points(most)} points in {len(records)} exercise{'s' * (len(records) != 1)}."]
    return _template().render(
        title=printable(records[0].student),
        late="",
        record=None, functions=(), foot=foot, others=False, overview=overview,
        text=printable_text,
    )  # fmt: skip


def page_name(record: Record) -> str:
    """Return the name of the page of a submission."""
    return f"{record.exercise}.html"


@cache
def _template() -> jinja2.Template:
    return page_template("feedback.html.j2", "report.css", "feedback.css", "picture.css")


def was_graded(submission: Submission, record: Record) -> bool:
    """Say whether a submission is the one of a record, and has not been changed afterwards."""
    return submission.digest() == record.submission_sha256


def _functions(
    record: Record, submission: Submission | None, pictures: Mapping[str, Picture]
) -> Iterator[PageFunction]:
    for name, group in groupby(record.checks, key=lambda check: check.function):
        checks = list(group)
        line, code = lines_of(submission, name) if submission else (0, "")
        picture = pictures.get(name)
        yield PageFunction(
            name=name,
            checks=tuple(_checks(checks)),
            points=sum(check.points for check in checks),
            max_points=sum(check.max_points for check in checks),
            line=line,
            code=code,
            panels=picture.panels if picture else (),
            why=printable_text(picture.why) if picture else "",
        )


def _checks(checks: Sequence[CheckRecord]) -> Iterator[PageCheck]:
    """Yield checks with their messages in parts; the same message is shown once for several checks in a row."""
    said = ""
    for check in checks:
        message = check.message if check.message != said else ""
        said = check.message
        fact, _, named = message.partition(BELIEVED)
        belief, _, hint = named.partition(HINT)
        sign, tone = sign_of(check.status)
        yield PageCheck(
            title=check.title,
            sign=sign,
            tone=tone,
            status=check.status.replace("_", " "),
            hidden=check.visibility == "hidden",
            points=check.points,
            max_points=check.max_points,
            fact=printable_text(fact.strip("\n")),
            belief=printable_text(belief.strip()),
            hint=printable_text(hint.strip()),
        )


def _told(record: Record) -> str:
    """Return in words what remains to be done."""
    if record.error and record.error.kind == "missing":
        return "not submitted"
    if record.error:
        return f"not graded ({record.error.kind}): {printable_text(record.error.message)}"
    states: Mapping[str, list[str]] = {"not_attempted": [], "": []}
    for name, group in groupby(record.checks, key=lambda check: check.function):
        found = {check.status for check in group}
        if found != {"passed"}:
            states["not_attempted" if found == {"not_attempted"} else ""].append(name)
    parts = [("", states[""]), ("not written: ", states["not_attempted"])]
    return "; ".join(
        words + ", ".join(names[:MAX_NAMED]) + f", and {len(names) - MAX_NAMED} more" * (len(names) > MAX_NAMED)
        for words, names in parts
        if names
    )
