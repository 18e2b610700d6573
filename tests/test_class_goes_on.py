"""Whatever one student submits, or is called, the class is graded, and all written files are safe to open."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from autograder.classroom import plan
from autograder.cli.main import main
from autograder.grading import Submission
from autograder.printable import csv_cell, natural_order, printable
from autograder.release import make_notebook, make_released_notebook
from autograder.report.write import MAX_NOTES
from tests import warm
from tests.conftest import TRIAL
from tests.courses import FILES, NAME, write_course
from tests.test_foreign_folders import submit

SOLUTION = FILES[f"{NAME}.py"]
LOUD = f"{SOLUTION}\n\ndef double(x):\n    print('told')\n    raise ValueError('no')\n"
pytestmark = pytest.mark.usefixtures("measured_once")
WORST_NAMES = [
    *("store.sqlite", "store.sqlite-wal", "results.jsonl", "grades.csv", "notes.txt", "feedback", "con", "~", "*"),
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "a;=1+1", "a,=1", "a|-1", 'a";=1', "＝1+1", "'=1"),
    *("two\nlines", "== ada, tiny", "\x1b[31mred", "\x9b31m", "[bold]x", "[link=x]", "<img src=x>", ":bomb:", "a\\"),
    *("\u202eabc", "\udcff\udc80", "é", "e\u0301", "%s{0}", "x" * 200),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """Return a course with one exercise; its answer key is recorded when it is first graded with."""
    return write_course(tmp_path_factory.mktemp("tiny") / "course").root


@pytest.fixture
def grade(course, tmp_path, capsys):
    """Return a function that grades `tmp_path / class` and returns what it printed; the class has one student."""
    submit(tmp_path, "ada")

    def run(*arguments: object, code: int = 0, output: str = "out") -> str:
        words = ["grade", *TRIAL, "--course", course, "--submissions", tmp_path / "class", "--jobs", 1]
        returned = main([*map(str, [*words, "--output", tmp_path / output, *arguments])])
        said = capsys.readouterr()
        assert returned == code, said
        return said.out + said.err

    return run


def records(output: Path) -> dict[str, dict]:
    """Return the records by student."""
    lines = (output / "results.jsonl").read_text("utf-8").splitlines()
    return {record["student"]: record for record in map(json.loads, lines)}


def scores(output: Path) -> dict[str, float]:
    """Return the scores by student."""
    return {student: record["score"] for student, record in records(output).items()}


FLOODING = """
class Flood(Exception):
    def __str__(self):
        return "\\n" * 100_000


def double(x):
    {patch}
    print("\\n" * 100_000, "\\u2028" * 100_000)
    raise Flood


shift = double
"""
UNBOUND = """import sys
    frame = sys._getframe()
    while frame:
        for each in [*frame.f_globals.values(), frame.f_globals.get("wire")]:
            for name in ("MAX_TEXT", "MAX_PRINTED", "MAX_NAME"):
                if hasattr(each, name):
                    setattr(each, name, 10**9)
        frame = frame.f_back"""


def test_what_a_submission_says_takes_little_room_in_any_number_of_attempts(grade, tmp_path):
    """Endless line breaks, printed and raised in every check, are cut to what a person reads.

    This holds within the worker's limits, and also if a submission removes them.
    """
    sizes = []
    for attempt in range(3):
        for student, patch in (("mallory", "pass"), ("unbound", UNBOUND)):
            source = f"{FLOODING.format(patch=patch)}\n# {attempt}\n"
            folder = tmp_path / "class" / student / NAME
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{NAME}.py").write_text(source, "utf-8")
        grade()
        written = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
        sizes.append(sum(file.stat().st_size for file in written))
        notes = (tmp_path / "out" / "notes.txt").read_bytes().split(b"\n== ")
        assert max(map(len, notes)) < 2 * MAX_NOTES
    assert scores(tmp_path / "out") == {"ada": 100, "mallory": 0, "unbound": 0}
    assert max(sizes) < 2 * 400_000
    assert sizes[2] - sizes[1] < 2 * 3 * MAX_NOTES  # of the store, which keeps each attempt


# ---- names


def test_no_name_stops_a_class_or_harms_who_reads_about_it(grade, tmp_path):
    """Names like our files, formulas, markup, control characters: each is graded, twice, and shown as text."""
    for name in WORST_NAMES:
        submit(tmp_path, name, LOUD)
    unread = "unread\x1b[2J[red]"
    (tmp_path / "class" / unread / NAME).mkdir(parents=True)
    said = grade() + grade() + grade("--preview", "--force") + grade("--limit", "cpu_seconds=2", "--preview")
    assert len(scores(tmp_path / "out")) == len(WORST_NAMES) + 2
    assert "unread?[2J[red]" in said
    notes = (tmp_path / "out" / "notes.txt").read_text("utf-8")
    for text in (said, notes):
        assert all(character.isprintable() for line in text.split("\n") for character in line)
    assert notes.count("\n== ") + 1 == len(WORST_NAMES)
    for name in WORST_NAMES:
        assert (tmp_path / "out" / "feedback" / name / f"{NAME}.txt").is_file()


def test_history_of_any_name_is_safe_to_print(grade, tmp_path, capsys):
    """A history shows its student's name without characters that could steer a terminal."""
    submit(tmp_path, "\x1b[31mred\n")
    grade()
    assert main(["history", "\x1b[31mred\n", "--output", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.startswith(f"?[31mred?, {NAME}\n")


def test_table_opens_in_a_spreadsheet_as_text_and_sorted(grade, tmp_path):
    """The table has the mark that spreadsheets need, no cell that they compute, and the order that people expect."""
    for name in (*WORST_NAMES, "student10", "Student2", "Émile", "eva", "Zoë"):
        submit(tmp_path, name)
    grade()
    content = (tmp_path / "out" / "grades.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert rows[:2] == [["student", NAME, "total", "status"], ["maximum points", "100", "100", ""]]
    names = [row[0] for row in rows[2:]]
    assert len(names) == len(WORST_NAMES) + 6
    assert all(row[1:] == ["100", "100", "complete"] for row in rows[2:])
    for separator in ";,|\t":
        cells = [cell for name in names for cell in name.split(separator)]
        assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝＋－＠")]
    people = [name for name in names if name in ("ada", "student10", "Student2", "Émile", "eva", "Zoë")]
    assert people == ["ada", "Émile", "eva", "Student2", "student10", "Zoë"]


@pytest.mark.unit
@pytest.mark.parametrize("name", ["o'neill, jean-pierre", "Müller; Anna", "a=b", "x-1", "li@home", "王伟", "s2"])
def test_ordinary_names_are_written_as_they_are(name):
    """Signs inside a name do not make it a formula."""
    assert csv_cell(name) == printable(name) == name


@pytest.mark.unit
def test_any_names_can_be_sorted():
    """Names of digits, letters and neither are sorted into the same order, however they are given."""
    names = {"", "1", "a", "a1", "1a", "a1b2", "a1b10", "²", "٣", "ß", "SS", "ss", *WORST_NAMES}
    assert sorted(names, key=natural_order) == sorted(sorted(names), key=natural_order)


# ---- what is handed in


NOTEBOOKS = {
    "empty": b"",
    "a few megabytes of nesting": b'{"cells": ' + b"[" * 3_000_000,
    "metadata": b'{"cells": [{"cell_type": "code", "metadata": {"x": [' + b"{}," * 10**7 + b"{}]}}]}",
    "numbers": b'{"cells": [{"cell_type": "code", "metadata": {"x": [' + b"1," * (15 * 10**6) + b"1]}}]}",
    "lists": b'{"cells": [{"cell_type": "code", "metadata": {"x": [' + b"[]," * 10**7 + b"[]]}}]}",
    "cells": b'{"cells": [' + b"{}," * 10**7 + b"{}]}",
    "cells that are texts": b'{"cells": [' + b'"ab",' * 6_000_000 + b'""]}',
    "a text without an end": b'{"cells": [NaN, "' + rb'\"' * 15_000_000,
    "cells that are lists": b'{"cells": [' + b"[]," * 10**7 + b"[]]}",
    "outputs": b'{"cells": [{"cell_type": "code", "outputs": [' + b'{"a":1},' * 3_000_000 + b"1]}]}",
    "a long text": b'{"cells": [{"cell_type": "code", "source": "' + b"x" * 30_000_000 + b'"}]}',
    "a text of many parts": b'{"cells": [{"cell_type": "code", "source": [' + b'"",' * 10**7 + b'""]}]}',
    "a text of lists": b'{"cells": [{"cell_type": "code", "source": [' + b"[]," * 2_000_000 + b"[]]}]}",
    "attachments": b'{"cells": [{"cell_type": "markdown", "attachments": {"a": {' + b'"a":[],' * 10**6 + b'"b":1}}}]}',
    "texts": b'{"cells": [' + b'{"cell_type":"code","source":"' + b"x" * 90_000 + b'"},' + b"{}]}",
    "keys": b'{"cells": [], ' + b'"a":1,' * 5_000_000 + b'"b": 1}',
}  # fmt: skip
MEMORY = """
import os, resource, sys
import autograder.cli.grade, autograder.grading.grade, autograder.sandbox
from pathlib import Path
from autograder.grading import read_submission
from autograder.merge import ReleasedNotebook
released = ReleasedNotebook(exercise="tiny", cells=())
for place in sys.stdin:
    if os.fork() == 0:  # a process that has read nothing yet
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        read_submission(Path(place.strip()), "mallory", "mallory", "tiny", released)
        print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def megabytes():
    """Return a function that measures how much memory reading the submissions in a folder takes."""
    command = [sys.executable, "-c", MEMORY]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:

        def read(place: Path) -> int:
            reader.stdin.write(f"{place}\n")
            reader.stdin.flush()
            return int(reader.stdout.readline())

        yield read


@pytest.mark.parametrize("content", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_a_notebook_of_any_content_costs_little_memory(content, megabytes, tmp_path):
    """Reading a notebook of the largest size takes a small multiple of the file, whatever is in it."""
    file = tmp_path / "mallory" / NAME / f"{NAME}.ipynb"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert megabytes(tmp_path) < 32 + 96
    file.unlink()  # folders of tests are kept for a while


def test_a_name_of_any_length_is_read_at_once(grade, tmp_path):
    """A file with a name nearly like a copy's, very many times over, is only listed as unexpected."""
    for name in ("copy(1)", " copy", "copy", " (1)", "-copy 1 "):
        folder = tmp_path / "class" / f"mallory {name}" / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}{name * (240 // len(name))}x.py").write_text(SOLUTION, "utf-8")
    grade()
    found = scores(tmp_path / "out")
    assert found.pop("ada") == 100
    assert [*found.values()] == [0] * 5


def zipped(*members: str) -> bytes:
    """Return a zip in which each of these files holds the solution."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in members:
            archive.writestr(name, SOLUTION)
    return packed.getvalue()


def directory_of_members(count: int) -> bytes:
    """Return a zip that names very many files, and has none of them."""
    member = b"PK\x01\x02" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"x"
    size, many = (len(member) * count).to_bytes(4, "little"), min(count, 2**16 - 1).to_bytes(2, "little")
    return member * count + b"PK\x05\x06" + bytes(4) + many + many + size + bytes(6)


def test_zips_that_are_damaged_or_name_too_much_are_their_students_own_matter(grade, tmp_path):
    """A damaged zip, and one that names a hundred thousand files, are reported; neither is a fault of the grader."""
    whole = zipped(f"{NAME}.py")
    start = whole.index(b".py") + len(b".py")
    damaged = whole[:start] + b"\xff" * 6 + whole[start + 6 :]
    for student, content in (("alan", whole), ("damaged", damaged), ("many", directory_of_members(100_000))):
        folder = tmp_path / "class" / student / NAME
        folder.mkdir(parents=True)
        (folder / "all.zip").write_bytes(content)
    grade()
    found = records(tmp_path / "out")
    assert found["alan"]["score"] == 100
    assert "all.zip can't be unpacked: it is damaged" in found["damaged"]["error"]["message"]
    assert "all.zip can't be unpacked: it holds more than 20000 files" in found["many"]["error"]["message"]


def test_names_below_a_students_folder_are_safe_to_read(grade, tmp_path):
    """Names of folders, files and zips are shown without control characters and line breaks."""
    bad = "\x1b[2J\n100 of 100\x9b"
    for student, file in (
        ("deeper", f"{bad}/{NAME}.py"),
        ("zip", f"{bad}.zip"),
        ("other", f"{bad}.py"),
        ("two", f"{bad}1/{NAME}.py"),
        ("two", f"{bad}2/{NAME}.py"),
        ("large", f"{bad}.zip"),
    ):
        place = tmp_path / "class" / student / NAME / file
        place.parent.mkdir(parents=True)
        place.write_bytes(zipped(f"{NAME}.py") if student == "zip" else f"{SOLUTION}# {file!a}\n".encode())
        if student == "large":
            os.truncate(place, 2**25 + 1)
    grade()
    for student, score in scores(tmp_path / "out").items():
        text = (tmp_path / "out" / "feedback" / student / f"{NAME}.txt").read_text("utf-8")
        assert all(sign.isprintable() or sign == "\n" for sign in text)
        assert not any(line.startswith("100 of 100") for line in text.splitlines())
        assert score == (100 if student in ("ada", "deeper", "zip") else 0)


def test_metadata_and_outputs_of_a_notebook_cost_nobody_points(grade, tmp_path):
    """A right notebook with megabytes of outputs, metadata and numbers is graded like any other."""
    cells = [
        {"cell_type": "code", "metadata": {"x": [1.5] * 10**6}, "source": SOLUTION.splitlines(keepends=True)},
        {"cell_type": "code", "metadata": {}, "source": "", "outputs": [{"data": {"image/png": "A" * 10**7}}]},
        {"cell_type": "code", "metadata": {}, "source": "", "outputs": [{"data": [{"x": 1}] * 10**5}]},
    ]
    folder = tmp_path / "class" / "ada" / NAME
    (folder / f"{NAME}.py").unlink()
    (folder / f"{NAME}.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}), "utf-8")
    grade()
    assert scores(tmp_path / "out") == {"ada": 100}


def test_notebooks_are_graded_without_the_packages_that_make_them(tmp_path):
    """Without nbformat, notebooks are graded; a broken one affects only its student."""
    exercise = write_course(tmp_path / "course")
    notebook = make_notebook(exercise)
    submit(tmp_path, "ada")
    for student, content in (("alan", filled(notebook)), ("eve", notebook), ("mallory", b""), ("nul", b"\0")):
        (submit(tmp_path, student).with_suffix(".ipynb")).write_bytes(content)
        (tmp_path / "class" / student / NAME / f"{NAME}.py").unlink()
    program = """
        import sys
        sys.modules["nbformat"] = sys.modules["nbgrader"] = None
        from autograder.cli.main import main
        sys.exit(main(["grade", "--course", "course", "--submissions", "class", "--output", "out", "--seed", "1"]))
        """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], cwd=tmp_path, check=True, capture_output=True)
    assert scores(tmp_path / "out") == {"ada": 100, "alan": 100, "eve": 0, "mallory": 0, "nul": 0}
    found = {
        student: record["error"] and record["error"]["kind"] for student, record in records(tmp_path / "out").items()
    }
    assert found == {"ada": None, "alan": None, "eve": None, "mallory": "unreadable", "nul": "unreadable"}


def filled(notebook: bytes) -> bytes:
    """Return the released notebook with the solution in its last cell."""
    cells = json.loads(notebook)["cells"]
    return json.dumps({"cells": [*cells, {"cell_type": "code", "metadata": {}, "source": SOLUTION}]}).encode()


def test_released_notebook_is_the_same_with_and_without_nbformat(tmp_path):
    """Submissions are compared with the notebook that students got, cell by cell."""
    from autograder.merge import released_notebook

    exercise = write_course(tmp_path / "course")
    assert make_released_notebook(exercise) == released_notebook(NAME, make_notebook(exercise))


def test_one_notebook_is_graded_like_one_file(tmp_path, capsys):
    """`grade-file` grades a notebook with all checks, and says what is wrong with a broken one."""
    exercise = write_course(tmp_path / "course")
    file = tmp_path / "handed in.ipynb"
    words = ["grade-file", str(file), "--exercise", NAME, "--course", str(tmp_path / "course"), *TRIAL]
    for content, said in (
        (filled(make_notebook(exercise)), "100 of 100 points"),
        (make_notebook(exercise), "is not written yet"),
        (b"", "Not graded (unreadable): the notebook can't be read: it is empty"),
    ):
        file.write_bytes(content)
        assert main(words) == 0
        assert said in " ".join(capsys.readouterr().out.split())


FAULTS = {
    "alan": MemoryError(),
    "alan2": RecursionError("deep"),
    "alan3": ValueError("odd"),
    "alan4": OSError(5, "I/O error"),
}


def test_fault_of_ours_while_one_is_read_leaves_the_others(grade, tmp_path, monkeypatch):
    """A student whose submission the grader fails to read is named and gets no record; all others are graded."""
    submit(tmp_path, "zoë")
    for student in FAULTS:
        submit(
            tmp_path, student, SOLUTION if student == "alan" else ""
        )  # an empty file is not what a fault is taken for
    grade()
    read = plan.read_submission

    def failing(submissions: Path, folder: str, *others: object) -> Submission:
        if folder in FAULTS:
            raise FAULTS[folder]
        return read(submissions, folder, *others)

    monkeypatch.setattr(plan, "read_submission", failing)
    for arguments in ((), ("--force",)):
        said = " ".join(grade(*arguments, code=1).split())
        for student, fault in FAULTS.items():
            assert f"NOT GRADED, our failure: {student}, {NAME}: reading it failed: {type(fault).__name__}" in said
        assert scores(tmp_path / "out") == {"ada": 100, "zoë": 100}


def test_links_and_strange_files_are_one_students_matter(grade, tmp_path):
    """Circular links, links to elsewhere, pipes, and files or folders in the wrong place each get only a record."""
    place = tmp_path / "class"
    (place / "circle").symlink_to("circle")
    (place / "nowhere").symlink_to("/nowhere")
    (place / "ada2").symlink_to("ada")
    (place / "README.md").write_text("no student")
    (place / ".hidden").mkdir()
    (place / "folder" / NAME / f"{NAME}.py").mkdir(parents=True)
    (place / "file").mkdir()
    (place / "file" / NAME).write_text("")
    (place / "pipe" / NAME).mkdir(parents=True)
    os.mkfifo(place / "pipe" / NAME / f"{NAME}.py")
    (place / "linked" / NAME).mkdir(parents=True)
    (place / "linked" / NAME / f"{NAME}.py").symlink_to(place / "ada" / NAME / f"{NAME}.py")
    (place / "within").mkdir()
    (place / "within" / NAME).symlink_to(place / "ada" / NAME)
    grade()
    found = {student: record["error"] for student, record in records(tmp_path / "out").items()}
    assert found.pop("ada") is None
    assert {student: error["kind"] for student, error in found.items()} == dict.fromkeys(
        ("circle", "nowhere", "ada2", "folder", "file", "pipe", "linked", "within"), "unreadable"
    )
    for student in ("circle", "nowhere", "ada2", "linked", "within"):
        assert "symbolic link" in found[student]["message"]


# ---- which programs grade


def test_program_that_grades_runs_once(tmp_path):
    """Grading processes do not import the program that started them, which may be slow to import, like nbgrader."""
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\nfrom autograder.cli.main import main\nprint('imported', file=open('ran', 'a'))\n"
        "if __name__ == '__main__':\n    sys.exit(main(sys.argv[1:]))\n"
    )
    write_course(tmp_path / "course")
    for number in range(5):  # enough for two processes
        submit(tmp_path, f"student{number}", f"{SOLUTION}\n# {number}\n")
    places = ("--course", tmp_path / "course", "--submissions", tmp_path / "class", "--output", tmp_path / "out")
    result = warm.run("autograder", program, "grade", *TRIAL, *places, "--jobs", 2, cwd=tmp_path)
    assert "5 of 5 graded" in result.stdout, result.stderr
    assert (tmp_path / "ran").read_text() == "imported\n"


# ---- where results go


@pytest.mark.parametrize("output", ["class/out", "class", "class/ada/out", "class/../class/x/y"])
@pytest.mark.parametrize("option", ["--output", "--store"])
def test_results_never_go_where_submissions_are(output, option, grade, tmp_path):
    """An OUT or a store inside the folder of submissions is refused in one line, and nothing is written."""
    before = sorted(tmp_path.rglob("*"))
    said = grade(option, tmp_path / output, code=2)
    assert "is inside --submissions" in said
    assert said.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_output_of_an_earlier_run_is_no_student(grade, tmp_path):
    """An OUT among the submissions is named and gets no record; such a folder with a submission gets one."""
    grade(output="earlier")
    (tmp_path / "earlier").rename(tmp_path / "class" / "earlier")
    for name in ("results.jsonl", "grades.csv"):
        (tmp_path / "class" / "ada" / name).write_text("")
    said = grade()
    assert "earlier holds results of an earlier run" in said
    assert scores(tmp_path / "out") == {"ada": 100}
