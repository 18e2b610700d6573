"""The report on a class: right numbers, hostile text shown as text, one file that loads nothing else."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import subprocess

import msgspec
import pytest

from autograder.cli.main import main
from autograder.report.overview import Lesson, absent, hardest_functions, overview, teach_again
from autograder.report.pages import read_slides, write_report
from autograder.results import CheckRecord, Error, Record
from tests.conftest import ROOT, autograder
from tests.programs import program

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"
BELIEVES = "y is off.\nIt looks as if: p is what is kept. Hint: Try p = 0.1."


def check_of(name: str, function: str, *, passed: bool, message: str = "", status: str = "failed") -> CheckRecord:
    """Return the record of a check that is worth 10 points."""
    return CheckRecord(
        id=f"{function}.{name}", function=function, title=f"{function} is right", kind="reference",
        visibility="public", status="passed" if passed else status, points=10.0 * passed, max_points=10.0,
        message="" if passed else message, diagnosis=("f.kept",) if message == BELIEVES else (), seconds=0.01,
    )  # fmt: skip


def record_of(student: str, checks: tuple[CheckRecord, ...], error: Error | None = None) -> Record:
    """Return a record with these checks."""
    return Record(
        student=student, exercise="x", status="error" if error else "graded", error=error, checks=checks, advice=(),
        score=sum(check.points for check in checks), max_score=10.0 * len(checks), submission_sha256="",
        exercise_version="", grader_version="", seed=1, isolation="good",
    )  # fmt: skip


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Return a class of forty: ten hold a belief, five are wrong alike, one check goes with failing the rest."""
    found = []
    for number in range(40):
        believes, alike = number < 10, 10 <= number < 15
        message = BELIEVES if believes else "g(x): off" if alike else ""
        f, g = not believes, not alike
        checks = (
            check_of("a", "f", passed=f, message=message), check_of("b", "f", passed=f, message=message),
            check_of("a", "g", passed=g, message=message), check_of("odd", "h", passed=not (f and g)),
        )  # fmt: skip
        found.append(record_of(f"s{number}", checks))
    found.append(record_of("nobody", (), Error(kind="missing", message="was not submitted")))
    found.append(record_of("broken", (), Error(kind="syntax", message=HOSTILE)))
    return found


@pytest.mark.unit
def test_overview_counts(records):
    """Scores, outcomes, beliefs, groups, errors and missing students are those of the class."""
    (exercise,) = overview(records)
    assert len(exercise.scores) == 40
    assert sum(exercise.bars) == 40
    assert exercise.functions[0].counts == {"right": 30, "partly": 0, "wrong": 10, "skipped": 0, "not attempted": 0}
    (belief,) = exercise.beliefs
    assert (belief.id, belief.text, len(belief.students)) == ("f.kept", "p is what is kept.", 10)
    assert [(cluster.function, len(cluster.students)) for cluster in exercise.clusters] == [("h", 25), ("g", 5)]
    assert (exercise.missing, [kind for _, kind, _ in exercise.errors]) == (("nobody",), ["syntax"])
    assert teach_again([exercise])[1] == Lesson(
        exercise="x", function="f", text=belief.text, students=10, count=40, named=True
    )
    assert hardest_functions([exercise]) == [("x", "h", 15 / 40), ("x", "f", 0.75), ("x", "g", 0.875)]
    assert absent([exercise]) == ["nobody"]


@pytest.mark.unit
def test_mistakes_are_counted_by_belief_and_by_behavior():
    """A student with two beliefs counts for both; a mark of any function is no belief; own lines split no group."""
    two = "off.\nIt looks as if: One. And: Two.\nHint: Look."
    mark = "off: at {}.\n  line {}, in f: return x\nIt looks as if: y is twice as large.\nHint: Look."
    both = msgspec.structs.replace(check_of("a", "f", passed=False, message=two), diagnosis=("f.one", "f.two"))
    found = [record_of("s0", (both,))]
    for number, place in enumerate(("(0, 1)", "(0, 1)", "(2, 2)"), 1):
        check = check_of("a", "f", passed=False, message=mark.format(place, number))
        found.append(record_of(f"s{number}", (msgspec.structs.replace(check, diagnosis=("generic.factor",)),)))
    (exercise,) = overview(found)
    assert [(belief.id, belief.text) for belief in exercise.beliefs] == [("f.one", "One."), ("f.two", "Two.")]
    assert [cluster.students for cluster in exercise.clusters] == [("s1", "s2"), ("s3",)]
    assert exercise.clusters[0].mark == "y is twice as large."
    assert exercise.clusters[0].messages == ("f.a: off: at (0, 1).",)
    (lesson, *_) = teach_again([exercise])
    assert (lesson.text, lesson.students, lesson.named) == ("y is twice as large.", 2, False)


@pytest.mark.unit
def test_check_that_the_weak_pass_is_suspect(records):
    """A check is marked if students pass it who fail the rest; below ten submissions, none is."""
    (exercise,) = overview(records)
    doubts = {item.id: item.doubt for item in exercise.items}
    assert (doubts["f.a"], doubts["f.b"], doubts["h.odd"]) == ("", "", "passed by those who fail the rest")
    assert "Doubtful: passed by those who fail the rest." in write_report(records, title="x")
    (few,) = overview(records[:9])
    assert {(item.facility, item.discrimination, item.doubt) for item in few.items} == {(None, None, "")}


@pytest.mark.unit
def test_what_students_wrote_is_text(records):
    """Markup, scripts and templates in names, messages and code appear as text; the policy names our own hashes."""
    hostile = record_of(HOSTILE, (check_of("a", "f", passed=False, message=HOSTILE),))
    page = write_report([*records, hostile], title=HOSTILE)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "7 * 7" in page
    (style,), (script,) = (
        re.findall(r"<style>(.*?)</style>", page, re.S),
        re.findall(r"<script>(.*?)</script>", page, re.S),
    )
    policy = re.search('http-equiv="Content-Security-Policy" content="(.*?)"', page)[1]
    for text in (style, script):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "http" not in re.sub('http-equiv="Content-Security-Policy"', "", page)


@pytest.mark.unit
def test_anonymous_report_names_nobody(records, tmp_path):
    """With `anonymous`, no student's name is on the page, in messages or in code; the counts stay."""
    lovelace = "Lovelace_Ada-{}"
    named = [msgspec.structs.replace(each, student=lovelace.format(each.student)) for each in records]
    named[-1] = msgspec.structs.replace(named[-1], error=Error(kind="unreadable", message="found ada_lovelace_x.py"))
    for each in named:
        if any(check.message == "g(x): off" for check in each.checks):
            folder = tmp_path / each.student / "x"
            folder.mkdir(parents=True)
            (folder / "x.py").write_text("def g(x):  # by me, A. L.\n    return '#'  # Lovelace\n", "utf-8")
    page = html.unescape(write_report(named, title="x", anonymous=True, submissions=tmp_path))
    assert "lovelace" not in page.casefold()
    assert "found …_…_x.py" in page
    assert "def g(x):  \n    return '#'  </pre>" in page
    assert "student 1" in page
    orders = {
        re.search(r"<p class=.small.>(student .*?)</p>", write_report(named, title="x", anonymous=True))[1]
        for _ in range(9)
    }
    assert len(orders) > 1  # chance gives the numbers: the names' order says nothing


@pytest.mark.unit
def test_group_shows_the_code_of_one(records, tmp_path):
    """With submissions, a group shows the function of its first student, and nothing through a link."""
    folder = tmp_path / "s10" / "x"
    folder.mkdir(parents=True)
    (folder / "x.py").write_text("import os\n\ndef g(x):\n    return x < 3\n\ndef other(): pass\n", "utf-8")
    page = write_report(records, title="x", submissions=tmp_path)
    assert "def g(x):\n    return x &lt; 3</pre>" in page
    assert "def other" not in page
    cells = [{"cell_type": "code", "metadata": {}, "source": f"def g(x):\n    return {n}"} for n in (1, 2)]
    (folder / "x.ipynb").write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))
    (folder / "x.py").rename(folder / "kept")
    assert "def g(x):\n    return 2</pre>" in write_report(records, title="x", submissions=tmp_path)
    (folder / "x.ipynb").unlink()
    (folder / "kept").rename(folder / "x.py")
    (folder / "x.py").rename(tmp_path / "secret.py")
    (folder / "x.py").symlink_to(tmp_path / "secret.py")
    assert "return x &lt; 3" not in write_report(records, title="x", submissions=tmp_path)


@pytest.mark.unit
def test_group_shows_nothing_of_what_is_no_submission(records, tmp_path):
    """A link, a pipe, or a huge file instead of a submission shows no code, and does not stop the page."""
    (tmp_path / "secret" / "x").mkdir(parents=True)
    (tmp_path / "secret" / "x" / "x.py").write_text("def g(x): return 'secret'\n")
    folder = tmp_path / "class" / "s10"
    folder.mkdir(parents=True)
    (folder / "x").symlink_to(tmp_path / "secret" / "x")
    assert "'secret'" not in html.unescape(write_report(records, title="x", submissions=tmp_path / "class"))
    (folder / "x").unlink()
    (folder / "x").mkdir()
    os.mkfifo(folder / "x" / "x.py")
    assert "s10" in write_report(records, title="x", submissions=tmp_path / "class")
    (folder / "x" / "x.py").unlink()
    (folder / "x" / "x.py").write_text("def g(x): return 'huge'\n" + "#" * 2**20)
    assert "'huge'" not in html.unescape(write_report(records, title="x", submissions=tmp_path / "class"))


@pytest.mark.unit
def test_names_on_the_page_have_no_control_characters(records):
    """A name is shown without characters that could turn the text around it, or break its line."""
    named = [msgspec.structs.replace(each, student=f"\u202e{each.student}\n\x1b[2J") for each in records]
    page = write_report(named, title="x")
    assert "?s10??[2J" in page
    assert not {"\u202e", "\x1b"} & set(page)


@pytest.mark.unit
def test_every_function_has_its_slide():
    """The lecture's page gives each function the slide to return to."""
    slides = read_slides(ROOT / "docs" / "lecture.md")
    assert slides["adam"] == "Adagrad, RMSProp, Adadelta, Adam"
    assert slides["dropout_forward"] == "Regularization: dropout"
    assert read_slides(ROOT / "nothing.md") == {}


def test_page_of_a_large_class_opens_in_a_browser(records, tmp_path):
    """The page of a thousand students is smaller than 3 MB, and a browser shows it without refusing anything in it."""
    chromium = program("chromium")
    many = [msgspec.structs.replace(record, student=f"{record.student}-{n}") for n in range(25) for record in records]
    lines = b"".join(msgspec.json.encode(record) + b"\n" for record in many)
    (tmp_path / "results.jsonl").write_bytes(lines)
    result = autograder("report", "--output", tmp_path, "--title", "Winter term")
    assert result.returncode == 0, result.stderr
    page = tmp_path / "report.html"
    assert page.stat().st_size < 3e6
    assert page.stat().st_mode & 0o077 == 0
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    command += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr", page.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "What to teach again" in shown.stdout
    assert "CONSOLE" not in shown.stderr
    assert autograder("report", "--output", tmp_path / "none").returncode == 2


def test_page_of_a_whole_course_stays_small(records, tmp_path):
    """The page of a thousand students in fourteen exercises is at most three megabytes."""
    classes = [records[number % 41] for number in range(1000)]
    with (tmp_path / "results.jsonl").open("wb") as file:
        for exercise in range(14):
            for number, one in enumerate(classes):
                checks = tuple(
                    msgspec.structs.replace(check, id=f"{part}{check.id}", function=f"{part}{check.function}")
                    for part in "abcdef"
                    for check in one.checks
                )
                own = msgspec.structs.replace(one, student=f"s{number}", exercise=f"x{exercise}", checks=checks)
                file.write(msgspec.json.encode(own) + b"\n")
    assert main(["report", "--output", str(tmp_path)]) == 0
    assert 20_000 < (tmp_path / "report.html").stat().st_size < 3e6
