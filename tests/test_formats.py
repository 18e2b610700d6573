"""Reports for other programs: a reader of each format accepts them, and no text of a student's is a command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import jsonschema
import pytest
from markdown_it import MarkdownIt

from autograder.report.formats import Checked, as_annotations, as_ctrf, as_json, as_junit, as_summary
from autograder.results import CheckRecord, Error, Note, Record
from tests.conftest import EXERCISES, autograder

NAME = "normalization"
HOSTILE = "::error::fooled\n::stop-commands::x\n%0A::warning::y\r\n"
HOSTILE += "</pre><script>alert(1)</script> | `a` **b** \x1b[31m \ud800 ]]>"
# What ctrf.io's schema of spec 1.0.0 asks of the parts that are written here.
CTRF = {
    "type": "object",
    "required": ["reportFormat", "specVersion", "results"],
    "additionalProperties": False,
    "properties": {
        "reportFormat": {"const": "CTRF"},
        "specVersion": {"type": "string", "pattern": "^[0-9]+[.][0-9]+[.][0-9]+$"},
        "results": {
            "type": "object",
            "required": ["tool", "summary", "tests"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["name"],
                    "additionalProperties": False,
                    "properties": {"name": {"type": "string"}, "version": {"type": "string"}},
                },
                "summary": {
                    "type": "object",
                    "required": ["tests", "passed", "failed", "skipped", "pending", "other", "start", "stop"],
                    "additionalProperties": {"type": "integer"},
                },
                "tests": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "status", "duration"],
                        "additionalProperties": False,
                        "properties": {
                            "name": {"type": "string", "minLength": 1},
                            "status": {"enum": ["passed", "failed", "skipped", "pending", "other"]},
                            "duration": {"type": "integer", "minimum": 0},
                            "suite": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                            "message": {"type": "string"},
                            "rawStatus": {"type": "string"},
                            "filePath": {"type": "string"},
                            "line": {"type": "integer"},
                            "extra": {"type": "object"},
                        },
                    },
                },
            },
        },
    },
}
# The elements and attributes that Jenkins' junit-10.xsd allows, and those that it requires.
ALLOWED = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "file"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "time"},
    "skipped": {"type", "message"},
    "error": {"type", "message"},
    "failure": {"type", "message"},
}
REQUIRED = {"testsuite": {"name", "tests", "failures", "errors"}, "property": {"name", "value"}, "testcase": {"name"}}
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "properties": {"property"},
    "testcase": {"skipped", "error", "failure"},
}


def check_of(status: str, number: int, message: str = "") -> CheckRecord:
    """Return the record of a check."""
    return CheckRecord(
        id=f"f.check_{number}", function="f", title="f is right", kind="reference", visibility="public", status=status,
        points=2.5 if status == "passed" else 0.0, max_points=2.5, message=message, diagnosis=(), seconds=0.0015,
    )  # fmt: skip


@pytest.fixture
def checked(tmp_path) -> Checked:
    """Return a file with a check of every status; its author tries to smuggle in commands."""
    statuses = ("passed", "failed", "not_attempted", "error", "timeout", "memory", "crash", "skipped")
    checks = tuple(check_of(status, number, HOSTILE * (status != "passed")) for number, status in enumerate(statuses))
    file = tmp_path / "a,b:c.py"
    file.write_text("import numpy as np\n\n\ndef f(x):\n    return x\n", "utf-8")
    return Checked(file=file, record=record_of(checks), notes=(Note(check="f.check_1", printed=HOSTILE, raised=()),))


def record_of(checks: tuple[CheckRecord, ...], error: Error | None = None) -> Record:
    """Return a record with these checks."""
    return Record(
        student="s", exercise="x", status="error" if error else "graded", score=2.5, max_score=20.0, error=error,
        checks=checks, advice=(), submission_sha256="", exercise_version="", grader_version="", seed=0,
        isolation="good",
    )  # fmt: skip


@pytest.mark.unit
def test_junit_has_what_the_strict_schema_allows_and_no_more(checked):
    """Every element and attribute is one of Jenkins' schema, counts add up, and names are unique."""
    root = ElementTree.fromstring(as_junit([checked]))
    for element in root.iter():
        assert set(element.attrib) <= ALLOWED[element.tag]
        assert REQUIRED.get(element.tag, set()) <= set(element.attrib)
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
    (suite,) = root
    outcomes = [case[0].tag if len(case) else "passed" for case in suite.iter("testcase")]
    assert outcomes == ["passed", "failure", "skipped", "error", "error", "error", "error", "skipped"]
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["8", "1", "4", "2"]
    assert len({(case.get("classname"), case.get("name")) for case in suite.iter("testcase")}) == 8
    assert {each.get("name"): each.get("value") for each in suite.iter("property")}["points.f.check_0"] == "2.5/2.5"


@pytest.mark.unit
def test_ctrf_is_valid(checked):
    """The report validates, its summary counts its tests, and each test has its place and points."""
    report = json.loads(as_ctrf([checked]))
    jsonschema.validate(report, CTRF)
    summary, tests = report["results"]["summary"], report["results"]["tests"]
    counted = {status: sum(test["status"] == status for test in tests) for status in ("passed", "failed", "skipped")}
    assert counted == {"passed": 1, "failed": 5, "skipped": 1}
    assert {name: summary[name] for name in counted} == counted
    assert {test["line"] for test in tests} == {4}
    assert tests[0]["extra"]["points"] == 2.5


@pytest.mark.unit
def test_json_has_everything(checked):
    """The JSON report is one object with the whole record and the printed output."""
    (file,) = json.loads(as_json([checked]))["files"]
    assert [check["status"] for check in file["record"]["checks"]][:2] == ["passed", "failed"]
    assert file["printed"] == {"f.check_1": HOSTILE}


@pytest.mark.unit
def test_annotations_are_the_only_commands(checked):
    """Every line is one annotation of ours with file and line; the student's text is only data in it."""
    lines = as_annotations([checked, checked]).split("\n")
    assert lines.pop() == ""
    assert len(lines) == 10
    for line in lines:
        assert line.isprintable()
        assert line.startswith(f"::error file={checked.file.parent}/a%2Cb%3Ac.py,line=4,title=f%3A f is right::")
        assert "\r" not in line
        assert "%250A" in line  # what looked like a line's end is none


@pytest.mark.unit
def test_annotation_is_at_the_definition_that_counts(checked):
    """If there are several functions of one name, Python calls the last; a method in a class is a different one."""
    again = "\n\ndef f(x):\n    return 2 * x\n\n\nclass Other:\n    def f(self):\n        return 3\n"
    checked.file.write_text(checked.file.read_text("utf-8") + again, "utf-8")
    assert ",line=8," in as_annotations([checked])


@pytest.mark.unit
def test_summary_is_text(checked):
    """GitHub's Markdown finds our table, and no HTML, link or emphasis of the student's."""
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(as_summary([checked]))
    assert "<script" not in page
    assert "<strong>" not in page
    assert "alert(1)" in page
    assert "&amp;#" not in page  # no sign is disarmed twice
    assert page.count("<tr>") == 9
    assert page.count("<td><code>f</code></td>") == 8
    assert "<td>✗\u00a0not\u00a0attempted</td>" not in page
    assert "<td>·\u00a0not\u00a0attempted</td>" in page
    error = Checked(file=checked.file, record=record_of((), Error(kind="syntax", message="<b>x</b>", line=3)))
    assert "<b>" not in as_summary([error])


@pytest.mark.unit
def test_file_that_cannot_be_graded_is_one_annotation(checked):
    """An error of the whole file is reported once, in its line; in JUnit, every test has it."""
    record = record_of(checked.record.checks, Error(kind="syntax", message="no Python", line=3))
    broken = Checked(file=checked.file, record=record)
    assert as_annotations([broken]).count("::error ") == 1
    assert ",line=3," in as_annotations([broken])
    assert as_junit([broken]).count("<error message=") == 8


@pytest.mark.parametrize("name", ["json", "junit", "ctrf", "github"])
def test_command_writes_every_format(name, tmp_path):
    """`autograder check --format` prints one report; the exit code is 0 only if all checks are passed."""
    folder = tmp_path / NAME
    shutil.copytree(EXERCISES[NAME].assignment, folder)
    (folder / f"{NAME}.py").write_text(
        "print('::error::fooled')\ndef standardize(x, mean, std):\n    return x\n", "utf-8"
    )
    summary = tmp_path / "summary.md"
    result = subprocess.run(
        [sys.executable, "-m", "autograder", "check", "--format", name, folder],
        env=os.environ | {"GITHUB_STEP_SUMMARY": str(summary)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (1, "")
    if name == "junit":
        assert ElementTree.fromstring(result.stdout).tag == "testsuites"
    elif name == "github":
        assert {line.partition(" ")[0] for line in result.stdout.splitlines()} == {"::error"}
        assert summary.read_text("utf-8").startswith(f"## {NAME}: 0 of ")
    else:
        json.loads(result.stdout)
    assert summary.exists() == (name == "github")
    shutil.copy(EXERCISES[NAME].solution, folder)
    assert autograder("check", "--format", name, folder).returncode == 0
