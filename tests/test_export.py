"""Results in other systems' sheets and formats: read back as these systems do, with every row accounted for."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile

import jsonschema
import junitparser
import msgspec
import pytest
import xmlschema

from autograder.course import UsageError
from autograder.export import CANVAS, fill, identities_of, read_exported_sheet, read_identities
from autograder.report import results_json
from autograder.results import CheckRecord, Error, Record
from autograder.roster import Roster, read_roster
from tests.conftest import autograder
from tests.test_formats import CTRF

HOSTILE = '=HYPERLINK("http://x")\n]]><b>&\x1b[31m\x00\ud800'

# Gradescope's results.json, as its documentation describes each field.
GRADESCOPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["tests", "score"],
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": {"enum": ["text", "html", "simple_format", "md", "ansi"]},
        "test_output_format": {"enum": ["text", "html", "simple_format", "md", "ansi"]},
        "test_name_format": {"enum": ["text", "html", "simple_format", "md", "ansi"]},
        "visibility": {"enum": ["visible", "hidden", "after_due_date", "after_published"]},
        "stdout_visibility": {"enum": ["visible", "hidden", "after_due_date", "after_published"]},
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "score": {"type": "number"},
                    "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string", "minLength": 1},
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": {"enum": ["visible", "hidden", "after_due_date", "after_published"]},
                    "extra_data": {"type": "object"},
                },
            },
        },
    },
}

# What of Jenkins' junit-10.xsd concerns the elements that are written: their order, and their attributes.
JUNIT = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:simpleType name="seconds"><xs:restriction base="xs:string">
  <xs:pattern value="[0-9]*(\\.[0-9]*)?"/></xs:restriction></xs:simpleType>
<xs:complexType name="told" mixed="true">
  <xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/></xs:complexType>
<xs:element name="testsuites"><xs:complexType><xs:sequence>
  <xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
    <xs:choice minOccurs="0" maxOccurs="unbounded">
      <xs:element name="properties"><xs:complexType><xs:sequence>
        <xs:element name="property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
          <xs:attribute name="name" type="xs:string" use="required"/>
          <xs:attribute name="value" type="xs:string" use="required"/></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="testcase"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
        <xs:element name="skipped" type="told"/><xs:element name="error" type="told"/>
        <xs:element name="failure" type="told"/></xs:choice>
        <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="time" type="xs:string"/>
        <xs:attribute name="classname" type="xs:string"/></xs:complexType></xs:element>
    </xs:choice>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:string" use="required"/>
    <xs:attribute name="failures" type="xs:string" use="required"/>
    <xs:attribute name="errors" type="xs:string" use="required"/>
    <xs:attribute name="skipped" type="xs:string"/><xs:attribute name="time" type="seconds"/>
  </xs:complexType></xs:element></xs:sequence>
  <xs:attribute name="name" type="xs:string"/><xs:attribute name="tests" type="xs:string"/>
  <xs:attribute name="failures" type="xs:string"/><xs:attribute name="errors" type="xs:string"/>
</xs:complexType></xs:element></xs:schema>"""


def record_of(student: str, exercise: str, score: float, error: Error | None = None) -> Record:
    """Return a record of 40 points with two checks; the second one has the rest of the points."""
    checks = tuple(
        CheckRecord(
            id=f"f.{name}", function="f", title=f"f is {name}", kind="reference", visibility=visibility,
            status="skipped" if error else "passed" if earned == worth else "failed", points=earned, max_points=worth,
            message="" if earned == worth else HOSTILE, diagnosis=(), seconds=0.25,
        )
        for name, visibility, earned, worth in
        (("right", "public", min(score, 10.0), 10.0), ("hidden", "hidden", max(0.0, score - 10.0), 30.0))
    )  # fmt: skip
    return Record(
        student=student, exercise=exercise, status="error" if error else "graded", score=score, max_score=40.0,
        error=error, checks=checks, advice=(), submission_sha256="0" * 64, exercise_version="", grader_version="",
        seed=1, isolation="good",
    )  # fmt: skip


MISSING = Error(kind="missing", message="was not submitted")
SYNTAX = Error(kind="syntax", message=HOSTILE, line=3)


@pytest.fixture
def results(tmp_path):
    """Return a function that writes records as `autograder grade` does."""

    def write(*records: Record):
        file = tmp_path / "results.jsonl"
        # JSON has no lone surrogates; a real record's texts have none either.
        lines = (msgspec.json.encode(_encodable(record)) for record in records)
        file.write_bytes(b"".join(line + b"\n" for line in lines))
        return file

    return write


def _encodable(record: Record) -> Record:
    return msgspec.convert(json.loads(json.dumps(msgspec.to_builtins(record)).replace("\\ud800", "")), Record)


def imported_by_canvas(text: str) -> dict[str, dict[str, str]]:
    """Read a gradebook as Canvas's importer does: assignments by number, students by ID, points as numbers."""
    first = [line for line in text.splitlines() if line][:3]
    delimiter = ";" if len({line.count(";") for line in first}) == 1 and first[0].count(";") > 2 else ","
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    header = rows[0]
    assert "Student" in header[0]
    assert "ID" in header[1]
    start = next(n for n, cell in enumerate(header) if "Section" in cell) + 1
    found = {}
    for row in rows[1:]:
        if "Points Possible" in row[0] or all(cell.strip() in ("", "Muted", "Manual Posting") for cell in row):
            continue
        grades = {}
        for title, cell in zip(header[start:], row[start:], strict=True):
            match = re.fullmatch(r"(.*)\s\((\d+)\)", title)
            if match and cell not in ("", "-"):
                number = re.sub(r"[.,](?=\d*[.,])", "", cell).replace(",", ".")
                grades[match[2]] = cell if cell.upper() == "EX" else float(number)
        found[row[1] or row[0]] = grades
    return found


CANVAS_SHEET = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Optimizers (123),Essay (77),Dropout (124),Current Score,Final Grade"
    "\r\n"
    ",,,,,Manual Posting,,,,\r\n"
    "    Points Possible,,,,,20,10,40,(read only),(read only)\r\n"
    '"Lovelace, Ada",11,0042,ada01,ML,,7,"5,5",90,A\r\n'
    '"Müller, Zoë",12,0043,zoe02,ML,EX,8,,80,B\r\n'
    '"Schmidt, Anna",13,0044,anna03,ML,,,,,\r\n'
    '"Schmidt, Anna",14,0045,anna04,ML,3,,,,\r\n'
    '"=cmd()",15,0046,evil05,ML,,,,,\r\n'
    '"Student, Test",16,,,ML,,,,,\r\n'
)


def test_canvas_reads_what_was_filled_in(results, tmp_path):
    """Points reach the right students on the sheet's scale; every other cell stays; who has no row is named."""
    sheet = tmp_path / "gradebook.csv"
    sheet.write_text(CANVAS_SHEET, "utf-8", newline="")
    file = results(
        record_of("ada01", "optimizers", 35.0), record_of("ada01", "dropout", 40.0),
        record_of(unicodedata.normalize("NFD", "zoë müller"), "optimizers", 10.0),
        record_of("Zoë Müller-Lüdenscheidt", "optimizers", 12.0),
        record_of("anna04", "optimizers", 0.0, SYNTAX), record_of("anna03", "optimizers", 0.0, MISSING),
        record_of("Anna Schmidt", "dropout", 40.0), record_of("0046", "dropout", 1 / 3),
        record_of("ada01", "unheard_of", 40.0),
    )  # fmt: skip
    before = sheet.read_bytes()
    dry = autograder("export", "canvas", "--results", file, "--sheet", sheet, "--dry-run")
    assert "ada01, optimizers: blank → 17.5" in dry.stdout
    assert "ada01, dropout: 5,5 → 40" in dry.stdout
    assert "optimizers goes into the column Optimizers (123); 40 points become 20" in dry.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gradebook.csv", "results.jsonl"]
    done = autograder("export", "canvas", "--results", file, "--sheet", sheet)
    assert done.returncode == 1
    assert sheet.read_bytes() == before
    filled = (tmp_path / "gradebook-filled.csv").read_text("utf-8")
    assert imported_by_canvas(filled) == {
        "11": {"123": 17.5, "77": 7.0, "124": 40.0},
        "12": {"123": "EX", "77": 8.0},
        "13": {},
        "14": {"123": 0.0},
        "15": {"124": 0.33},
        "16": {},
    }
    assert "NOT IN THE SHEET: Zoë Müller-Lüdenscheidt, optimizers: no row has this name" in done.stderr
    assert "NOT IN THE SHEET: Anna Schmidt, dropout: 2 rows have this name" in done.stderr
    assert done.stdout.count("  unchanged: ") == 3
    assert "(Müller, Zoë, 12, 0043, zoe02): optimizers: is excused (EX)" in done.stdout
    assert "(Schmidt, Anna, 13, 0044, anna03): submitted nothing" in done.stdout
    assert "(Student, Test, 16): no result has this name" in done.stdout
    assert "unheard_of has no column in the sheet" in done.stdout
    table, other = (list(csv.reader(io.StringIO(text))) for text in (CANVAS_SHEET, filled))
    changed = {(x, y) for x, row in enumerate(table) for y, cell in enumerate(row) if cell != other[x][y]}
    assert changed == {(3, 5), (3, 7), (6, 5), (7, 7)}


@pytest.mark.unit
@pytest.mark.parametrize("separator", [",", ";"])
def test_canvas_gradebook_of_other_shapes(separator, tmp_path):
    """Fewer columns, semicolons and a byte-order mark are accepted as Canvas's; anything else is refused."""
    sheet = tmp_path / "gradebook.csv"
    lines = ["Student,ID,Section,x (1)", "    Points Possible,,,40", 'ada,"011",ML,']
    sheet.write_text("\n".join(lines).replace(",", separator) + "\n", "utf-8-sig")
    record = record_of("011", "x", 30.5)
    filled = fill(read_exported_sheet(sheet), CANVAS, [record], read_identities(["011"], Roster()), {})
    assert filled.sheet.rows[2] == ("ada", "011", "ML", "30.5")
    assert (filled.lost, filled.left) == ((), ())
    sheet.write_text("name,points\nada,1\n", "utf-8")
    with pytest.raises(UsageError, match="is not a Canvas gradebook"):
        fill(read_exported_sheet(sheet), CANVAS, [record], read_identities(["011"], Roster()), {})


@pytest.mark.unit
def test_nobody_gets_the_points_of_another_one(tmp_path):
    """If a name fits two rows, or two students fit one row, none of them is filled in; a roster decides."""
    sheet = tmp_path / "gradebook.csv"
    sheet.write_text("Student,ID,Section,x (1)\nada,1,ML,\nADA,2,ML,\nalan,3,ML,\n", "utf-8")
    records = [record_of(name, "x", 40.0) for name in ("ada", "Alan", "alan", "9")]
    filled = fill(
        read_exported_sheet(sheet), CANVAS, records, read_identities([each.student for each in records], Roster()), {}
    )
    assert not filled.changes
    assert {student for student, _, _ in filled.lost} == {"ada", "Alan", "alan", "9"}
    roster = tmp_path / "roster.csv"
    roster.write_text("folder,canvas\n9,3\nada,2\n", "utf-8")
    filled = fill(read_exported_sheet(sheet), CANVAS, records, read_identities(["ada", "9"], read_roster(roster)), {})
    assert {(change.name, change.after) for change in filled.changes} == {("ada", "40"), ("9", "40")}
    assert [row[3] for row in filled.sheet.rows] == ["x (1)", "", "40", "40"]


def imported_by_moodle(text: str, strings: dict[str, str]) -> dict[str, str]:
    """Read a worksheet as Moodle's importer does: columns by the site's words, participants by the end of a cell."""
    rows = list(csv.reader(io.StringIO(text)))
    columns = {name: n for n, name in enumerate(rows[0])}
    assert strings["modified"] in columns
    grade, record = columns[strings["grade"]], columns[strings["id"]]
    assert len({len(row) for row in rows}) == 1
    return {row[record][len(strings["participant"]) :]: row[grade].replace(",", ".") for row in rows[1:]}


WORKSHEETS = {
    "en": (
        ("Identifier", "Full name", "ID number", "Email address", "Status", "Grade", "Maximum grade",
         "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"),
        ("Participant ", "100.00", "Yes", "No", "Submitted for grading"),
    ),
    "de": (
        ("ID", "Vollständiger Name", "ID-Nummer", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung",
         "Bewertung kann geändert werden", "Zuletzt geändert (Abgabe)", "Zuletzt geändert (Bewertung)", "Feedback"),
        ("Teilnehmer/in", "100,00", "Ja", "Nein", "Zur Bewertung abgegeben"),
    ),
    "ja": (
        ("識別子", "フルネーム", "IDナンバー", "メールアドレス", "ステータス", "評点", "最大評点", "評点を変更できる",
         "最終更新日時 (提出)", "最終更新日時 (評定)", "コメント"),
        ("参加者 ", "100.00", "はい", "いいえ", "評定のために提出済み"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", WORKSHEETS)
def test_moodle_reads_worksheet_and_feedback(language, results, tmp_path):
    """In any language, grades reach the right participants; each feedback file is found by its folder's name."""
    header, (participant, most, yes, no, status) = WORKSHEETS[language]
    strings = {"id": header[0], "grade": header[5], "modified": header[9], "participant": participant}
    people = [("Ada Lovelace", "ada@x.org", yes), ("Jean_Pierre O'Neill/x", "jp@x.org", yes), ("Eva", "eva@x.org", no),
              ("Nobody", "nobody@x.org", yes)]  # fmt: skip
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    rows.writerow(header)
    for number, (name, mail, changeable) in enumerate(people, 4711):
        grade = most if name == "Eva" else ""
        participant = strings["participant"]
        rows.writerow(
            [f"{participant}{number}", name, number - 4000, mail, status, grade, most, changeable, "-", "-", ""]
        )
    sheet, zipped = tmp_path / "worksheet.csv", tmp_path / "feedback.zip"
    sheet.write_text(text.getvalue(), "utf-8")
    file = results(
        record_of("Ada Lovelace_4711_assignsubmission_file", "x", 35.0), record_of("jp", "x", 0.5),
        record_of("eva", "x", 10.0), record_of("4714", "x", 40.0),
    )  # fmt: skip
    done = autograder("export", "moodle", "--results", file, "--sheet", sheet, "--feedback", zipped)
    assert done.returncode == 1, done.stderr
    filled = (tmp_path / "worksheet-filled.csv").read_text("utf-8")
    read = imported_by_moodle(filled, strings)
    assert {number: float(grade or -1) for number, grade in read.items()} == {
        "4711": 87.5, "4712": 1.25, "4713": 100.0, "4714": -1
    }  # fmt: skip
    assert ('"87,5"' in filled) == (language == "de")
    assert "Moodle says that the grade can't be changed" in done.stdout
    assert "NOT IN THE SHEET: 4714, x" in done.stderr  # a participant's number is the assignment's own
    with zipfile.ZipFile(zipped) as archive:
        names = archive.namelist()
    parts = [name.split("/")[0].split("_", 4) for name in names]
    assert [part[1:] for part in parts] == [[number, "assignfeedback", "file"] for number in ("4711", "4712", "4713")]
    assert all(name.count("/") == 1 for name in names)


def test_worksheet_that_is_not_clear_is_refused(results, tmp_path):
    """Several exercises, another system's sheet, no column for the grade: one line says what to do."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Identifier,Full name,Status,Grade,Scale,Changed\nParticipant 1,ada,new,,good,-\n", "utf-8")
    two = results(record_of("ada", "x", 1.0), record_of("ada", "y", 1.0))
    for extra, told in (
        ((), "is about one assignment, and there are 2 exercises"),
        (("x",), "Next: name one with --column x=COLUMN"),
        (("x", "--column", "x=Nothing"), "0 columns are called 'Nothing', expected one"),
        (("z",), "there is no result for z"),
    ):
        result = autograder("export", "moodle", *extra, "--results", two, "--sheet", sheet)
        assert (result.returncode, result.stdout) == (2, "")
        assert told in result.stderr
        assert result.stderr.count("\n") == 1
    named = autograder("export", "moodle", "x", "--results", two, "--sheet", sheet, "--column", "x=Grade")
    assert named.returncode == 0, named.stderr
    assert "Participant 1,ada,new,1,good,-" in (tmp_path / "sheet-filled.csv").read_text("utf-8")
    itself = autograder("export", "csv", "--results", two, "--sheet", sheet, "--to", sheet, "--column", "x=Grade")
    assert "is the sheet itself" in itself.stderr


def test_any_table_is_filled_by_name(results, tmp_path):
    """A table of another system has a column for an exercise, and somewhere a name, a login or a mail address."""
    sheet = tmp_path / "lms.csv"
    sheet.write_text("mail\tX\tgroup\nada@uni.org\t\t1\nalan@uni.org\t\t1\n", "utf-16")
    done = autograder("export", "csv", "--results", results(record_of("alan", "x", 12.0)), "--sheet", sheet)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "lms-filled.csv").read_bytes().decode("utf-16")
    assert text == "mail\tX\tgroup\nada@uni.org\t\t1\nalan@uni.org\t12\t1\n"


CLASS = [
    record_of(f"s{number}.{HOSTILE[:8]}", exercise, score, error)
    for number, (score, error) in enumerate(((40.0, None), (10.0, None), (0.0, SYNTAX), (0.0, MISSING)))
    for exercise in ("x", "y")
]


def test_junit_of_a_class_is_read_by_others(results, tmp_path):
    """Each file is valid, each test name is unique in the class, and counts are those of the records."""
    done = autograder("export", "junit", "--results", results(*CLASS), "--to", tmp_path / "junit")
    assert done.returncode == 0, done.stderr
    schema = xmlschema.XMLSchema(JUNIT)
    names = []
    for name in ("x", "y"):
        file = tmp_path / "junit" / f"{name}.xml"
        schema.validate(file)
        report = junitparser.JUnitXml.fromfile(str(file))
        assert (report.tests, report.failures, report.errors) == (8, 1, 4)
        outcomes = [[type(each).__name__ for each in case.result] for suite in report for case in suite]
        assert outcomes == [[], [], [], ["Failure"], *[["Error"]] * 4]
        names += [(case.classname, case.name) for suite in report for case in suite]
    assert len(set(names)) == 16


def test_ctrf_and_gradescope_of_a_class_are_valid(results, tmp_path):
    """The reports fit their schemas, and have every result once."""
    file = results(*CLASS)
    assert autograder("export", "ctrf", "--results", file, "--to", tmp_path / "ctrf").returncode == 0
    report = json.loads((tmp_path / "ctrf" / "y.json").read_text("utf-8"))
    jsonschema.validate(report, CTRF)
    assert len({(*test["suite"], test["name"]) for test in report["results"]["tests"]}) == 8
    assert autograder("export", "gradescope", "--results", file, "--to", tmp_path / "scope").returncode == 0
    written = sorted((tmp_path / "scope").glob("*/*/results.json"))
    assert len(written) == len(CLASS)
    for each in written:
        jsonschema.validate(json.loads(each.read_text("utf-8")), GRADESCOPE)
    assert autograder("export", "junit", "--results", file).returncode == 2


@pytest.mark.unit
def test_gradescope_shows_what_instructors_expect():
    """Tests add up to the score, an unreadable file is a failed test, and hidden checks are shown as requested."""
    found = results_json(record_of("s", "x", 15.0), "after_published")
    jsonschema.validate(found, GRADESCOPE)
    assert sum(test["score"] for test in found["tests"]) == found["score"] == 15.0
    assert [test["visibility"] for test in found["tests"]] == ["visible", "after_published"]
    assert [test["status"] for test in found["tests"]] == ["passed", "failed"]
    assert not {"\x1b", "\x00"} & set(json.dumps(found, ensure_ascii=False))
    broken = results_json(record_of("s", "x", 0.0, SYNTAX))
    assert broken["tests"][0]["status"] == "failed"
    assert broken["tests"][0]["output"].startswith("syntax, line 3: ")


@pytest.mark.unit
def test_names_that_are_the_same_are_known():
    """Case, accents, order and a mail address's domain do not change a name; digits do."""
    assert identities_of("Müller, Zoë") & identities_of(unicodedata.normalize("NFD", "ZOË MÜLLER"))
    assert identities_of("ada@uni.org") & identities_of("ADA")
    assert not identities_of("007") & identities_of("7")
    assert not identities_of("") & identities_of(" ")


@pytest.mark.unit
def test_points_are_those_that_count(tmp_path):
    """The deduction for lateness is subtracted, on the sheet's own scale."""
    sheet = tmp_path / "gradebook.csv"
    sheet.write_text("Student,ID,Section,x (1)\n    Points Possible,,,20\nada,1,ML,\n", "utf-8")
    record = msgspec.structs.replace(record_of("ada", "x", 40.0), late_days=2, deduction=8.0)
    filled = fill(read_exported_sheet(sheet), CANVAS, [record], read_identities(["ada"], Roster()), {})
    assert filled.sheet.rows[2][3] == "16"
