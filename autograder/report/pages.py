"""Feedback as HTML pages: one per exercise, and one per student with links to them; no script, no network, all text
escaped.

It turns records into HTML. With the submission, each function's lines are on the page, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import jinja2

from autograder.grading import Submission
from autograder.pictures import Panel, Picture
from autograder.printable import printable
from autograder.report.grades import lateness_line
from autograder.report.html import lines_of, page_template
from autograder.report.text import points, sign_of
from autograder.results import BELIEVED, CheckRecord, Record

HINT = "Hint: "
INDEX = "index.html"
MAX_NAMED = 4  # functions that an overview lists


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
        text=_text,
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
        text=_text,
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
        picture = pictures.get(name, Picture())
        yield PageFunction(
            name=name,
            checks=tuple(_checks(checks)),
            points=sum(check.points for check in checks),
            max_points=sum(check.max_points for check in checks),
            line=line,
            code=code,
            panels=picture.panels,
            why=_text(picture.why),
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
            fact=_text(fact.strip("\n")),
            belief=_text(belief.strip()),
            hint=_text(hint.strip()),
        )


def _told(record: Record) -> str:
    """Return in words what remains to be done."""
    if record.error and record.error.kind == "missing":
        return "not submitted"
    if record.error:
        return f"not graded ({record.error.kind}): {_text(record.error.message)}"
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


def _text(text: str) -> str:
    return "\n".join(map(printable, text.split("\n")))
