"""grades.csv and results.jsonl show the whole course, whatever was graded last, and which submissions are missing."""

from __future__ import annotations

import csv
import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from autograder.cli.main import main
from autograder.course import DEFAULT_SEED
from autograder.course_key import seeded
from autograder.recording import key_files
from tests.conftest import TRIAL
from tests.courses import FILES, NAME, WAYS, write_course, write_twin

SOLUTION = FILES[f"{NAME}.py"]
OTHER = "other"
pytestmark = pytest.mark.usefixtures("measured_once")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory) -> Path:
    """Return a course of two exercises, `tiny` and `other`, with its answer keys."""
    exercise = write_course(tmp_path_factory.mktemp("recorded") / "course")
    key_files([exercise, write_twin(exercise, OTHER)], seeded(DEFAULT_SEED))
    return exercise.root


@pytest.fixture
def course(recorded, tmp_path):
    """Return a folder with a copy of it."""
    shutil.copytree(recorded, tmp_path / "course")
    return tmp_path


@pytest.fixture
def grade(course, capsys):
    """Return a function that grades a folder with the course, and returns what it printed."""

    def run(*arguments: object, submissions: str = "class", code: int = 0, trial: tuple[object, ...] = TRIAL) -> str:
        words = ["grade", *trial, "--course", course / "course", "--jobs", 1, "--output", course / "out"]
        returned = main([*map(str, [*words, "--submissions", course / submissions, *arguments])])
        said = capsys.readouterr()
        assert returned == code, said
        return said.out + said.err

    return run


def submit(folder: Path, student: str, exercise: str, source: str = SOLUTION) -> Path:
    """Put a submission into its place."""
    file = folder / student / exercise / f"{exercise}.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, "utf-8")
    return file


def table(output: Path) -> list[list[str]]:
    """Return the rows of grades.csv."""
    return list(csv.reader((output / "grades.csv").read_text("utf-8-sig").splitlines()))


def rows(output: Path) -> dict[str, dict[str, str]]:
    """Return the rows of grades.csv by student."""
    header, *others = table(output)
    return {row[0]: dict(zip(header, row, strict=True)) for row in others}


def shown(output: Path) -> set[tuple[str, str]]:
    """Return exercise and student of every record."""
    lines = (output / "results.jsonl").read_text("utf-8").splitlines()
    return {(record["exercise"], record["student"]) for record in map(json.loads, lines)}


def test_each_week_adds_its_column_and_keeps_the_others(course, grade):
    """If one exercise is graded alone, last week's column stays."""
    submit(course / "class", "ada", NAME)
    submit(course / "class", "ben", NAME, "")
    grade(NAME)
    assert table(course / "out")[0] == ["student", NAME, "total", "status"]
    submit(course / "class", "ada", OTHER)
    grade(OTHER)
    assert table(course / "out") == [
        ["student", OTHER, NAME, "total", "status"],
        ["maximum points", "100", "100", "200", ""],
        ["ada", "100", "100", "200", "complete"],
        ["ben", "", "0", "0", f"missing: {OTHER}"],
    ]
    assert shown(course / "out") == {(OTHER, "ada"), (OTHER, "ben"), (NAME, "ada"), (NAME, "ben")}


def test_folder_of_this_week_alone_takes_nothing_from_last_week(course, grade):
    """If each week has its own folder, no exercise and no student is forgotten, without naming any exercise."""
    submit(course / "week 1", "ada", NAME)
    submit(course / "week 1", "ben", NAME)
    grade(submissions="week 1")
    submit(course / "week 2", "ada", OTHER)
    submit(course / "week 2", "ada", NAME, "")  # submitted again, and worse
    submit(course / "week 2", "zoë", OTHER)
    said = grade(submissions="week 2")
    found = rows(course / "out")
    assert [*found] == ["maximum points", "ada", "ben", "zoë"]
    assert (found["ada"][NAME], found["ada"][OTHER]) == ("0", "100")
    assert (found["ben"][NAME], found["ben"][OTHER], found["ben"]["total"]) == ("100", "", "100")
    assert found["zoë"]["status"] == f"missing: {NAME}"
    assert "submitted nothing at all" not in said


def test_what_was_submitted_once_stays_and_is_told(course, grade):
    """A submission that is no longer there keeps its points, and that is said; `--only` shows what is there now."""
    file = submit(course / "class", "ada", NAME)
    submit(course / "class", "ben", NAME)
    grade(NAME)
    file.unlink()
    said = grade(NAME)
    assert f"1 results are of earlier submissions, which are not in {course / 'class'} any more: ada ({NAME})" in said
    assert rows(course / "out")["ada"]["total"] == "100"
    assert rows(course / "out")["ada"]["status"] == f"from an earlier submission: {NAME}"
    grade(NAME, "--only")
    assert rows(course / "out")["ada"] == {"student": "ada", NAME: "", "total": "", "status": f"missing: {NAME}"}


def test_blank_is_missing_and_zero_is_wrong(course, grade):
    """A stub earns 0, a file that can't be run earns 0 and says why, and a missing submission has no number."""
    submit(course / "class", "ada", NAME, "")
    submit(course / "class", "ben", NAME, "def (:\n")
    (course / "class" / "eve").mkdir()
    said = grade(NAME)
    found = rows(course / "out")
    assert [found[name][NAME] for name in ("ada", "ben", "eve")] == ["0", "0", ""]
    assert [found[name]["total"] for name in ("ada", "ben", "eve")] == ["0", "0", ""]
    assert found["ben"]["status"] == f"can't be run: {NAME} (syntax)"
    assert "1 of 3 students submitted nothing at all: eve." in said


def test_trial_and_course_are_not_mixed(course, grade):
    """Results from a seed are not mixed with those from another seed or from the course key."""
    assert main(["init", "--course", str(course / "course"), str(course / "course")]) == 0
    submit(course / "class", "ada", NAME)
    submit(course / "class", "ada", OTHER)
    grade(NAME)
    grade(OTHER, trial=("--seed", 1))
    assert shown(course / "out") == {(OTHER, "ada")}
    grade(OTHER, trial=())
    assert shown(course / "out") == {(OTHER, "ada")}
    grade(NAME, trial=())
    assert shown(course / "out") == {(OTHER, "ada"), (NAME, "ada")}


def test_exercise_that_nobody_has_submitted_is_no_column(course, grade):
    """Without names, exercises that nobody submitted are not graded; a name grades them anyway."""
    submit(course / "class", "ada", NAME)
    grade()
    assert table(course / "out")[0] == ["student", NAME, "total", "status"]
    grade(OTHER)
    assert rows(course / "out")["ada"]["status"] == f"missing: {OTHER}"


def test_stray_folders_are_no_students(course, grade):
    """Files that programs leave in folders are not graded as students."""
    for name in ("ada", "__MACOSX", ".git", "__pycache__", "@eaDir", "lost+found"):
        submit(course / "class", name, NAME)
    grade()
    assert [*rows(course / "out")] == ["maximum points", "ada"]


def test_course_itself_is_no_folder_of_submissions(grade):
    """A course instead of the submissions is refused in one line."""
    said = grade(submissions="course", code=2)
    assert said.count("\n") == 1
    assert "is inside --submissions" in said


# ---- the roster


ROSTER = """Login;Name;E-Mail;Group;Section
ada;Ada Lovelace;ada@example.org;A;Mon
ben;Ben "B.";ben@example.org;A;Tue
müller;Anna Müller;am@example.org;;Tue
gone;=HYPERLINK("x");g@example.org;;
"""


def write_roster(course: Path, text: str = ROSTER, encoding: str = "utf-8-sig") -> tuple[object, ...]:
    """Write the roster, and return the option that names it."""
    (course / "roster.csv").write_text(text, encoding)
    return ("--roster", course / "roster.csv")


def test_roster_names_who_is_missing_and_who_is_unknown(course, grade):
    """Everybody in the roster has a row, with name, section and group; all others are named.

    The roster may have any encoding that spreadsheets write.
    """
    for student in ("ada", "ben", "müller", "stranger"):
        submit(course / "class", student, NAME)
    feedback = course / "out" / "feedback" / "gone" / f"{NAME}.txt"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        said = grade(*write_roster(course, encoding=encoding))
        assert "1 of 5 students submitted nothing at all: gone." in said
        assert "Not in the roster: 1: stranger." in said
        header = table(course / "out")[0]
        assert header == ["student", "name", "section", "group", NAME, "total", "status"]
        found = rows(course / "out")
        assert found["müller"]["name"] == "Anna Müller"
        assert (found["gone"][NAME], found["gone"]["status"]) == ("", f"missing: {NAME}")
        assert found["gone"]["name"].startswith("'=")
        assert found["stranger"]["status"] == "not in the roster"
        assert (NAME, "gone") in shown(course / "out")
        assert "was not submitted" in feedback.read_text("utf-8")
        for file in ("grades.csv", "results.jsonl"):  # each roster is read for itself
            (course / "out" / file).unlink()
        feedback.unlink()


def test_names_that_look_alike_are_told(course, grade):
    """With NFC, NFD and capitals, the student is found in the roster, and the two spellings are named."""
    submit(course / "class", unicodedata.normalize("NFD", "müller"), NAME)
    submit(course / "class", "Ada", NAME)
    submit(course / "class", "ada", OTHER)
    said = grade(*write_roster(course))
    assert r"'m\xfcller' and 'mu\u0308ller' look alike" in said or r"'mu\u0308ller' and 'm\xfcller' look alike" in said
    assert "'Ada' and 'ada' look alike" in said
    assert "Not in the roster" not in said
    assert "2 of 5 students submitted nothing at all: " in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Name,Group\nAda,A\n", "no column folder (or login, or email); it has Name, Group"),
        ("", "there is no row in it"),
        ("login,name\nada,Ada\nada,Ada L.\n", "login 'ada' is in rows 2 and 3; expected it once"),
        ("login,sid\nada,7\nben,7\n", "sid '7' is in rows 2 and 3"),
        ("login,email\nada,a@x.org\nben,a@x.org\n", "email 'a@x.org' is in rows 2 and 3"),
        ("login\n../ada\n", "expected a name without /"),
        ("login\n.ssh\n", "expected a name without /"),
        ("login,name\n,Ada\n", "row 2 has no folder (or login)"),
        ("login\nada,7\n", "row 2 has more cells than the header has columns"),
        ("login\na\0b\n", "this is not text"),
    ],
)
def test_wrong_roster_is_one_line(text, words, course, grade):
    """A roster that can't be used is reported in one line, and nothing is graded."""
    submit(course / "class", "ada", NAME)
    said = grade(*write_roster(course, text), code=2)
    assert said.count("\n") == 1
    assert words in said
    assert not (course / "out").exists()
    assert "roster.csv: " in grade("--roster", course / "nowhere" / "roster.csv", code=2)


def test_rosters_of_other_systems_are_read(course, grade):
    """The participants lists that Canvas, Moodle and Gradescope export can be used as rosters."""
    submit(course / "class", "ada01", NAME)
    canvas = 'Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"Lovelace, Ada",17,007,ada01,Mon\n'
    moodle = '"First name","Last name","Email address",Groups\nAda,Lovelace,ada01@example.org,A\n'
    gradescope = "First Name,Last Name,SID,Email,Role,Section\nAda,Lovelace,007,ada01@example.org,Student,Mon\n"
    for text in (canvas, moodle, gradescope):
        assert "Not in the roster" not in grade(*write_roster(course, text))
        assert [*rows(course / "out")] == ["maximum points", "ada01"]
        assert "Lovelace" in rows(course / "out")["ada01"]["name"]


def test_class_of_many_has_every_row(course, grade):
    """Umlauts, twins, missing students and junk: each folder and each line of the roster is one row."""
    logins = [f"s{number:03}" for number in range(20)]
    for number, login in enumerate(logins[:15]):
        way = WAYS[number % len(WAYS)]
        source = f"import numpy as np\ndef double(x): return {way}\ndef shift(x, by=1.0): return x + by\n"
        submit(course / "class", login, NAME, source)
    (course / "class" / "notes.txt").write_text("junk")
    (course / "class" / "link").symlink_to(course)
    grade(*write_roster(course, "login\n" + "\n".join(logins) + "\n"))
    found = rows(course / "out")
    assert set(found) == {"maximum points", "link", *logins}
    assert [found[login]["total"] for login in logins] == ["100"] * 15 + [""] * 5
