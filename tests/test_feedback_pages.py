"""Feedback pages, and values of hidden checks that are shown once nobody can submit any more."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
import zipfile

import msgspec
import pytest

from autograder.cli.main import main
from autograder.grading import single_file
from autograder.report.pages import feedback_page, student_page
from autograder.results import Error, Record
from tests.conftest import ROOT, TRIAL, autograder
from tests.courses import FILES, NAME, write_course
from tests.test_foreign_folders import submit
from tests.test_report_page import BELIEVES, HOSTILE, check_of, record_of

SOURCE = "import os\n\ndef f(x):\n    return '<b>' + x\n\ndef g(x):\n\treturn x\n\nprint(1)\n"


def page_record(student: str = "ada") -> Record:
    """Return a record of the submission SOURCE."""
    checks = (
        check_of("a", "f", passed=False, message="y is off.\nIt looks as if: p is what is kept.\nHint: Try p = 0.1."),
        check_of("b", "f", passed=False, message=HOSTILE), check_of("c", "f", passed=False, message=HOSTILE),
        check_of("a", "g", passed=True),
    )  # fmt: skip
    digest = single_file(student, "x", SOURCE.encode()).digest()
    return msgspec.structs.replace(
        record_of(student, checks), submission_sha256=digest, files=("x.py",), numpy="2.4.6", advice=(HOSTILE,)
    )


@pytest.mark.unit
def test_page_says_what_the_text_says():
    """Verdicts, messages, belief, hint, code, name, date and hash are on the page; a repeated message is shown once."""
    submission = single_file("ada", "x", SOURCE.encode())
    page = feedback_page(page_record(), submission=submission, graded_at="2026-11-30 08:00 UTC", alone=False)
    shown = html.unescape(page)
    for text in ("ada: x", "10</strong> of 40 points", "y is off.", "p is what is kept.", "Try p = 0.1.",
                 "def f(x):\n    return '<b>' + x</pre>", "from line 3", "from line 6",
                 "2026-11-30 08:00 UTC", page_record().submission_sha256):  # fmt: skip
        assert text in shown
    assert page.count("alert(1)") == 2  # in one of two equal messages, and in the advice
    other = single_file("ada", "x", SOURCE.encode() + b"#")
    assert "Your code" not in feedback_page(page_record(), submission=other, alone=True)
    broken = record_of("ada", (), Error(kind="syntax", message=HOSTILE, line=3))
    assert "Not graded: syntax, line 3" in feedback_page(broken, alone=True)
    absent = record_of("ada", (), Error(kind="missing", message="x/x.py was not submitted"))
    overview = student_page([broken, absent])
    assert "not graded (syntax)" in overview
    assert ">not submitted<" in overview


@pytest.mark.unit
def test_nothing_on_a_page_runs():
    """A student's markup, control characters and templates appear as text; the policy allows only one style."""
    name = f"\u202e{HOSTILE}\x1b"
    record = page_record(name)
    for page in (feedback_page(record, alone=False), student_page([record, record])):
        assert "<script" not in page
        assert "<img" not in page
        assert not {"\u202e", "\x1b"} & set(page)
        (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
        policy = re.search('http-equiv="Content-Security-Policy" content="(.*?)"', page)[1]
        assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "script-src" not in policy
        assert "http" not in page.replace("http-equiv", "")


@pytest.fixture
def grade(tmp_path):
    """Return a function that grades a class of one, whose file is wrong in a hidden check, and returns the record."""
    write_course(tmp_path / "course")
    submit(tmp_path, "ada", f"{FILES[f'{NAME}.py']}\n\ndef shift(x, by=1.0):\n    return x + 2 * by\n")

    def run(*arguments: str) -> dict:
        words = ["grade", *TRIAL, "--course", tmp_path / "course", "--submissions", tmp_path / "class", "--jobs", 1]
        assert main([*map(str, [*words, "--output", tmp_path / "out", *arguments])]) == 0
        return json.loads((tmp_path / "out" / "results.jsonl").read_text("utf-8"))

    return run


def test_values_are_told_where_that_was_asked_for(grade, tmp_path, capsys):
    """With --reveal, a hidden check shows actual and expected values; points and the next run stay the same."""
    plain = grade()
    told = grade("--reveal")
    assert "whoever reads them may learn the inputs" in capsys.readouterr().out
    assert told["score"] == plain["score"] == 40
    hidden = [next(check for check in each["checks"] if check["visibility"] == "hidden") for each in (plain, told)]
    assert "expected" not in hidden[0]["message"].splitlines()[0]
    assert re.search(r"got \S+, expected \S+ \(tolerance", hidden[1]["message"])
    again = grade()
    assert "1 of 1 unchanged" in capsys.readouterr().out
    assert again == plain
    assert main(["history", "ada", "--output", str(tmp_path / "out")]) == 0
    history = capsys.readouterr().out
    assert "values of hidden checks are shown" in history
    assert "values of hidden checks are not shown" in history


def test_command_writes_a_page_for_each(grade, tmp_path, capsys):
    """Pages are beside the text, for their owner alone, with the student's code and a date; a browser accepts them."""
    grade()
    words = ["feedback", "--output", tmp_path / "out", "--submissions", tmp_path / "class"]
    assert main([*map(str, [*words, "--course", tmp_path / "course"])]) == 0
    assert "1 pages of 1 students" in capsys.readouterr().out
    folder = tmp_path / "out" / "feedback" / "ada"
    assert sorted(file.name for file in folder.iterdir()) == ["index.html", f"{NAME}.html", f"{NAME}.txt"]
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    page = (folder / f"{NAME}.html").read_text("utf-8")
    assert "return x + 2 * by" in page
    assert re.search(r"graded 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC", page)
    assert f'href="{NAME}.html"' in (folder / "index.html").read_text("utf-8")
    assert main([*map(str, [*words, "nobody"])]) == 2
    chromium = shutil.which("chromium")
    assert chromium, "needed: apt-get install chromium"
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    command += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"]
    command += [
        f"--user-data-dir={tmp_path / 'profile'}",
        "--enable-logging=stderr",
        (folder / f"{NAME}.html").as_uri(),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "ada: tiny" in shown.stdout
    assert "CONSOLE" not in shown.stderr


def test_moodle_gets_the_pages(tmp_path):
    """The zip of feedback files has the page of each student."""
    (tmp_path / "results.jsonl").write_bytes(msgspec.json.encode(page_record()) + b"\n")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Identifier,Full name,Status,Grade,Maximum grade,Changed\nParticipant 1,ada,x,,40,-\n", "utf-8")
    words = ("--results", tmp_path / "results.jsonl", "--sheet", sheet, "--feedback", tmp_path / "x.zip")
    done = autograder("export", "moodle", *words, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        (name,) = archive.namelist()
        assert name == "ada_1_assignfeedback_file/x.html"
        assert b"All exercises" not in archive.read(name)


@pytest.mark.unit
def test_belief_is_the_one_of_the_text():
    """A message in one line, as earlier versions wrote it, is shown with belief and hint, too."""
    check = check_of("a", "f", passed=False, message=BELIEVES)
    page = feedback_page(record_of("ada", (check,)), alone=True)
    assert "<strong>It looks as if:</strong> p is what is kept.</p>" in page
    assert "<strong>Hint:</strong> Try p = 0.1.</p>" in page
