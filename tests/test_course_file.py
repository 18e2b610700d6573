"""course.toml: written with comments, read by every command, overridden by options; due dates and what they cost."""

from __future__ import annotations

import csv
import json
import tomllib
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.cli.main import main
from autograder.course import UsageError
from autograder.store import open_read_only
from autograder.term import CourseFile, HandIn, LatePolicy, find_course_file, kept_hand_in, lateness, read_course_file
from tests.conftest import TRIAL
from tests.courses import FILES, NAME, write_course

SOLUTION = FILES[f"{NAME}.py"]
HALF = "def double(x): return 2 * x\n"  # 40 points
DUE = datetime(2026, 11, 5, 23, 0, tzinfo=UTC)


@pytest.fixture
def command(tmp_path, capsys, monkeypatch):
    """Return a function that runs a command in a term's folder beside the course, and returns what it printed."""
    write_course(tmp_path / "course")
    (tmp_path / "term").mkdir()

    def run(*words: object, code: int = 0, cwd: Path | str = "term") -> str:
        monkeypatch.chdir(tmp_path / cwd)
        returned = main([*map(str, words)])
        said = capsys.readouterr()
        assert returned == code, said
        return said.out + said.err

    return run


def write(tmp_path: Path, text: str) -> Path:
    """Write the term's course file."""
    file = tmp_path / "term" / "course.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def submit(folder: Path, student: str, source: str = SOLUTION) -> None:
    """Put a submission into its place."""
    file = folder / student / NAME / f"{NAME}.py"
    file.parent.mkdir(parents=True)
    file.write_text(source, "utf-8")


def row(output: Path, student: str) -> dict[str, str]:
    """Return a student's row of grades.csv."""
    header, *rows = csv.reader((output / "grades.csv").read_text("utf-8-sig").splitlines())
    return next(dict(zip(header, each, strict=True)) for each in rows if each[0] == student)


# ---- the file


def test_init_writes_a_file_with_comments_that_is_read_as_it_is(tmp_path, command):
    """`init DIR` makes the folder, its file and its key; again, nothing is changed; the file holds no secret."""
    said = command("init", "--course", tmp_path / "course", tmp_path / "ws26", cwd=".")
    file = tmp_path / "ws26" / "course.toml"
    assert str(file) in said
    text = file.read_text("utf-8")
    assert text.count("#") > 15
    assert tomllib.loads(text)["exercises"] == [NAME]
    key = tmp_path / "ws26" / ".autograder" / "course_key"
    assert key.read_text().strip() not in text
    settings = read_course_file(file)
    assert settings.places["course"].resolve() == tmp_path / "course"
    assert settings.places["key"].resolve() == key
    assert settings.late == LatePolicy()
    file.write_text("# mine\n")
    assert "There is a course file already" in command(
        "init", "--course", tmp_path / "course", tmp_path / "ws26", cwd="."
    )
    assert file.read_text() == "# mine\n"


def test_a_term_is_graded_without_any_option(tmp_path, command):
    """In the folder that `init` made, or below it, `grade`, `history` and `list` need no option; its key is its own."""
    command("init", "--course", "../course", ".")
    submit(tmp_path / "term" / "submitted", "ada")
    (tmp_path / "term" / "below").mkdir()
    assert "1 of 1 graded" in command("grade", cwd="term/below")
    assert row(tmp_path / "term" / "results", "ada")["total"] == "100"
    assert "100 of 100" in command("history", "ada")
    assert f"{NAME}: 2 checks" in command("list")
    assert "100 of 100 points" in command(
        "grade-file", tmp_path / "term" / "submitted" / "ada" / NAME / f"{NAME}.py", "--exercise", NAME
    )
    (record,) = map(json.loads, (tmp_path / "term" / "results" / "results.jsonl").read_text().splitlines())
    assert record["course_key"]
    assert not (tmp_path / "course" / ".autograder" / "course_key").exists()


def test_options_come_before_the_file(tmp_path, command):
    """Each place in the file can be overridden by an option; another course has its own key."""
    command("init", "--course", "../course", ".")
    submit(tmp_path / "elsewhere", "ben")
    words = ["--submissions", tmp_path / "elsewhere", "--output", tmp_path / "out", "--store", tmp_path / "store"]
    command("grade", *words)
    assert row(tmp_path / "out", "ben")["total"] == "100"
    assert (tmp_path / "store").is_file()
    assert not (tmp_path / "term" / "results").exists()
    write_course(tmp_path / "second")
    assert "has no key" in command("grade", *words, "--course", tmp_path / "second", code=2)


def test_without_file_and_options_one_line_says_what_to_do(tmp_path, command):
    """Without submissions, output and course.toml, `grade` names both ways to go on."""
    said = command("grade", code=2)
    assert (
        "no --submissions, and no course.toml that names it. Next: give --submissions, or run autograder init" in said
    )
    write(tmp_path, "submissions = 'x'\n")
    assert "no --output" in command("grade", code=2)


def test_only_the_exercises_of_the_course_are_graded_and_in_its_order(tmp_path, command):
    """The exercises in the file are the course's; one that does not exist is reported in one line."""
    write(tmp_path, "course = '../course'\nsubmissions = 'submitted'\noutput = 'out'\nexercises = ['nothing']\n")
    submit(tmp_path / "term" / "submitted", "ada")
    said = command("grade", *TRIAL, code=2)
    assert "no exercise 'nothing'" in said
    assert said.count("\n") == 1


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = \n", "Invalid value"),
        ("cours = '.'\n", "cours is not known; expected one of name, timezone, exercises"),
        ("[late]\nkep = 'last'\n", "late.kep is not known"),
        ("name = 3\n", "name is 3; expected a text"),
        ("[late]\nfree_days = 1.5\n", "late.free_days is 1.5; expected a whole number"),
        ("[late]\nfree_days = true\n", "late.free_days is True; expected a whole number"),
        ("[late]\nfree_days = -1\n", "late.free_days is -1; expected 0 or more"),
        ("[late]\nkeep = 'first'\n", 'late.keep is "first"; expected one of "last", "best", "last before due"'),
        ("[late]\npenalty_per_day = 110\n", "expected a percentage"),
        ("exercises = ['a b']\n", "expected a list of names"),
        ("exercises = ['a', 'a']\n", "exercises has a twice"),
        ("[due]\na = 2026-11-05\n", "due.a is 2026-11-05; expected date and time"),
        ("[due]\na = 'tomorrow'\n", "due.a is tomorrow; expected date and time"),
        ("timezone = 'Berlin'\n", 'timezone is "Berlin"; expected one such as "Europe/Berlin"'),
        ("timezone = '../../etc/passwd'\n", "timezone is"),
    ],
)
def test_wrong_file_is_one_line(text, words, tmp_path):
    """A file with an error is reported with its name and what was expected."""
    with pytest.raises(UsageError) as told:
        read_course_file(write(tmp_path, text))
    assert str(told.value).startswith(f"{tmp_path / 'term' / 'course.toml'}: ")
    assert words in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.unit
def test_due_dates_are_in_the_courses_time_zone(tmp_path):
    """A date without an offset is in the course's time zone, summer time included."""
    settings = read_course_file(
        write(tmp_path, "timezone = 'Europe/Berlin'\n[due]\na = 2026-07-01T23:00:00\nb = 2026-11-05T23:00:00Z\n")
    )
    assert settings.due["a"].astimezone(UTC) == datetime(2026, 7, 1, 21, tzinfo=UTC)
    assert settings.due["b"] == DUE


@pytest.mark.unit
@pytest.mark.parametrize("text", ["course = '/tmp/evil'\n", "this is no TOML"])
def test_file_that_a_student_submitted_is_not_gone_by(text, tmp_path):
    """A course.toml among the submissions is ignored, wherever among them a command is started."""
    own = write(tmp_path, "submissions = 'submitted'\n")
    folder = tmp_path / "term" / "submitted" / "mallory" / "tiny"
    folder.mkdir(parents=True)
    for place in (folder, folder.parent):
        (place / "course.toml").write_text(text)
    for start in (folder, folder.parent):
        assert find_course_file(start).file == own
    (tmp_path / "other").mkdir()
    assert find_course_file(tmp_path / "other").file is None


def test_file_below_a_course_is_gone_by_only_if_init_knows_it(tmp_path, command):
    """A student's course.toml may be in a folder inside the course: it is refused unless `init` has written it."""
    course = tmp_path / "course"
    folder = course / "class" / "mallory"
    folder.mkdir(parents=True)
    (folder / "course.toml").write_text("course = '../..'\nkey = 'known_key'\n")
    said = command("list", code=2, cwd="course/class/mallory")
    assert "is it a student's?" in said
    assert said.count("\n") == 1
    command("init", "ws26", cwd="course")
    assert f"{NAME}: 2 checks" in command("list", cwd="course/ws26")
    assert (course / ".autograder" / "terms").stat().st_mode & 0o777 == 0o600
    assert f"{NAME}: 2 checks" in command("list", cwd="course")


def test_file_of_another_course_than_the_named_one_says_nothing(tmp_path, command):
    """If --course names another course, nothing in the file of the current folder is used."""
    write(tmp_path, "course = '../evil'\nexercises = ['evil']\nname = 'x'\n[late]\naccepted_days = 0\n")
    assert f"{NAME}: 2 checks" in command("list", "--course", tmp_path / "course")


@pytest.mark.parametrize("course", ["", "course = '.'\n"], ids=["names no course", "names its own folder"])
def test_file_beside_a_download_decides_nothing_about_a_named_course(course, tmp_path, command):
    """A student's course.toml, in a folder that was downloaded, can't change the key that --course is graded with."""
    folder = tmp_path / "downloads" / "mallory"
    folder.mkdir(parents=True)
    key = folder / "known_key"
    key.write_text("0" * 64 + "\n")
    key.chmod(0o600)
    (folder / "course.toml").write_text(f"{course}key = 'known_key'\noutput = '../written'\n")
    (folder / f"{NAME}.py").write_text(SOLUTION)
    words = ["grade-file", f"{NAME}.py", "--exercise", NAME, "--course", tmp_path / "course"]
    assert "has no key" in command(*words, code=2, cwd=folder)
    assert not (tmp_path / "course" / ".autograder").exists()


def test_students_commands_go_by_no_file(tmp_path, command):
    """`check` is for students: a course.toml that can't be read doesn't concern it."""
    write(tmp_path, "no TOML")
    assert "course.toml" not in command("check", code=2)
    assert "course.toml: " in command("list", code=2)


# ---- late days and attempts


def hand_in(number: int, hours: float | None, exercise: str = "a", **fields: object) -> HandIn:
    """Return an attempt that was submitted some hours after the due date."""
    when = None if hours is None else DUE + timedelta(hours=hours)
    given = {"student": "ada", "content": "", "late": False, "source": "", **fields}
    return HandIn(number=number, exercise=exercise, submitted_at=when, **given)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("keep", "hours", "kept"),
    [
        ("last", [-5, -1, 30], 3),
        ("best", [-5, -1, 30], 3),
        ("last before due", [-5, -1, 30], 2),
        ("last before due", [-1, -5, 30], 1),
        ("last before due", [0.1, 30], 1),
        ("last before due", [2, 30], 1),
        ("last before due", [None, None], 2),
        ("last", [30, -1], 1),
    ],
)
def test_kept_attempt(keep, hours, kept):
    """The last attempt, or the last before the due date, counts, if times are known; of late ones, the first."""
    attempts = [hand_in(number, each) for number, each in enumerate(hours, 1)]
    assert kept_hand_in(attempts, DUE, LatePolicy(keep=keep, grace_minutes=10)).number == kept


@pytest.mark.unit
@pytest.mark.parametrize(
    ("hours", "policy", "days", "lost"),
    [
        (-1, {}, 0, 0.0),
        (0, {}, 0, 0.0),
        (0.1, {}, 1, 0.0),
        (0.1, {"grace_minutes": 10}, 0, 0.0),
        (24, {"penalty_per_day": 10}, 1, 0.1),
        (24.1, {"penalty_per_day": 10}, 2, 0.2),
        (24.1, {"penalty_per_day": 10, "free_days": 1}, 2, 0.1),
        (24.1, {"penalty_per_day": 10, "free_days": 5}, 2, 0.0),
        (24 * 30, {"penalty_per_day": 10}, 30, 1.0),
        (24 * 3, {"accepted_days": 3}, 3, 0.0),
        (24 * 3 + 1, {"accepted_days": 3}, 4, 1.0),
    ],
)
def test_late_days_and_what_they_cost(hours, policy, days, lost):
    """A day that has begun counts as a day; grace and free days come first; work after the last day earns nothing."""
    course = CourseFile(due={"a": DUE}, late=LatePolicy(**policy))
    (found,) = lateness([hand_in(1, hours)], course).values()
    assert (found.late_days, found.share_lost) == (days, pytest.approx(lost))


@pytest.mark.unit
def test_free_days_are_used_up_in_the_order_of_due_dates():
    """The first late days are free, in whichever order exercises are read."""
    due = {"b": DUE, "a": DUE + timedelta(days=30)}
    course = CourseFile(due=due, late=LatePolicy(penalty_per_day=10, free_days=3))
    found = lateness([hand_in(1, 24 * 32, "a"), hand_in(1, 48, "b")], course)
    assert {exercise: each.share_lost for (_, exercise), each in found.items()} == {"b": 0.0, "a": pytest.approx(0.1)}


@pytest.mark.unit
def test_mark_without_a_time_is_late_and_costs_nothing():
    """Work that a system only marks as late is late by an unknown time; without a due date, nothing is late."""
    course = CourseFile(due={"a": DUE}, late=LatePolicy(penalty_per_day=10))
    (found,) = lateness([hand_in(1, None, late=True)], course).values()
    assert (found.late_days, found.share_lost) == (None, 0.0)
    (found,) = lateness([hand_in(1, 500, "other")], course).values()
    assert (found.late_days, found.share_lost) == (0, 0.0)


def download(file: Path, *members: tuple[str, tuple[int, int], str]) -> tuple[object, ...]:
    """Write a download of Moodle: participant, day and hour of November 2026, and source of each; and its worksheet."""
    lines = ["Identifier,Full name,Last modified (submission)"]
    with zipfile.ZipFile(file, "w") as packed:
        for name, (day, hour), source in members:
            number = sum(name.encode())
            packed.writestr(f"{name}_{number}_assignsubmission_file/{NAME}.py", source)
            lines.append(f'Participant {number},{name},"Monday, {day} November 2026, {hour}:00 PM"')
    sheet = file.with_suffix(".csv")
    sheet.write_text("\n".join(lines))
    return file, "--sheet", sheet


def term(tmp_path: Path, late: str) -> None:
    """Write a course file with a due date and a late policy."""
    write(
        tmp_path,
        "course = '../course'\nsubmissions = 'submitted'\noutput = 'out'\n"
        f"[due]\n{NAME} = 2026-11-05T23:00:00Z\n[late]\n{late}\n",
    )


def test_late_hand_in_costs_points_in_the_table_and_not_in_the_score(tmp_path, command):
    """The record keeps the points of the checks, with late days and deduction; table and feedback say what counts."""
    term(tmp_path, "penalty_per_day = 10")
    members = (("ada", (7, 12), SOLUTION), ("ben", (5, 12), SOLUTION), ("eve", (7, 12), ""))
    command("import", "moodle", *download(tmp_path / "x.zip", *members))
    assert "The times of submission are not known" not in command(
        "import", "moodle", *download(tmp_path / "x.zip", *members)
    )
    assert "The times of submission are not known" in command("import", "moodle", tmp_path / "x.zip")
    command("grade", *TRIAL)
    output = tmp_path / "term" / "out"
    assert row(output, "ada")[NAME] == row(output, "ada")["total"] == "80"
    assert row(output, "ada")["status"] == f"late: {NAME} (2 days, 20 points off)"
    assert row(output, "ben")["status"] == "complete"
    assert row(output, "eve")["total"] == "0"
    records = {each["student"]: each for each in map(json.loads, (output / "results.jsonl").read_text().splitlines())}
    assert [records["ada"][name] for name in ("score", "late_days", "deduction")] == [100.0, 2, 20.0]
    assert records["ada"]["submitted_at"] == "2026-11-07T12:00:00+00:00"
    feedback = (output / "feedback" / "ada" / f"{NAME}.txt").read_text("utf-8")
    assert feedback.endswith("\nSubmitted late: 2 days, 20 points off. 80 of 100 points count.\n")


@pytest.mark.parametrize(
    ("keep", "penalty", "points", "days"),
    [("last", 10, "20", 2), ("last before due", 10, "40", 0), ("best", 10, "90", 1), ("best", 70, "40", 0)],
)
def test_attempt_that_counts(keep, penalty, points, days, tmp_path, command):
    """Three attempts: 40 points in time, 100 a day late, 40 two days late; which counts is what the course says.

    Grading again grades nothing, and changes nothing.
    """
    term(tmp_path, f"keep = '{keep}'\npenalty_per_day = {penalty}")
    for number, (day, source) in enumerate([(5, HALF), (6, SOLUTION), (7, f"{HALF}# again\n")]):
        command("import", "moodle", *download(tmp_path / f"{number}.zip", ("ada", (day, 12), source)))
    command("grade", *TRIAL)
    output = tmp_path / "term" / "out"
    told = row(output, "ada")
    assert told["total"] == points
    assert told["status"].startswith(f"late: {NAME} ({days} day") if days else told["status"] == "complete"
    before = (output / "results.jsonl").read_bytes(), history(output)
    assert "1 of 1 unchanged" in command("grade", *TRIAL)
    assert ((output / "results.jsonl").read_bytes(), history(output)) == before
    command("grade", *TRIAL, "--preview")


def history(output: Path) -> list[float]:
    """Return the scores of all attempts in the store, in their order."""
    with open_read_only(output / "store.sqlite") as store:
        return [json.loads(attempt.record)["score"] for attempt in store.attempts("ada")]
