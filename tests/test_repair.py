"""Repair tasks: a file with one known mistake, which only its symptom shows, and which can be repaired."""

from __future__ import annotations

import ast
import re
import shutil
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from autograder.api import check_assignment
from autograder.assignment import find_assignments
from autograder.course_key import HANDED_OUT, chosen, create_course_key, find_course_key, mark_line, marked, seeded
from autograder.grading import open_grader, single_file
from autograder.key import read_key
from autograder.recording import key_files
from autograder.release import RepairTasks
from autograder.release.repair import working_file
from autograder.results import BELIEVED
from autograder.verify import verify
from tests.conftest import EXERCISES, SEEDS, autograder, records, solution_of
from tests.courses import write_course

SEVERAL = 12  # tasks that each exercise of this course has at least
STUDENTS = ["ada", "ben", "cyd", "Éva Müller"]


@pytest.fixture(scope="module")
def tasks(students_keys):
    """Return the repair tasks of an exercise, by its name."""
    read: dict[str, RepairTasks] = {}

    def tasks_of(name: str) -> RepairTasks:
        if name not in read:
            read[name] = RepairTasks(EXERCISES[name], students_keys[name])
        return read[name]

    return tasks_of


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """Return a course of three exercises with a course.toml, a key of its own, and a file of names."""
    root = tmp_path_factory.mktemp("course")
    names = ("normalization", "marginalization", "backprop")
    for name in names:
        shutil.copytree(EXERCISES[name].folder, root / "solutions" / name)
    (root / "course.toml").write_text(f"exercises = {list(names)}\n", "utf-8")  # --repair needs none of them named
    keys = root / ".autograder" / "keys"
    keys.mkdir(parents=True)
    for file in key_files([EXERCISES[name] for name in names], HANDED_OUT):  # recorded for other tests, too
        shutil.copy(file, keys)
    create_course_key(root).write_text("1f" * 32, "ascii")  # the same tasks every time: some of them have no curve
    (root / "names.txt").write_text("\n".join([*STUDENTS, "", ""]), "utf-8-sig")
    return root


@pytest.fixture(scope="module")
def handed_out(course) -> Path:
    """Return the folder that the real command writes for the course's students."""
    for name in ("normalization", "marginalization"):
        result = autograder("release", "--repair", name, "--students", "names.txt", cwd=course)
        assert result.returncode == 0, result.stderr
        assert f"4 repair tasks of {name}, drawn from" in result.stdout
    return course / "repairs"


# ---- what a file tells


@pytest.mark.unit
@pytest.mark.parametrize("name", EXERCISES)
def test_a_working_file_is_the_solution_without_its_marks(name):
    """It has the solution's functions, signatures and docstrings, no mark and no comment."""
    solution = solution_of(EXERCISES[name])
    text = working_file(solution)
    functions = [
        {node.name: (ast.unparse(node.args), ast.get_docstring(node)) for node in ast.parse(each).body
         if isinstance(node, ast.FunctionDef)}
        for each in (solution, text)
    ]  # fmt: skip
    assert functions[0] == functions[1]
    assert "### " not in text
    assert not [line for line in text.splitlines() if re.search(r"(^|\s)# ", line)]


@pytest.mark.parametrize("name", EXERCISES)
def test_a_wrong_file_differs_from_the_right_one_in_one_body_alone(name, tasks):
    """All other text is the same, byte for byte, and each exercise has several tasks for several functions."""
    found = tasks(name)
    right = {node.name: ast.get_source_segment(found.right, node) for node in ast.parse(found.right).body
             if isinstance(node, ast.FunctionDef)}  # fmt: skip
    for misconception, text in found.texts.items():
        function = misconception.partition(".")[0]
        wrong = next(node for node in ast.parse(text).body if getattr(node, "name", "") == function)
        assert text.replace(ast.get_source_segment(text, wrong), right[function]) == found.right
        assert text != found.right
        assert misconception not in text
    assert len(found.texts) >= SEVERAL
    assert len({misconception.partition(".")[0] for misconception in found.texts}) >= 2
    assert found.texts.keys() & found.skipped.keys() == set()


def test_numbers_of_tasks_are_those_of_the_page(tasks):
    """The instructors' page says how many tasks each exercise has, out of how many misconceptions."""
    page = (Path(__file__).resolve().parents[1] / "docs" / "instructors.md").read_text("utf-8")
    told = {row[0]: (int(row[1]), int(row[2])) for row in re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \|", page, re.M)}
    assert told == {
        name: (len(found.texts), len(found.texts) + len(found.skipped))
        for name, found in ((name, tasks(name)) for name in EXERCISES)
    }


def test_files_of_one_task_differ_in_their_marks_alone(course, tasks):
    """Two students with the same mistake have the same file except for the random digits in its first line."""
    secret = find_course_key(course).repairs_of("backprop")
    name = next(iter(tasks("backprop").texts))
    lines = [mark_line(secret, student, name) for student in STUDENTS]
    assert len(set(lines)) == len(STUDENTS)
    assert all(re.fullmatch(r"# Repair task [0-9a-f]{32}\. Leave this line as it is\.\n", line) for line in lines)


def test_what_is_handed_out_names_no_mistake(handed_out, students_keys):
    """No file has a misconception's name, belief or hint; a key beside it has no misconception and no fingerprint."""
    for exercise in ("normalization", "marginalization"):
        known = students_keys[exercise].misconceptions
        words = [word.encode() for each in known for word in (each.id, each.belief, *each.hints) if word]
        for file in handed_out.rglob(f"*/{exercise}/*"):
            content = file.read_bytes()
            assert not [word for word in words if word in content], file
            assert file.name not in ("hidden_checks.py", "misconceptions.py", "reference.py")
            if file.suffix == ".key":
                key = read_key(file)
                assert not key.misconceptions
                assert not any(check.fingerprints for check in key.checks)
                assert (key.repairs, key.sources) == (b"", {})


# ---- who gets what


def test_the_course_key_decides_who_gets_what(course, handed_out):
    """The same key gives the same files again; another key gives other files, and not everybody the same."""
    before = {file: file.read_bytes() for file in handed_out.rglob("*.py")}
    again = autograder("release", "--repair", "normalization", "--students", "names.txt", cwd=course)
    assert again.returncode == 0, again.stderr
    assert {file: file.read_bytes() for file in handed_out.rglob("*.py")} == before


@pytest.mark.unit
def test_choices_are_spread_and_steady():
    """Every misconception is given to somebody, and a new one takes only its own share from the others."""
    secret = seeded(1).repairs_of("x")
    students, names = [f"s{number}" for number in range(400)], [f"f.{number}" for number in range(20)]
    drawn = {student: chosen(secret, student, names) for student in students}
    assert set(drawn.values()) == set(names)
    assert max(Counter(drawn.values()).values()) < 50
    changed = [student for student in students if chosen(secret, student, [*names, "f.new"]) != drawn[student]]
    assert 0 < len(changed) < 50
    other = seeded(2).repairs_of("x")
    assert sum(chosen(other, student, names) == drawn[student] for student in students) < 60


@pytest.mark.unit
def test_a_mark_tells_only_who_has_the_key():
    """A mark names its misconception only to the course's own key, in any file of a submission."""
    secret = seeded(1).repairs_of("x")
    source = mark_line(secret, "ada", "f.one").encode()
    names = ["f.another", "f.one"]
    assert marked(secret, [b"", b"import numpy\n" + source], names) == "f.one"
    assert marked(seeded(2).repairs_of("x"), [source], names) == ""
    assert marked(seeded(1).repairs_of("y"), [source], names) == ""
    assert marked(b"", [source], names) == ""
    assert marked(secret, [source], ["f.another"]) == ""
    assert marked(secret, [b"# Repair task 00000000000000000000000000000000"], names) == ""


# ---- what its student sees


def test_the_public_checks_beside_a_file_show_the_number_and_no_name(handed_out):
    """`autograder check` fails as the page says, in one function, and names no belief from the catalog."""
    for student in STUDENTS:
        (assignment,) = find_assignments([handed_out / student / "marginalization"])
        record = check_assignment(assignment).record
        failed = [check for check in record.checks if check.status not in ("passed", "skipped")]
        assert len({check.function for check in failed}) == 1
        assert not [check for check in failed if any("." in name and "generic" not in name for name in check.diagnosis)]
        page = (assignment.file.parent / "README.md").read_text("utf-8")
        assert f'"{failed[0].title}", says of this file' in page
        assert failed[0].message.splitlines()[0] in page
        assert BELIEVED not in page
        assert "raise NotImplementedError" not in page


def test_a_curve_tells_no_function(course):
    """If a curve shows the mistake, the page has both curves, and no check that would name the function."""
    result = autograder("release", "--repair", "backprop", "--count", "2", "--output", "tasks", cwd=course)
    assert result.returncode == 0, result.stderr
    for number in ("1", "2"):
        folder = course / "tasks" / number / "backprop"
        assert {file.name for file in folder.iterdir()} == {"README.md", "backprop.py", "curve.py"}
        wrong, right = re.findall(r"```\n(.*?)\n```", (folder / "README.md").read_text("utf-8"), re.DOTALL)[:2]
        assert wrong != right
        assert "five layers" in wrong


# ---- what it earns


def test_a_task_loses_in_one_function_and_repaired_earns_all(course, handed_out):
    """As given out, a file loses points in one function; repaired, it earns all, and its student learns what it was."""
    for student in STUDENTS:
        fixed = course / "fixed" / student / "normalization"
        fixed.mkdir(parents=True)
        mark = (handed_out / student / "normalization" / "normalization.py").read_text("utf-8").splitlines()[0]
        right = working_file(solution_of(EXERCISES["normalization"]))
        (fixed / "normalization.py").write_text(f"{mark}\n{right}", "utf-8")
    records = {}
    for submissions in ("repairs", "fixed"):
        result = autograder(
            "grade", "normalization", "--submissions", submissions, "--output", f"out_{submissions}", "--isolation",
            "none", cwd=course,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        lines = (course / f"out_{submissions}" / "results.jsonl").read_bytes().splitlines()
        records[submissions] = {record["student"]: record for record in map(msgspec.json.decode, lines)}
    for student in STUDENTS:
        before, after = records["repairs"][student], records["fixed"][student]
        failed = {check["function"] for check in before["checks"] if check["status"] not in ("passed", "skipped")}
        assert failed == {before["repair"].partition(".")[0]}
        assert not [line for line in before["advice"] if "repair" in line]
        assert (after["score"], after["repair"]) == (100, before["repair"])
        assert "this was a repair task, and all of it is right now" in after["advice"][-1]
        feedback = (course / "out_fixed" / "feedback" / student / "normalization.txt").read_text("utf-8")
        assert "was wrong" in feedback


def test_a_file_that_lost_its_mark_is_graded_like_any_other(keys, sandbox):
    """Without the line, all points are earned, and nothing is said."""
    key = keys(SEEDS[0])["normalization"]
    right = working_file(solution_of(EXERCISES["normalization"])).encode()
    record = open_grader(key).grade(single_file("s", "normalization", right), sandbox).record
    assert (record.score, record.repair, record.advice) == (100, "", ())


# ---- what can't be


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--students", "names.txt", "--count", "2"), "give one of them"),
        (("--students", "nobody.txt"), "one name in each line"),
        (("--students", "bad.txt"), "can't be the name of a student's folder"),
        (("--students", "twice.txt"), "is there twice"),
        (("--zip",), "makes tasks of that exercise alone"),
    ],
)
def test_what_the_command_cannot_do_is_told_in_one_line(course, arguments, told):
    """Arguments that contradict one another and names that can't be folders are refused before anything is written."""
    (course / "bad.txt").write_text("ada\n../ben\n", "utf-8")
    (course / "twice.txt").write_text("ada\nada\n", "utf-8")
    result = autograder("release", "--repair", "normalization", "--output", "none", *arguments, cwd=course)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert told in result.stderr
    assert not (course / "none").exists()


def test_without_a_course_key_there_is_no_task(tmp_path):
    """Who gets which task is a secret: without the course key the command refuses, and `--count` needs `--repair`."""
    exercise = write_course(tmp_path)
    result = autograder("release", "--repair", "tiny", cwd=exercise.root)
    assert result.returncode == 2
    assert "autograder init" in result.stderr
    assert "give --repair EXERCISE, too" in autograder("release", "--count", "3", cwd=exercise.root).stderr


# ---- verification


def test_verification_proves_the_text_of_each_task(tmp_path):
    """A written text that is right, that is wrong elsewhere, or that is diagnosed as another mistake, is a defect."""
    exercise = write_course(tmp_path)
    assert autograder("release", cwd=tmp_path).returncode == 0
    other = "\n\n" + """wrong.written("double.squares", replace="2 * x", by="{}")\n"""
    for by, told in (("x + x", "loses nothing"), ("3 * x", "is taken for"), ("x * x", "")):
        path = exercise.folder / "misconceptions.py"
        text = path.read_text("utf-8").split("\n\nwrong.written")[0]
        path.write_text(text + other.format(by), "utf-8")
        _, found = verify(exercise, 5)
        facts = [each.fact for each in found if each.place == "repair task double.squares"]
        assert facts == [] if not told else told in facts[0]


@records
@pytest.mark.unit
def test_code_that_no_file_could_hold_is_skipped_with_a_reason(students_keys):
    """A misconception that is generated, calls the right function, or was never written makes no task."""
    found = RepairTasks(EXERCISES["dropout"], students_keys["dropout"])
    assert found.skipped["dropout_forward.p_is_kept"] == "calls the right function"
    assert found.skipped["dropout_backward.mask_drawn_anew"] == "is in several functions"
    assert found.skipped["dropout_forward.nothing_dropped"] == "is made by other code"
    found = RepairTasks(EXERCISES["optimizers"], students_keys["optimizers"])
    assert found.skipped["adam.averages_not_kept"] == "is nothing that anybody would write"
