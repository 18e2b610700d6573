"""Downloads of Moodle, Canvas, Gradescope and GitHub Classroom come through, and hostile ones leave nothing behind.

The downloads are made from the systems' own sources: Moodle's `mod/assign`, Canvas's `lib/content_zipper.rb`,
Gradescope's `submission_metadata.yml`, the folders of `gh classroom clone`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from autograder.cli.main import main
from autograder.intake import recognize
from tests.conftest import TRIAL
from tests.courses import FILES, NAME, write_course

SOLUTION = FILES[f"{NAME}.py"]
ROSTER = """login,name,email,canvas,github,group,sid
ada,Ada Lovelace,ada@example.org,11,ada-l,Team One,007
ben,Ben O'Neill-Smith,ben@example.org,12,bens,Team One,008
mueller1,Anna Müller,am1@example.org,13,annam,,009
mueller2,Anna Müller,am2@example.org,14,mueller,,010
zoe,Zoë Žižek,zoe@example.org,15,zz,,011
gone,Never Here,gone@example.org,16,gone,,012
"""
Member = tuple[str, str | bytes]


@pytest.fixture
def place(tmp_path):
    """Return a folder with a course and its roster."""
    write_course(tmp_path / "course")
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    return tmp_path


@pytest.fixture
def run(place, capsys):
    """Return a function that imports a download into `class`, and returns what it printed."""

    def imported(system: str, download: Path, *arguments: object, code: int = 0, roster: bool = True) -> str:
        words = ["import", system, download, "--course", place / "course", "--submissions", place / "class", *arguments]
        words += ["--roster", place / "roster.csv"] if roster else []
        returned = main([*map(str, words)])
        said = capsys.readouterr()
        assert returned == code, said
        return said.out + said.err

    return imported


class Unmarked(zipfile.ZipInfo):
    """A file whose name is UTF-8 without saying so, as some programs write it."""

    def _encodeFilenameFlags(self):  # noqa: N802
        return self.filename.encode(), self.flag_bits & ~0x800


def zipped(file: Path, *members: Member, utf8: bool = True, when: tuple[int, ...] = (2026, 11, 5, 22, 10, 4)) -> Path:
    """Write a zip; without `utf8`, names do not say in which encoding they are."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr((zipfile.ZipInfo if utf8 else Unmarked)(name, when), content)
    return file


def laid(place: Path) -> dict[str, str]:
    """Return what was laid out for grading, file by file."""
    files = [file for file in sorted((place / "class").rglob("*")) if file.is_file()]
    relative = {file.relative_to(place / "class").as_posix(): file.read_text("utf-8") for file in files}
    return {name: text for name, text in relative.items() if not name.startswith(".attempts/")}


def row(said: str, start: str) -> str:
    """Return the only line of the table that begins with something, its spaces folded."""
    (found,) = [line for line in said.splitlines() if line.startswith(start)]
    return re.sub(r"  +", " | ", found)


def grades(place: Path, capsys, *arguments: object) -> dict[str, dict[str, str]]:
    """Grade what was laid out, and return the rows of grades.csv."""
    words = ["grade", *TRIAL, "--course", place / "course", "--submissions", place / "class", "--jobs", 1]
    words += ["--output", place / "out", "--roster", place / "roster.csv", *arguments]
    assert main([*map(str, words)]) == 0, capsys.readouterr()
    header, *rows = csv.reader((place / "out" / "grades.csv").read_text("utf-8-sig").splitlines())
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


# ---- Moodle


def moodle(name: str, number: int, file: str = f"{NAME}.py", *, form: str = "folder") -> str:
    """Return a file's path as Moodle packs it: in folders (with a `_` at their end before 4.1), or flat."""
    prefix = f"{name.replace('_', ' ')}_{number}_assignsubmission_file"
    return {"folder": f"{prefix}/{file}", "old": f"{prefix}_/{file}", "flat": f"{prefix}_{file}"}[form]


@pytest.mark.parametrize("form", ["folder", "old", "flat"])
@pytest.mark.parametrize("utf8", [True, False])
def test_moodle_in_each_of_its_forms(form, utf8, place, run):
    """Folders of Moodle's versions and its flat files are the same submissions; text that is not a file is named."""
    download = zipped(
        place / "CS-Week 1-4711.zip",
        (moodle("Ada Lovelace", 101, form=form), "# ada"),
        (moodle("Ben ONeill-Smith", 102, f"{NAME} (1).py", form=form), "# ben"),
        (moodle("Zoë Žižek", 103, form=form), "# zoë"),
        ("Zoë Žižek_103_assignsubmission_onlinetext/onlinetext.html", "<p>Hello</p>"),
        utf8=utf8,
    )
    assert recognize(download) == "moodle"
    said = run("moodle", download)
    assert laid(place) == {
        f"ada/{NAME}/{NAME}.py": "# ada", f"ben/{NAME}/{NAME} (1).py": "# ben", f"zoe/{NAME}/{NAME}.py": "# zoë"
    }  # fmt: skip
    assert row(said, "Ben ONeill") == f"Ben ONeill-Smith_102 | ben | {NAME} | {NAME} (1).py"
    assert "3 submissions of 3 students" in said
    assert "onlinetext.html" in said
    assert "No submission from 3 students of the roster: mueller1, mueller2, gone." in said


def test_unpacked_moodle_is_read_too_and_junk_is_not(place, run):
    """A folder that was unpacked, with a Mac's extra files in it, is the same; links are named, not followed."""
    folder = place / "unpacked" / "week 1"
    for name, text in ((moodle("Ada Lovelace", 101), "# ada"), (moodle("Ada Lovelace", 101, "data.csv"), "1")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / ".DS_Store").write_text("x")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / f"{NAME}.py").write_text("x")
    (folder / "Zoë Žižek_103_assignsubmission_file_").mkdir()
    (folder / "Zoë Žižek_103_assignsubmission_file_" / f"{NAME}.py").symlink_to("/etc/passwd")
    assert recognize(place / "unpacked") == recognize(folder) == "moodle"
    said = run("moodle", place / "unpacked")
    assert laid(place) == {f"ada/{NAME}/{NAME}.py": "# ada"}
    assert f"{NAME}.py (a link)" in said


ENGLISH = (
    (
        "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
        "Last modified (submission),Last modified (grade),Feedback comments"
    ),
    'Participant {n},{name},{mail},Submitted,,100.00,Yes,"Thursday, 5 November 2026, {h}:{m:02} PM",-,',
)
GERMAN = (
    (
        "Kennung,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert werden,"
        "Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar"
    ),
    'Teilnehmer/in{n},{name},{mail},Abgegeben,,"100,00",Ja,"Donnerstag, 5. November 2026, {h24}:{m:02}",-,',
)
FRENCH = (
    "Identifiant,Nom complet,Adresse de courriel,Date de remise,Statut,Note,Modifié (travail remis),Commentaires",
    'Participant {n},{name},{mail},"jeudi 5 novembre 2026, 23:59",Remis,-,"jeudi 5 novembre 2026, {h24}:{m:02}",',
)
SHEETS = {"English": ENGLISH, "German": GERMAN, "French": FRENCH}


def worksheet(file: Path, language: str, *people: tuple[int, str, str, int, int]) -> Path:
    """Write a grading worksheet: participant, name, e-mail address, hour and minute of each hand-in."""
    header, line = SHEETS[language]
    lines = [line.format(n=n, name=name, mail=mail, h=h, h24=h + 12, m=m) for n, name, mail, h, m in people]
    file.write_text("\n".join([header, *lines, ""]), "utf-8-sig")
    return file


@pytest.mark.parametrize("language", SHEETS)
def test_moodle_worksheet_tells_twins_apart_and_when(language, place, run):
    """Two students with the same name are told apart by their addresses; times are the worksheet's, in any language."""
    download = zipped(
        place / "x.zip", (moodle("Anna Müller", 201), "# one"), (moodle("Anna Müller", 202), "# two")
    )  # fmt: skip
    sheet = worksheet(
        place / "sheet.csv", language,
        (202, "Anna Müller", "am1@example.org", 9, 5), (201, "Anna Müller", "am2@example.org", 10, 15),
    )  # fmt: skip
    said = run("moodle", download, "--sheet", sheet)
    assert laid(place) == {f"mueller1/{NAME}/{NAME}.py": "# two", f"mueller2/{NAME}/{NAME}.py": "# one"}
    assert "2026-11-05 21:05" in row(said, "Anna Müller_202")
    assert "2026-11-05 22:15" in row(said, "Anna Müller_201")


def test_twins_without_a_sheet_are_told_and_not_mixed(place, run):
    """If only a name could tell, nobody gets another one's work: both are separate, and the table says what helps."""
    download = zipped(place / "x.zip", (moodle("Anna Müller", 201), "# one"), (moodle("Anna Müller", 202), "# two"))
    said = run("moodle", download)
    assert [*laid(place)] == [f"Anna Müller 201/{NAME}/{NAME}.py", f"Anna Müller 202/{NAME}/{NAME}.py"]
    assert "--sheet" in row(said, "Anna Müller_201")


def test_moodle_groups_and_blind_marking(place, run):
    """A group's name before a student's is no part of it; participants without names are still told apart."""
    download = zipped(
        place / "x.zip",
        (moodle("Team 1-Ada Lovelace", 301), "# ada"),
        (moodle("Team 1-Ben ONeill-Smith", 302), "# ben"),
        (moodle("Participant", 303), "# blind"),
        (moodle("Participant", 304), "# blind too"),
    )
    run("moodle", download)
    assert [*laid(place)] == [
        f"Participant 303/{NAME}/{NAME}.py", f"Participant 304/{NAME}/{NAME}.py",
        f"ada/{NAME}/{NAME}.py", f"ben/{NAME}/{NAME}.py",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Kim Lee", "K" * 150, 150 * "\N{CJK UNIFIED IDEOGRAPH-540D}"])
def test_nobody_gets_anothers_folder_by_a_name_of_their_choice(name, place, run):
    """A student whose name is another's name and number, of any length, gets a separate folder."""
    hand_ins = [(moodle(name, 11), "# 11"), (moodle(name, 12), "# 12"), (moodle(f"{name} 11", 13), "# 13")]
    run("moodle", zipped(place / "x.zip", *hand_ins), roster=False)
    assert sorted(laid(place).values()) == ["# 11", "# 12", "# 13"]


def test_nobody_gets_a_folder_of_the_roster_by_a_name_of_their_choice(place, run):
    """A name and a number that make the folder of somebody in the roster lead elsewhere."""
    with (place / "roster.csv").open("a", encoding="utf-8") as roster:
        roster.write("kim 11,Somebody Else,,,,,,\n")
    run("moodle", zipped(place / "x.zip", (moodle("kim", 11), "# 11"), (moodle("kim", 12), "# 12")))
    assert f"kim 11/{NAME}/{NAME}.py" not in laid(place)
    assert sorted(laid(place).values()) == ["# 11", "# 12"]


def test_name_that_is_an_address_is_no_address(place, run):
    """A student can choose the name in the worksheet; only the other columns say whose an address is."""
    sheet = place / "sheet.csv"
    sheet.write_text("Identifier,Full name,Email address\nParticipant 7,ada@example.org,mallory@example.org\n", "utf-8")
    said = run("moodle", zipped(place / "x.zip", (moodle("ada@example.org", 7), "# evil")), "--sheet", sheet)
    assert "not in the roster" in said
    assert f"ada/{NAME}/{NAME}.py" not in laid(place)


# ---- Canvas


def canvas(sortable: str, user: int, attachment: int, file: str, *, late: bool = False) -> str:
    """Return a file's name as Canvas packs it."""
    name = re.sub(r"\W", "", sortable.lower())
    return "_".join([name, *(["LATE"] if late else []), str(user), str(attachment), file])


def test_canvas_names_late_marks_and_attempts(place, run, capsys):
    """Canvas's names are read: `-1` of a second upload is a second attempt, LATE and texts are reported."""
    download = zipped(
        place / "submissions.zip",
        (canvas("Lovelace, Ada", 11, 900, f"{NAME}-1.py"), "# second"),
        (canvas("Lovelace, Ada", 11, 800, f"{NAME}.py"), "# first"),
        (canvas("O'Neill-Smith, Ben", 99, 801, f"{NAME}.py", late=True), SOLUTION),
        (canvas("Žižek, Zoë", 15, 802, "report_1_2.pdf"), b"%PDF"),
        ("mllereva_77_text.html", "<p>no file</p>"),
        ("LATE_anon_aB3xZ_950_tiny.py", "# anonymous"),
    )
    assert recognize(download) == "canvas"
    said = run("canvas", download)
    assert laid(place) == {
        f"ada/{NAME}/{NAME}.py": "# second",
        f"ben/{NAME}/{NAME}.py": SOLUTION,
        f"anon_aB3xZ/{NAME}/{NAME}.py": "# anonymous",
    }
    attempts = place / "class" / ".attempts"
    assert (attempts / "1" / "ada" / NAME / f"{NAME}.py").read_text() == "# first"
    assert "late" in row(said, "oneillsmithben_99")
    assert "not imported" in row(said, "žižekzoë_15")
    assert "report_1_2.pdf" in row(said, "žižekzoë_15")
    assert "not imported" in row(said, "mllereva_77")
    found = grades(place, capsys)
    assert found["ben"]["status"] == f"late: {NAME} (by how much is not known)"
    assert found["zoe"]["status"] == f"missing: {NAME}"


def test_canvas_gradebook_is_a_sheet(place, run):
    """The exported gradebook leads from Canvas's IDs to logins; its row of points belongs to nobody."""
    text = ROSTER.replace("canvas", "x")
    (place / "roster.csv").write_text(text, "utf-8")
    (place / "gradebook.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Tiny (5)\n    Points Possible,,,,,100\n"
        '"Müller, Anna",13,009,x,A,\n"Müller, Anna",14,010,y,A,\n',
        "utf-8",
    )
    download = zipped(
        place / "x.zip",
        (canvas("Müller, Anna", 14, 901, f"{NAME}.py"), "# 14"),
        (canvas("Müller, Anna", 13, 902, f"{NAME}.ipynb"), "{}"),
    )
    run("canvas", download, "--sheet", place / "gradebook.csv")
    assert laid(place) == {f"mueller2/{NAME}/{NAME}.py": "# 14", f"mueller1/{NAME}/{NAME}.ipynb": "{}"}


def test_canvas_group_goes_to_each_member(place, run):
    """A file that a group has submitted is in the folder of each of its members."""
    download = zipped(place / "x.zip", (canvas("Team One", 500, 900, f"{NAME}.py"), "# us"))
    said = run("canvas", download)
    assert laid(place) == {f"ada/{NAME}/{NAME}.py": "# us", f"ben/{NAME}/{NAME}.py": "# us"}
    assert "group of 2" in said


# ---- Gradescope


METADATA = """---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '007'
    :email: ada@example.org
  - :name: Ben O'Neill
    :sid: 8
    :email: ben@example.org
  :created_at: 2026-11-05 22:10:03.912849000 Z
  :score: 0.0
  :status: processed
  :history:
  - :id: 99
    :created_at: 2026-11-04 10:00:00.000000000 Z
submission_102:
  :submitters:
  - :name: Anna Müller
    :sid:
    :email: am2@example.org
  :created_at: 2026-11-06 00:00:01.000000000 Z
submission_103:
  :submitters:
  - :name: "Somebody: Else"
    :sid:
    :email: else@example.org
  :created_at: 2026-11-06 00:00:01.000000000 Z
"""


def gradescope(file: Path, metadata: str = METADATA, *more: Member) -> Path:
    """Write an export of Gradescope."""
    root = "assignment_555_export"
    return zipped(
        file,
        (f"{root}/submission_metadata.yml", metadata),
        (f"{root}/submission_101/{NAME}.py", "# us"),
        (f"{root}/submission_102/src/{NAME}.py", "# anna"),
        (f"{root}/submission_103/{NAME}.py", "# else"),
        *more,
    )


def test_gradescope_submitters_groups_and_times(place, run):
    """Each member of a group has the work, times are the metadata's, and students not in the roster are named."""
    download = gradescope(place / "submissions.zip")
    assert recognize(download) == "gradescope"
    said = run("gradescope", download)
    assert laid(place) == {
        f"ada/{NAME}/{NAME}.py": "# us", f"ben/{NAME}/{NAME}.py": "# us", f"mueller2/{NAME}/{NAME}.py": "# anna",
        f"Somebody- Else/{NAME}/{NAME}.py": "# else",
    }  # fmt: skip
    assert "not in the roster" in row(said, "submission_103")
    lines = (place / "class" / ".attempts" / "hand_ins.json").read_text().splitlines()
    times = {each["student"]: each["submitted_at"] for each in map(json.loads, lines)}
    assert times["ada"] == "2026-11-05T22:10:03.912849Z"


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ("submission_1: [", "can't be read"),
        ("- a\n- b\n", "not what Gradescope writes"),
        ("submission_101:\n  :score: 1\n", "no :submitters for 'submission_101'"),
        ("a: &a {x: 1}\nb:\n  <<: *a\n", "nested or merged"),
        ("[" * 200, "nested or merged"),
        ("[" * 5000, "can't be read"),
        ("a: !!python/object/apply:os.system ['true']\n", "can't be read"),
        ("a: \xff\n".encode("latin-1"), "can't be read"),
    ],
    ids=["cut off", "list", "no submitters", "merge", "nested", "very nested", "object", "encoding"],
)
def test_gradescope_metadata_is_read_safely(metadata, words, place, run):
    """Metadata that Gradescope does not write is reported in one line, and nothing is written."""
    said = run("gradescope", gradescope(place / "x.zip", metadata), code=2)
    assert said.count("\n") == 1
    assert words in said
    assert not (place / "class").exists()


def test_gradescope_without_metadata_or_twice(place, run):
    """Exactly one file of metadata is expected."""
    assert "0 times" in run("gradescope", zipped(place / "a.zip", (f"submission_1/{NAME}.py", "")), code=2)
    twice = gradescope(place / "b.zip", METADATA, ("other/submission_metadata.yml", METADATA))
    assert "2 times" in run("gradescope", twice, code=2)


def test_students_own_file_called_metadata_stops_nobody(place, run):
    """A file of that name that a student submitted is the student's, and the export's own is read."""
    download = gradescope(
        place / "x.zip", METADATA, ("assignment_555_export/submission_103/submission_metadata.yml", "[")
    )
    said = run("gradescope", download)
    assert len(laid(place)) == 4
    assert "Somebody- Else" in row(said, "submission_103")


# ---- GitHub Classroom


def clone(folder: Path, *repositories: str) -> Path:
    """Write what `gh classroom clone student-repos` makes."""
    for name in repositories:
        place = folder / "week-1-submissions" / name
        (place / ".git" / "hooks").mkdir(parents=True)
        (place / ".git" / "hooks" / "post-checkout").write_text("touch /tmp/owned")
        (place / NAME).mkdir()
        (place / NAME / f"{NAME}.py").write_text(f"# {name}")
        (place / NAME / "public_checks.py").write_text("")
        (place / "tests").mkdir()
        (place / "tests" / f"{NAME}.py").write_text("# not this one")
    return folder / "week-1-submissions"


def test_classroom_repositories(place, run):
    """A repository's name leads to its student, whatever hyphens are in it; `.git` and other files are skipped."""
    folder = clone(place, "week-1-ada-l", "week-1-bens", "week-1-stranger", "week-1-zz")
    (folder / "week-1-zz" / NAME / f"{NAME}.py").unlink()
    (folder / "week-1-zz" / NAME / f"{NAME}.py").symlink_to("../../week-1-bens")
    (folder / "week-1-zz" / "tests" / f"{NAME}.py").unlink()
    assert recognize(folder) == "classroom"
    said = run("classroom", folder)
    assert laid(place) == {
        f"ada/{NAME}/{NAME}.py": "# week-1-ada-l",
        f"ben/{NAME}/{NAME}.py": "# week-1-bens",
        f"stranger/{NAME}/{NAME}.py": "# week-1-stranger",
    }
    assert "(a link)" in said
    assert "not imported" in row(said, "week-1-zz")
    assert "zoe" in row(said, "week-1-zz")


def test_classroom_grades_and_teams(place, run):
    """The exported grades give times, identifiers, and who shares a repository; a roster's group does, too."""
    folder = clone(place, "week-1-team-one", "week-1-theothers")
    (place / "grades.csv").write_text(
        '"assignment_name","assignment_url","starter_code_url","github_username","roster_identifier",'
        '"student_repository_name","student_repository_url","submission_timestamp","points_awarded","points_available"\n'
        '"week 1","","","zz","zoe","week-1-theothers","","2026-11-05 22:10:03 UTC","",""\n'
        '"week 1","","","annam","","week-1-theothers","","2026-11-05 22:10:03 UTC","",""\n'
    )
    said = run("classroom", folder, "--sheet", place / "grades.csv")
    assert [*laid(place)] == [f"{who}/{NAME}/{NAME}.py" for who in ("ada", "ben", "mueller1", "zoe")]
    assert "2026-11-05 22:10" in said


# ---- what all have in common


def test_import_then_grade_accounts_for_everybody(place, run, capsys):
    """Everybody in the roster has a row after import and grading, and right submissions have all points."""
    download = zipped(
        place / "x.zip", (moodle("Ada Lovelace", 1), SOLUTION), (moodle("Zoë Žižek", 2), "def (:")
    )  # fmt: skip
    run("moodle", download)
    found = grades(place, capsys)
    assert [*found] == ["maximum points", "ada", "ben", "gone", "mueller1", "mueller2", "zoe"]
    assert (found["ada"]["total"], found["zoe"]["total"], found["gone"]["total"]) == ("100", "0", "")
    assert found["ada"]["name"] == "Ada Lovelace"


@pytest.mark.parametrize("system", ["moodle", "canvas", "gradescope", "classroom"])
def test_grade_says_which_import_a_download_needs(system, place, capsys):
    """A download instead of the submissions is reported in one line that names the import; so is its zip."""
    member = {
        "moodle": [(moodle("Ada", 1), "")], "canvas": [(canvas("Ada", 1, 2, f"{NAME}.py"), "")],
        "gradescope": [("a/submission_metadata.yml", METADATA), (f"a/submission_101/{NAME}.py", "")],
        "classroom": [(f"week-1-submissions/week-1-{who}/{NAME}.py", "") for who in ("a", "b")],
    }[system]  # fmt: skip
    download = zipped(place / "x.zip", *member)
    with zipfile.ZipFile(download) as packed:
        packed.extractall(place / "unpacked")
    for submissions in (download, place / "unpacked"):
        words = ["grade", *TRIAL, "--course", place / "course", "--submissions", submissions, "--output", place / "out"]
        assert main([*map(str, words)]) == 2
        said = capsys.readouterr().err
        assert f"autograder import {system} {submissions}" in said
        assert said.count("\n") == 1


def test_exercise_may_be_named_where_files_do_not_say_it(place, run):
    """With --exercise, a single Python file of another name is taken as the exercise's, and the table says so."""
    download = zipped(
        place / "x.zip",
        (moodle("Ada Lovelace", 1, "hw3.py"), "# ada"),
        (moodle("Ada Lovelace", 1, "public_checks.py"), ""),
        (moodle("Zoë Žižek", 2, "work/final.ipynb"), "{}"),
    )
    said = run("moodle", download, code=2)
    assert "Next: name the exercise with --exercise" in said
    assert not (place / "class").exists()
    said = run("moodle", download, "--exercise", NAME)
    assert laid(place) == {f"ada/{NAME}/{NAME}.py": "# ada", f"zoe/{NAME}/{NAME}.ipynb": "{}"}
    assert f"hw3.py was taken as {NAME}.py" in said
    assert "no exercise 'juggling'" in run("moodle", download, "--exercise", "juggling", code=2)


def test_odd_name_among_others_is_what_the_others_are(place, run):
    """If most hand-ins are for one exercise, the only Python file, notebook or zip of another name counts, too."""
    download = zipped(
        place / "x.zip",
        *((moodle(f"Student {letter}", n), f"# {n}") for n, letter in enumerate("abcdef", 1)),
        (moodle("Ada Lovelace", 11, "final_version.py"), "# ada"),
        (moodle("Ben ONeill-Smith", 12, "submission.zip"), b"PK"),
        (moodle("Zoë Žižek", 13, "one.py"), "# 1"),
        (moodle("Zoë Žižek", 13, "two.py"), "# 2"),
    )
    said = run("moodle", download)
    assert laid(place)[f"ada/{NAME}/{NAME}.py"] == "# ada"
    assert f"final_version.py was taken as {NAME}.py" in row(said, "Ada Lovelace_11")
    assert (place / "class" / "ben" / NAME / f"{NAME}.zip").is_file()
    assert "no file of an exercise: one.py, two.py" in row(said, "Zoë Žižek_13")
    assert not (place / "class" / "zoe").exists()


def test_what_is_imported_goes_elsewhere(place, run):
    """A folder for submissions inside the download is refused in one line."""
    folder = place / "unpacked"
    (folder / moodle("Ada Lovelace", 1)).parent.mkdir(parents=True)
    (folder / moodle("Ada Lovelace", 1)).write_text("")
    said = run("moodle", place, code=2)
    assert "is inside the download" in said
    assert said.count("\n") == 1


def test_preview_writes_nothing(place, run):
    """With --preview, the table is the same, and nothing is written."""
    download = zipped(place / "x.zip", (moodle("Ada Lovelace", 1), ""))
    assert "Nothing was written." in run("moodle", download, "--preview")
    assert not (place / "class").exists()


def test_importing_again_changes_nothing_and_a_later_download_adds(place, run):
    """The same download twice changes nothing; a later one adds an attempt, in whatever order they are imported."""
    made = []
    for number, (hour, text) in enumerate([(1, "# 1"), (2, "# 2"), (3, "# 1")]):
        sheet = worksheet(place / f"{number}.csv", "English", (1, "Ada Lovelace", "ada@example.org", hour, 0))
        made.append((zipped(place / f"{number}.zip", (moodle("Ada Lovelace", 1), text)), "--sheet", sheet))
    for number, expected in ((1, "# 2"), (0, "# 2"), (1, "# 2"), (0, "# 2"), (2, "# 1"), (0, "# 1"), (1, "# 1")):
        run("moodle", *made[number])
        assert laid(place)[f"ada/{NAME}/{NAME}.py"] == expected
    assert len((place / "class" / ".attempts" / "hand_ins.json").read_text().splitlines()) == 3


def test_time_of_the_same_files_is_the_first_one(place, run):
    """Nobody becomes late by a second download: unchanged files keep their first date."""
    download = zipped(place / "x.zip", (moodle("Ada Lovelace", 1), "# 1"))
    for hour in (2, 9, 4):
        sheet = worksheet(place / "sheet.csv", "English", (1, "Ada Lovelace", "ada@example.org", hour, 0))
        run("moodle", download, "--sheet", sheet)
    run("moodle", download)
    (line,) = (place / "class" / ".attempts" / "hand_ins.json").read_text().splitlines()
    assert json.loads(line)["submitted_at"] == "2026-11-05T14:00:00Z"


def test_what_somebody_has_put_there_is_not_replaced(place, run):
    """A submission that was not imported stays, and one line says so."""
    file = place / "class" / "ada" / NAME / f"{NAME}.py"
    file.parent.mkdir(parents=True)
    file.write_text("# by hand")
    said = run("moodle", zipped(place / "x.zip", (moodle("Ada Lovelace", 1), "# 1")), code=2)
    assert "was not made by an import" in said
    assert laid(place) == {f"ada/{NAME}/{NAME}.py": "# by hand"}


# ---- hostile input


def linked(file: Path) -> Path:
    """Write a zip with a link in it."""
    info = zipfile.ZipInfo(moodle("Ada Lovelace", 1))
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(info, "/etc/passwd")
    return file


def damaged(file: Path, at: float) -> Path:
    """Write a zip with some bytes changed."""
    zipped(file, (moodle("Ada Lovelace", 1), "x" * 50), (moodle("Ben ONeill-Smith", 2), bytes(range(256)) * 20))
    content = bytearray(file.read_bytes())
    place = int(at * len(content))
    content[place : place + 12] = b"\xff" * 12
    file.write_bytes(content)
    return file


def declared(file: Path, size: int) -> Path:
    """Write a zip that declares its file larger than it is."""
    zipped(file, (moodle("Ada Lovelace", 1), "x"))
    content = bytearray(file.read_bytes())
    at = content.rfind(b"PK\1\2")
    struct.pack_into("<L", content, at + 24, size)
    file.write_bytes(content)
    return file


def many(file: Path, count: int) -> Path:
    """Write a zip of very many empty files, whose list takes room."""
    name = moodle("Ada Lovelace", 1).encode()
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count % 65536, count % 65536, count * len(entry), 0, 0)
    file.write_bytes(entry * count + end)
    return file


def encrypted(file: Path) -> Path:
    """Write a zip that declares its file encrypted."""
    zipped(file, (moodle("Ada Lovelace", 1), "x"))
    content = bytearray(file.read_bytes())
    content[content.rfind(b"PK\1\2") + 8] |= 1
    content[6] |= 1
    file.write_bytes(content)
    return file


HOSTILE = {
    "a path upwards": (lambda file: zipped(file, ("../../x_1_assignsubmission_file/tiny.py", "")), "leads elsewhere"),
    "inside upwards": (lambda file: zipped(file, (moodle("Ada", 1, "../../../tiny.py"), "")), "leads elsewhere"),
    "absolute": (lambda file: zipped(file, ("/tmp/Ada_1_assignsubmission_file/tiny.py", "")), "leads elsewhere"),
    "a drive": (lambda file: zipped(file, ("C:\\Ada_1_assignsubmission_file\\tiny.py", "")), "leads elsewhere"),
    "backslashes": (lambda file: zipped(file, ("..\\Ada_1_assignsubmission_file\\tiny.py", "")), "leads elsewhere"),
    "a link": (linked, "is a link"),
    "twice": (lambda file: zipped(file, (moodle("Ada", 1), "1"), (moodle("Ada", 1), "2")), "is in it twice"),
    "not a zip": (lambda file: file.write_text("hello"), "is damaged, or is not a zip"),
    "empty": (lambda file: file.write_text(""), "is damaged, or is not a zip"),
    "an empty zip": (zipped, "no file in it is named as in a download from moodle"),
    "another system's": (lambda file: zipped(file, (canvas("A", 1, 2, "tiny.py"), "")), "name the right system"),
    "cut off": (lambda file: file.write_bytes(damaged(file, 0.5).read_bytes()[:-40]), "is damaged, or is not a zip"),
    "changed content": (lambda file: damaged(file, 0.4), "is damaged, or is not a zip"),
    "changed list": (lambda file: damaged(file, 0.8), "is damaged, or is not a zip"),
    "4 GiB in a few bytes": (lambda file: declared(file, 2**32 - 2), "more than any class submits"),
    "a million files": (lambda file: many(file, 10**6), "more than any class submits"),
    "many files": (lambda file: many(file, 10**5 + 1), "more than any class submits"),
    "encrypted": (encrypted, "encrypted"),
    "not there": (lambda _: None, "expected a zip"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_download_is_one_line_and_nothing_is_written(name, place, run):
    """Whatever is wrong with a download, one line says it, and nothing is written, inside or outside."""
    make, words = HOSTILE[name]
    make(place / "x.zip")
    before = sorted(place.rglob("*"))
    said = run("moodle", place / "x.zip", code=2)
    assert words in said
    assert said.count("\n") == 1
    assert sorted(place.rglob("*")) == before


def test_file_that_is_too_large_is_skipped_and_named(place, run):
    """One student's huge file affects nobody else."""
    large = b"0" * (33 * 2**20)
    download = zipped(
        place / "x.zip", (moodle("Ada Lovelace", 1), large), (moodle("Zoë Žižek", 2), "# fine")
    )  # fmt: skip
    said = run("moodle", download)
    assert "more than 32 MiB, which was skipped" in row(said, "Ada Lovelace_1")
    assert [*laid(place)] == [f"zoe/{NAME}/{NAME}.py"]


@pytest.mark.parametrize("unpacked", [False, True], ids=["zip", "folder"])
def test_students_folders_and_names_stop_nobody(unpacked, place, run):
    """Problems that a single student can cause are skipped and named, and the others are imported.

    These are a file inside very many folders, and two files whose names differ only in their encoding.
    """
    composed, decomposed = "caf\N{LATIN SMALL LETTER E WITH ACUTE}.py", "cafe\N{COMBINING ACUTE ACCENT}.py"
    download = zipped(
        place / "x.zip",
        (moodle("Ada Lovelace", 1), "# right"),
        (moodle("Zoë Žižek", 2), "# fine"),
        (moodle("Zoë Žižek", 2, "a/" * 60 + f"{NAME}.py"), "# deep"),
        (moodle("Zoë Žižek", 2, composed), "# one"),
        (moodle("Zoë Žižek", 2, decomposed), "# other"),
    )
    if unpacked:
        with zipfile.ZipFile(download) as packed:
            packed.extractall(place / "x")
        download = place / "x"
    said = run("moodle", download)
    assert laid(place) == {f"ada/{NAME}/{NAME}.py": "# right", f"zoe/{NAME}/{NAME}.py": "# fine"}
    assert "(too many folders)" in said
    assert "(its name is that of another file)" in said


def test_folders_called_like_files_stop_nobody(place, run):
    """A student's folder may have the name of a file that is put beside it."""
    names = (f"a/{NAME}.ipynb", f"{NAME}.ipynb/{NAME}.py", f"x/{NAME}.py")
    mallory = [(moodle("Ben O'Neill-Smith", 2, name), f"# {name}") for name in names]
    run("moodle", zipped(place / "x.zip", (moodle("Ada Lovelace", 1), "# right"), *mallory))
    assert laid(place)[f"ada/{NAME}/{NAME}.py"] == "# right"
    assert len(laid(place)) == 4


@pytest.mark.parametrize(
    "character", ["\N{CJK UNIFIED IDEOGRAPH-540D}", "\N{GRINNING FACE}", "\N{DEVANAGARI LETTER QA}"]
)
def test_names_of_many_bytes_stop_nobody(character, place, run):
    """Students' names and folders that are too long for a disk are cut, however deep they are."""
    name = 150 * character
    deep = "/".join(17 * [150 * character])
    mallory = [(moodle(name, 2, f"{deep}/{last}/{NAME}.py"), f"# {last}") for last in "ab"]
    run("moodle", zipped(place / "x.zip", (moodle("Ada Lovelace", 1), "# right"), *mallory))
    assert sorted(laid(place).values()) == ["# a", "# b", "# right"]


def test_zip_that_a_student_submitted_stays_packed(place, run, capsys):
    """A zip inside a download stays packed until `grade` opens it, which lets nothing out of a zip."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr(f"{NAME}.py", SOLUTION)
        packed.writestr("../../../evil.py", "x")
    run("moodle", zipped(place / "x.zip", (moodle("Ada Lovelace", 1, f"{NAME}.zip"), inner.getvalue())))
    assert (place / "class" / "ada" / NAME / f"{NAME}.zip").is_file()
    assert not [*place.rglob("evil.py")]
    assert grades(place, capsys)["ada"]["total"] == "100"


def test_modes_are_private(place, run):
    """Submitted files can be read only by the importer, and none of them can be run."""
    run("moodle", zipped(place / "x.zip", (moodle("Ada Lovelace", 1), "")))
    for path in (place / "class").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize(
    ("system", "text", "words"),
    [
        ("moodle", "Name,Mail\nAda,ada@example.org\n", "no column Identifier"),
        ("moodle", "Identifier,Full name\nParticipant 1,A\nParticipant 1,B\n", "is in rows 2 and 3"),
        ("canvas", "Name,Mail\nAda,ada@example.org\n", "no column Student"),
        ("canvas", "Student,ID\nA,1\nB,1\n", "ID '1' is in rows 2 and 3"),
        ("classroom", "Name,Mail\nAda,ada@example.org\n", "no column student_repository_name"),
        ("gradescope", "Name\nAda\n", "--sheet is not needed"),
        ("moodle", "", "there is no row in it"),
    ],
)
def test_wrong_sheet_is_one_line(system, text, words, place, run):
    """A sheet without its column, or with an ID twice, is reported in one line, and nothing is written."""
    (place / "sheet.csv").write_text(text, "utf-8")
    download = {
        "moodle": lambda: zipped(place / "x.zip", (moodle("Ada", 1), "")),
        "canvas": lambda: zipped(place / "x.zip", (canvas("Ada", 1, 2, f"{NAME}.py"), "")),
        "classroom": lambda: clone(place, "week-1-a", "week-1-b"),
        "gradescope": lambda: gradescope(place / "x.zip"),
    }[system]()
    said = run(system, download, "--sheet", place / "sheet.csv", code=2)
    assert said.count("\n") == 1
    assert words in said
    assert not (place / "class").exists()


def test_names_in_a_download_are_safe_to_print(place, run):
    """Control characters and markup in names reach neither the terminal nor the file system unchanged."""
    evil = "\x1b[2JAda\u202e"
    said = run("moodle", zipped(place / "x.zip", (moodle(evil, 1, f"{NAME}.py"), "")), roster=False)
    assert all(character.isprintable() for line in said.split("\n") for character in line)
    assert [*laid(place)] == [f"-[2JAda-/{NAME}/{NAME}.py"]
