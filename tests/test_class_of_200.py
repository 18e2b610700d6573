"""A class of 200 is imported and graded: two weeks from two systems, with every row accounted for.

What each student should come to is decided here, student by student, and written into downloads of the systems' shapes;
grades.csv is then read as any spreadsheet would.
"""

from __future__ import annotations

import csv
import json
import random
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from autograder.cli.main import main
from tests.conftest import TRIAL
from tests.courses import FILES, NAME, WAYS
from tests.test_whole_course import OTHER, course, recorded

__all__ = ["course", "recorded"]  # fixtures
FIRST = ("Anna", "Ben", "Çelik", "Đorđe", "Émile", "Jean-Pierre", "李", "Müge", "Søren", "Zoë", "Łukasz", "Ada")
LAST = (
    "Müller",
    "O'Neill",
    "Žižek",
    "van der Berg",
    "Nguyễn",
    "Straße",
    "García Márquez",
    "Ng",
    "Åström",
    "Smith_Jones",
)
RIGHT = "import numpy as np\ndef double(x): return {way}\ndef shift(x, by=1.0): return x + by\n# {login}\n"
POINTS = {"right": "100", "half": "40", "stub": "0", "broken": "0", "late": "80", "missing": "", "other file": ""}
SIZE = 200


@dataclass
class Person:
    """A student: how the roster names them, and what they submit, week by week."""

    login: str
    name: str
    number: int
    group: str
    does: dict[str, str] = field(default_factory=dict)

    def source(self, what: str) -> str:
        """Return a file that earns the planned points."""
        if what == "half":
            return f"def double(x): return 2 * x\n# {self.login}\n"
        if what == "broken":
            return f"def double(x:\n# {self.login}\n"
        if what == "stub":
            return f"{FILES[f'{NAME}.py'].split('def')[0]}# {self.login}\n"
        return RIGHT.format(way=WAYS[self.number % len(WAYS)], login=self.login)

    @property
    def filed(self) -> str:
        """Return the name as Moodle cleans it, decomposed as a Mac writes it."""
        return unicodedata.normalize("NFD", re.sub(r"[&<>\"'`|?\\:/]", "", self.name).replace("_", " "))


def people() -> list[Person]:
    """Return the class: many share their names, even three or four of them."""
    rng = random.Random(200)
    made = []
    for number in range(SIZE):
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        person = Person(login=f"s{number:03}", name=name, number=5000 + 7 * number, group=f"Team {number // 4}")
        for exercise in (NAME, OTHER):
            weights = (60, 10, 5, 5, 8, 8, 4) if exercise == NAME else (60, 10, 5, 5, 0, 16, 4)
            (person.does[exercise],) = rng.choices([*POINTS], weights)
        made.append(person)
    return made


def moodle(place: Path, class_: list[Person]) -> tuple[Path, Path]:
    """Write week 1: a download of Moodle with groups before names, and its worksheet."""
    rows = []
    with zipfile.ZipFile(place / "week 1.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("__MACOSX/x", "junk")
        for person in class_:
            what = person.does[NAME]
            late, when = what == "late", "-"
            if what != "missing":
                file = "report.pdf" if what == "other file" else f"{NAME}.py"
                folder = f"{person.group}-{person.filed}_{person.number}_assignsubmission_file"
                packed.writestr(f"{folder}/{file}", person.source(what))
                when = f"{'Saturday, 7' if late else 'Thursday, 5'} November 2026, 9:30 PM"
            mail = f"{person.login}@example.org"
            rows.append([f"Participant {person.number}", person.name, mail, "", "", "100", "Yes", when, "-", ""])
        packed.writestr("Mallory Stranger_999_assignsubmission_file/tiny.py", "")
        packed.writestr("readme.txt", "nobody's")
    header = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed"]
    with (place / "worksheet.csv").open("w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        table.writerow([*header, "Last modified (submission)", "Last modified (grade)", "Feedback comments"])
        table.writerows(rows)
    return place / "week 1.zip", place / "worksheet.csv"


def canvas(place: Path, class_: list[Person]) -> Path:
    """Write week 2: a download of Canvas, in which only Canvas's IDs tell names apart."""
    with zipfile.ZipFile(place / "week 2.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for person in class_:
            what = person.does[OTHER]
            words = person.name.split()
            sortable = re.sub(r"\W", "", "".join([*words[1:], words[0]]).lower())
            if what == "missing":
                continue
            file = "notes.docx" if what == "other file" else f"{OTHER}-2.py"
            packed.writestr(f"{sortable}_{person.number}_{9000 + person.number}_{file}", person.source(what))
    return place / "week 2.zip"


@pytest.fixture(scope="module")
def class_() -> list[Person]:
    """Return the class."""
    return people()


def run(capsys, *words: object) -> str:
    """Run a command, which must work, and return what it printed."""
    code = main([*map(str, words)])
    said = capsys.readouterr()
    assert code == 0, said
    return said.out + said.err


def test_class_of_200_has_every_row(course, class_, capsys, monkeypatch):
    """Twins, umlauts, groups, late, missing and unknown students, and junk: each has the right row and points."""
    place = course / "term"
    place.mkdir()
    monkeypatch.chdir(place)
    (place / "course.toml").write_text(
        'course = "../course"\nsubmissions = "submitted"\noutput = "out"\nroster = "roster.csv"\n'
        f'exercises = ["{NAME}", "{OTHER}"]\n[due]\n{NAME} = 2026-11-05T23:59:00Z\n[late]\npenalty_per_day = 10\n'
    )
    lines = [["login", "name", "email", "group", "canvas"]]
    lines += [[each.login, each.name, f"{each.login}@example.org", each.group, str(each.number)] for each in class_]
    with (place / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(lines)
    assert len({each.name for each in class_}) < 100
    assert {what for each in class_ for what in each.does.values()} == set(POINTS)

    download, worksheet = moodle(place, class_)
    said = run(capsys, "import", "moodle", download, "--sheet", worksheet)
    handed_in = [each for each in class_ if each.does[NAME] != "missing"]
    taken = [each for each in handed_in if each.does[NAME] != "other file"]
    assert f"{len(taken) + 1} submissions of {len(taken) + 1} students; {len(handed_in) - len(taken)} without" in said
    assert "not in the roster" in next(line for line in said.splitlines() if line.startswith("Mallory"))
    assert "Not imported, since they belong to no student: 1: readme.txt" in said
    table = [line for line in said.splitlines() if re.search(r"_\d+$", line.split("  ")[0])]
    assert len(table) == len(handed_in) + 1
    run(capsys, "grade", *TRIAL, NAME, "--jobs", 2)

    said = run(capsys, "import", "canvas", canvas(place, class_))
    run(capsys, "grade", *TRIAL, OTHER, "--jobs", 2)

    with (place / "out" / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"maximum points", "Mallory Stranger", *(each.login for each in class_)}
    for each in class_:
        row = rows[each.login]
        assert row["name"] == each.name
        for exercise in (NAME, OTHER):
            assert row[exercise] == POINTS[each.does[exercise]], (each, row)
            absent = each.does[exercise] in ("missing", "other file")
            assert (exercise in row["status"].partition("missing: ")[2].partition(";")[0].split(", ")) == absent, row
        assert (f"late: {NAME} (2 days, 20 points off)" in row["status"]) == (each.does[NAME] == "late"), row
        assert ("can't be run" in row["status"]) == ("broken" in each.does.values()), row
        numbers = [float(row[exercise]) for exercise in (NAME, OTHER) if row[exercise]]
        assert row["total"] == (f"{sum(numbers):g}" if numbers else "")
    assert "not in the roster" in rows["Mallory Stranger"]["status"]
    records = [json.loads(line) for line in (place / "out" / "results.jsonl").read_text("utf-8").splitlines()]
    assert len(records) == len({(each["student"], each["exercise"]) for each in records}) == 2 * (SIZE + 1)
