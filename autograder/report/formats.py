"""Records in the formats that other programs read: JSON, JUnit XML, CTRF, GitHub's annotations, Gradescope's results.

The formats of a student's checks are functions from checked files to text. JUnit is the subset that Jenkins'
junit-10.xsd allows; CTRF is version 1.0.0 (ctrf.io); annotations are GitHub's workflow commands, in which everything
that a student wrote is escaped. Reports on a class are folders: one JUnit or CTRF file per exercise, or one
results.json per submission, as Gradescope has it (gradescope/autograder_samples: docs/specs.md).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import msgspec

from autograder.course import UsageError
from autograder.printable import printable, printable_text
from autograder.private import make_private_file, make_private_folder
from autograder.report.grades import is_step
from autograder.report.text import points, sign_of
from autograder.results import CheckRecord, Note, Record
from autograder.version import VERSION

MAX_ANNOTATIONS = 10  # that GitHub shows for a step
MAX_SUMMARY = 1_000_000  # characters; GitHub refuses a summary beyond 1 MiB
CTRF_STATUS = {"passed": "passed", "not_attempted": "pending", "skipped": "skipped"}  # else failed
Shown = Literal["visible", "after_published", "after_due_date", "hidden"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A file, its record, and what its code printed; in a report on a class, the student instead of the file."""

    file: Path
    record: Record
    notes: tuple[Note, ...] = ()
    student: str = ""

    @property
    def suites(self) -> tuple[str, ...]:
        """Return the names of the suites around its tests, from the outside inwards."""
        return (*((printable(self.student),) if self.student else ()), self.record.exercise)

    def line_of(self, function: str) -> int:
        """Return the line in which a function begins in the file, or 1; of several definitions, the last one counts."""
        try:
            text = self.file.read_text("utf-8", errors="replace")
        except OSError:
            return 1
        pattern = rf"^([ \t]*)(?:async[ ]+)?def[ ]+{re.escape(function)}\b"
        found = list(re.finditer(pattern, text, re.MULTILINE))
        outermost = [each for each in found if not each[1]] or found
        return text.count("\n", 0, outermost[-1].start()) + 1 if found else 1


def as_json(checked: Sequence[Checked]) -> str:
    """Return one object with everything: `{"version", "files": [{"file", "record", "printed"}]}`."""
    files = [
        {
            "file": str(each.file),
            "record": msgspec.to_builtins(each.record),
            "printed": {note.check: note.printed for note in each.notes if note.printed},
        }
        for each in checked
    ]
    return json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=1) + "\n"


def as_junit(checked: Sequence[Checked]) -> str:
    """Return a JUnit report: a suite per file, a test per check, points as properties of the suite."""
    root = ElementTree.Element("testsuites", name="autograder")
    for each in checked:
        record, checks = each.record, each.record.checks
        outcomes = [_outcome(check, record) for check in checks]
        # GitLab counts a class and a name only once: in a report on a class, both have the student's name.
        suite_name = ".".join(name.replace(".", "_") for name in each.suites)
        suite = ElementTree.SubElement(root, "testsuite", name=suite_name, tests=str(len(checks)))
        suite.set("failures", str(outcomes.count("failure")))
        suite.set("errors", str(outcomes.count("error")))
        suite.set("skipped", str(outcomes.count("skipped")))
        suite.set("time", f"{sum(check.seconds for check in checks):.6f}")
        properties = ElementTree.SubElement(suite, "properties")
        for check in checks:
            worth = f"{points(check.points)}/{points(check.max_points)}"
            ElementTree.SubElement(properties, "property", name=f"points.{check.id}", value=worth)
        for check, outcome in zip(checks, outcomes, strict=True):
            case = ElementTree.SubElement(suite, "testcase", name=check.id, time=f"{check.seconds:.6f}")
            case.set("classname", f"{suite_name}.{check.function}")
            if outcome:
                told = _told(check, record)
                child = ElementTree.SubElement(case, outcome, message=_xml(f"{check.title}: {told}".split("\n", 1)[0]))
                if outcome != "skipped":
                    child.set("type", record.error.kind if record.error else check.status)
                child.text = _xml(told)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=True) + "\n"


def as_ctrf(checked: Sequence[Checked]) -> str:
    """Return a CTRF report; points are in each test's `extra`."""
    tests: list[dict[str, Any]] = [
        {
            "name": check.id,
            "status": "failed" if each.record.error else CTRF_STATUS.get(check.status, "failed"),
            "duration": round(1000 * check.seconds),
            "suite": [*each.suites, check.function],
            "message": f"{check.title}\n{_told(check, each.record)}".strip(),
            "rawStatus": each.record.error.kind if each.record.error else check.status,
            **({} if each.student else {"filePath": str(each.file), "line": each.line_of(check.function)}),
            "extra": {"points": check.points, "max_points": check.max_points, "visibility": check.visibility},
        }
        for each in checked
        for check in each.record.checks
    ]
    counts = {
        status: sum(test["status"] == status for test in tests)
        for status in ("passed", "failed", "skipped", "pending", "other")
    }
    # Reports have no date: the same file gives the same report.
    summary = {"tests": len(tests), **counts, "start": 0, "stop": sum(test["duration"] for test in tests)}
    results = {"tool": {"name": "autograder", "version": VERSION}, "summary": summary, "tests": tests}
    return json.dumps({"reportFormat": "CTRF", "specVersion": "1.0.0", "results": results}, indent=1) + "\n"


def as_annotations(checked: Sequence[Checked]) -> str:
    """Return workflow commands that put what is wrong beside the functions' first lines, as many as GitHub shows."""
    commands = []
    for each in checked:
        for check in each.record.checks:
            if check.status not in ("passed", "not_attempted") or each.record.error:
                line = (each.record.error.line if each.record.error else None) or each.line_of(check.function)
                title = _property(f"{check.function}: {check.title}")
                place = f"file={_property(str(each.file))},line={line},title={title}"
                commands.append(f"::error {place}::{_data(_told(check, each.record))}")
            if each.record.error:
                break  # one annotation for the whole file
    return "".join(f"{command}\n" for command in commands[:MAX_ANNOTATIONS])


def as_summary(checked: Sequence[Checked]) -> str:
    """Return a job summary in GitHub's Markdown, in which everything that a student wrote is plain text."""
    lines = []
    for each in checked:
        record = each.record
        lines += [f"## {record.exercise}: {points(record.score)} of {points(record.max_score)} points", ""]
        if record.error:
            lines += [f"<pre>Not graded ({record.error.kind}): {html.escape(record.error.message)}</pre>", ""]
            continue
        lines += ["| | function | check | points |", "|---|---|---|---:|"]
        for check in record.checks:
            title = html.escape(check.title).replace("|", "&#124;")
            told = _without_markup(_told(check, record)).replace("\n", "<br>")
            message = f"<br><code>{told}</code>" if told else ""
            worth = f"{points(check.points)}/{points(check.max_points)}"
            verdict = f"{sign_of(check.status)[0]}&nbsp;{check.status.replace('_', '&nbsp;')}"
            lines.append(f"| {verdict} | <code>{check.function}</code> | {title}{message} | {worth} |")
        lines.append("")
    return ("\n".join(lines) + "\n")[:MAX_SUMMARY]


FORMATS: dict[str, Callable[[Sequence[Checked]], str]] = {
    "json": as_json,
    "junit": as_junit,
    "ctrf": as_ctrf,
    "github": as_annotations,
}


def _outcome(check: CheckRecord, record: Record) -> str:
    """Return the element for a check's status; a test without one is passed."""
    if record.error:
        return "error"
    if check.status == "passed":
        return ""
    return {"failed": "failure", "skipped": "skipped", "not_attempted": "skipped"}.get(check.status, "error")


def _told(check: CheckRecord, record: Record) -> str:
    return printable_text(record.error.message if record.error else check.message)


def _xml(text: str) -> str:
    """Remove the characters that XML 1.0 does not allow."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _without_markup(text: str) -> str:
    """Return a text without markup of HTML or Markdown."""
    return re.sub(r"[&<>\"'|\\`*_{}\[\]()#+!~@-]", lambda sign: f"&#{ord(sign[0])};", text)


# ---- a whole class


def _junit(records: Sequence[Record]) -> dict[str, str]:
    return {f"{name}.xml": as_junit(own) for name, own in _by_exercise(records)}


def _ctrf(records: Sequence[Record]) -> dict[str, str]:
    return {f"{name}.json": as_ctrf(own) for name, own in _by_exercise(records)}


def _gradescope(records: Sequence[Record]) -> dict[str, str]:
    stray = [each.student for each in records if not is_step(each.student)]
    if stray:
        raise UsageError(f"{stray[0]!r} is not the name of a folder: these results are not from autograder grade")
    return {
        f"{record.student}/{record.exercise}/results.json": json.dumps(results_json(record), indent=1)
        for record in records
    }


REPORTS: dict[str, Callable[[Sequence[Record]], dict[str, str]]] = {
    "junit": _junit,
    "ctrf": _ctrf,
    "gradescope": _gradescope,
}


def write_reports(kind: str, records: Sequence[Record], folder: Path) -> list[Path]:
    """Write the reports of a kind into a folder, and return their files."""
    written = []
    for name, text in REPORTS[kind](records).items():
        file = folder / name
        make_private_folder(file.parent)
        make_private_file(file)
        file.write_text(text, "utf-8")
        written.append(file)
    return written


def _by_exercise(records: Sequence[Record]) -> list[tuple[str, list[Checked]]]:
    in_order = sorted(records, key=lambda record: record.exercise)
    groups = groupby(in_order, key=lambda record: record.exercise)
    return [
        (name, [Checked(file=Path(), record=record, student=record.student) for record in group])
        for name, group in groups
    ]


# ---- Gradescope


def results_json(record: Record, hidden: Shown = "visible") -> dict[str, Any]:
    """Return the JSON that Gradescope reads and shows.

    Parameters
    ----------
    record
        The submission's record.
    hidden
        When students see hidden checks. If one is not visible, Gradescope shows students no total, either. Our messages
        of hidden checks are safe to show.
    """
    tests: list[dict[str, Any]] = []
    if record.error is not None:
        place = f", line {record.error.line}" if record.error.line else ""
        tests.append(
            {
                "name": "The submission can be graded",
                "score": 0.0,
                "max_score": 0.0,
                "status": "failed",
                "output": printable_text(f"{record.error.kind}{place}: {record.error.message}"),
                "visibility": "visible",
            }
        )
    tests += [
        {
            "name": check.title,
            "number": check.id,
            "score": check.points,
            "max_score": check.max_points,
            "status": "passed" if check.status == "passed" else "failed",
            "output": printable_text(check.message or ("" if check.status == "passed" else check.status)),
            "tags": [check.function, check.kind],
            "visibility": "visible" if check.visibility == "public" else hidden,
            "extra_data": {"id": check.id, "status": check.status, "diagnosis": list(check.diagnosis)},
        }
        for check in record.checks
    ]
    told = [f"{points(record.score)} of {points(record.max_score)} points.", *(f"{each}." for each in record.advice)]
    return {
        "score": record.score,
        "execution_time": round(sum(check.seconds for check in record.checks), 3),
        "output": "\n".join(map(printable, told)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "exercise": record.exercise,
            "submission_sha256": record.submission_sha256,
            "exercise_version": record.exercise_version,
            "grader_version": record.grader_version,
            "isolation": record.isolation,
        },
    }
