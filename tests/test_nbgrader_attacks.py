"""Attacks through nbgrader: each student is one; none earns anything, learns anything, or leaves anything running."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
from collections.abc import Callable

import pytest

from tests.conftest import EXERCISES, TRIAL, solution_of
from tests.nbgrader_course import Course, browser, make_course, with_cells

EXERCISE = "dropout"
SECRET = "the-instructors-secret-4711"
SOLVED = re.compile(r"BEGIN SOLUTION\s++(?!raise NotImplementedError)")  # marks around anything but a stub
SLEEP = "424242"
FULL = [33.0, 28.0, 22.0, 17.0]
CALLED = "\ndef dropout_forward(x, p, rng, training=True):\n"  # what follows runs inside a check
Attack = Callable[[Course, str], None]


def module(text: str) -> Attack:
    """Submit a file."""
    return lambda course, student: course.hand_in(student, EXERCISE, module=textwrap.dedent(text).format(
        root=course.root, secret=SECRET, sleep=SLEEP)) and None  # fmt: skip


def cell(text: str) -> Attack:
    """Submit the released notebook with one more cell."""

    def attack(course: Course, student: str) -> None:
        source = textwrap.dedent(text).format(root=course.root, sleep=SLEEP)
        course.hand_in(student, EXERCISE, notebook=with_cells(course.notebook(EXERCISE), source))

    return attack


def changed(change: Callable[[dict], object]) -> Attack:
    """Submit the released notebook, changed."""

    def attack(course: Course, student: str) -> None:
        notebook = course.notebook(EXERCISE)
        course.hand_in(student, EXERCISE, notebook=change(notebook) or notebook)

    return attack


def link(name: str, target: str) -> Attack:
    """Submit a stub and a symbolic link."""

    def attack(course: Course, student: str) -> None:
        place = course.hand_in(student, EXERCISE, module="", notebook=course.notebook(EXERCISE))
        (place / name).unlink(missing_ok=True)
        (place / name).symlink_to(target.format(root=course.root, solution=EXERCISES[EXERCISE].solution))

    return attack


def linked_folder(course: Course, student: str) -> None:
    """Submit a link to another student's folder."""
    (course.root / "submitted" / student).mkdir()
    (course.root / "submitted" / student / EXERCISE).symlink_to(course.folder("honest", EXERCISE))


def shadows(course: Course, student: str) -> None:
    """Submit modules that somebody might import from the submission's folder."""
    place = course.hand_in(student, EXERCISE, module="import json", notebook=course.notebook(EXERCISE))
    for name in ("numpy", "json", "sitecustomize", "ipykernel_launcher", "nbgrader_config", "conftest", "alembic"):
        (place / f"{name}.py").write_text(f"open({str(course.root / 'pwned')!r}, 'w').write('{name}')", "utf-8")


def graded_cells(notebook: dict) -> list[dict]:
    """Return the graded cells of a notebook."""
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]


def claim_points(notebook: dict) -> None:
    """Change what the graded cells are worth, and unlock them."""
    for each in graded_cells(notebook):
        each["metadata"]["nbgrader"] |= {"points": 1000, "locked": False}
        each["source"] = "1000"


def delete_graded(notebook: dict) -> None:
    """Delete the graded cells."""
    for each in graded_cells(notebook):
        notebook["cells"].remove(each)


def duplicate_graded(notebook: dict) -> None:
    """Put graded cells in twice, above and below the real ones, with outputs that claim all points."""
    copies = [json.loads(json.dumps(each)) for each in graded_cells(notebook)]
    claim_outputs({"cells": copies})
    notebook["cells"] = [*copies, *notebook["cells"], *copies]


def attach(text: str, **attached: str) -> Callable[[dict], None]:
    """Return a change that adds a text cell with attachments; a name ends behind its last underscore."""

    def attaching(notebook: dict) -> None:
        names = {name.replace("_", "."): kind for name, kind in attached.items()}
        cell = {"cell_type": "markdown", "id": "attached", "metadata": {}, "source": text}
        cell["attachments"] = {name: {kind: "QUJD"} for name, kind in names.items()}
        notebook["cells"].append(cell)

    return attaching


def bring_pages(course: Course, student: str) -> None:
    """Submit pages, scripts and a folder of them."""
    place = course.hand_in(student, EXERCISE, module="", notebook=course.notebook(EXERCISE))
    (place / "more").mkdir()
    for name in (f"{EXERCISE}.html", "index.html", "more/evil.html", "evil.js", ".htaccess", f"{EXERCISE}.css"):
        (place / name).write_text("<script>alert(1)</script>", "utf-8")


def claim_outputs(notebook: dict) -> None:
    """Claim all points in the graded cells' outputs."""
    for each in graded_cells(notebook):
        points = str(each["metadata"]["nbgrader"]["points"])
        result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": points}}
        each["outputs"] = [result]


def turn_into_answers(notebook: dict) -> None:
    """Turn the graded cells into answers that a person would grade, and the solution cells into graded ones."""
    for each in notebook["cells"]:
        if "nbgrader" in each["metadata"]:
            each["metadata"]["nbgrader"] |= {"solution": True, "grade": True, "locked": False, "points": 50}


def rename_graded(notebook: dict) -> None:
    """Give all graded cells the name of the one that is worth most."""
    for each in graded_cells(notebook):
        each["metadata"]["nbgrader"]["grade_id"] = "grade-dropout_forward"


def break_metadata(notebook: dict) -> None:
    """Fill the metadata with nonsense."""
    for number, each in enumerate(graded_cells(notebook)):
        each["metadata"] = [7, {"nbgrader": 3}, {"nbgrader": {"schema_version": 99}}, {"nbgrader": {"grade_id": []}}][
            number
        ]


def own_kernel(notebook: dict) -> None:
    """Ask for a kernel that runs a command."""
    notebook["metadata"] = {"kernelspec": {"name": "../../evil", "display_name": "evil", "language": "bash"}}


def script(notebook: dict) -> dict:
    """Put scripts wherever a notebook can hold some."""
    evil = "<script>document.title = 'pwned'</script><img src=x onerror=\"document.title='pwned'\">"
    claim_outputs(notebook)
    for each in graded_cells(notebook):
        each["outputs"][0]["data"]["text/html"] = evil
    marked = with_cells(notebook, evil, "[click](javascript:document.title='pwned')", kind="markdown")
    marked = with_cells(marked, evil, kind="raw")
    return with_cells(marked, f"def dropout_forward(x, p, rng, training=True):\n    raise ValueError({evil!r})")


ATTACKS: dict[str, Attack] = {
    "patches numpy.testing": cell("""
        import numpy.testing
        for name in dir(numpy.testing):
            if name.startswith("assert"):
                setattr(numpy.testing, name, lambda *a, **k: None)
        """),
    "patches allclose and float": module("""
        import builtins, numpy as np
        np.allclose = np.array_equal = lambda *a, **k: True
        builtins.float = lambda *a: 1000.0
        """),
    "adds to input_transformers_cleanup": cell("""
        def everything_right(lines):
            return ["100"]
        get_ipython().input_transformers_cleanup.append(everything_right)
        """),
    "reads In": cell(f"from __main__ import In{CALLED}    raise ValueError(str(In) + str(globals()))"),
    "reads the notebook with hidden tests": module(f"""
        import glob{CALLED.replace(chr(10), chr(10) + ' ' * 8)}
            found = glob.glob("**/*.ipynb", recursive=True)
            raise ValueError("".join(open(name).read() for name in found) or "nothing")
        """),
    "reads source and other submissions": module(f"""
        import glob{CALLED.replace(chr(10), chr(10) + ' ' * 8)}
            found = glob.glob("{{root}}/s*/**/*.*", recursive=True) + ["{{root}}/notes.txt"]
            raise ValueError("".join(open(name).read() for name in found))
        """),
    "writes gradebook.db": module("""
        import sqlite3
        for change in (lambda: sqlite3.connect("{root}/gradebook.db").execute("UPDATE grade SET auto_score = 100"),
                       lambda: open("{root}/gradebook.db", "wb").write(b"")):
            try:
                change()
            except Exception:
                pass
        """),
    "writes its own record": module("""
        import os
        try:
            import sqlite3
            sqlite3.connect("{root}/.autograder/store.sqlite").execute("UPDATE attempts SET record = '[]'")
            open("{root}/pwned", "w").write("record")
        except Exception:
            pass
        """),
    "brings shadow modules": shadows,
    "links its file to the solution": link("dropout.py", "{solution}"),
    "links its notebook to another student's": link("dropout.ipynb", "{root}/submitted/honest/dropout/dropout.ipynb"),
    "links a file to the instructor's notes": link("notes.txt", "{root}/notes.txt"),
    "links a folder to the course": link("course", "{root}"),
    "links its whole folder": linked_folder,
    "leaves daemons": module("""
        import os, subprocess, sys, threading, time
        for start in (lambda: subprocess.Popen(["sleep", "{sleep}"], start_new_session=True),
                      lambda: os.fork() or os.execv("/bin/sleep", ["sleep", "{sleep}"])):
            try:
                start()
            except BaseException:
                pass
        """),
    "changes points and locks": changed(claim_points),
    "deletes the graded cells": changed(delete_graded),
    "duplicates the graded cells": changed(duplicate_graded),
    "claims full score in outputs": changed(claim_outputs),
    "turns graded cells into answers": changed(turn_into_answers),
    "gives all cells one name": changed(rename_graded),
    "makes nonsense of metadata": changed(break_metadata),
    "asks for a kernel of its own": changed(own_kernel),
    "puts scripts everywhere": changed(script),
    "attaches an SVG": changed(attach("![plot](attachment:plot.svg)", plot_svg="image/svg+xml")),
    "links an attachment that is not there": changed(attach("![x](attachment:nope.png) [r]: attachment:y")),
    "brackets without end": changed(attach("![" * 50_000)),
    "brings pages": bring_pages,
    "<img src=x onerror=alert(1)>": module("def dropout_forward(*a): raise ValueError('<b>bold</b>')"),
    "hands in a huge notebook": lambda course, student: course.hand_in(
        student, EXERCISE, notebook=json.dumps({"cells": [], "x": "y" * 40_000_000})) and None,
    "hands in deep nesting": lambda course, student: course.hand_in(
        student, EXERCISE, notebook='{"cells": ' + "[" * 300_000) and None,
    "hands in no JSON": lambda course, student: course.hand_in(student, EXERCISE, notebook="import os") and None,
    "hands in another nbformat": lambda course, student: course.hand_in(
        student, EXERCISE, notebook={"nbformat": 99, "worksheets": [], "cells": {"a": 1}, "metadata": 3}) and None,
    "ends the process": module("import os\nos._exit(0)"),
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """Return a course with an honest student and every attacker, graded, with feedback."""
    course = make_course(tmp_path_factory.mktemp("attacked") / "course", EXERCISE)
    (course.root / "notes.txt").write_text(SECRET, "utf-8")
    (course.root / "source" / "next_week").mkdir()
    (course.root / "source" / "next_week" / "notes.txt").write_text(SECRET, "utf-8")
    course.hand_in("honest", EXERCISE, module=f"{solution_of(EXERCISES[EXERCISE])}\n# {SECRET}\n")
    course.hand_in("honest", EXERCISE, notebook=with_cells(course.notebook(EXERCISE), f"# {SECRET}"))
    for name, attack in ATTACKS.items():
        attack(course, name)
    course.nbgrader("autograde", EXERCISE)
    course.nbgrader("generate_feedback", EXERCISE)
    return course


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_earns_nothing_and_learns_nothing(course, name):
    """An attacker has zero points, does not wait for a person, and finds no secret in the feedback."""
    mine = {key: score for key, score in course.scores().items() if key[0] == name}
    assert [score.auto for score in mine.values()] == [0.0] * len(FULL)
    assert not any(score.waits for score in mine.values())
    for step in ("autograded", "feedback"):
        files = [file for file in (course.root / step / name).rglob("*") if file.is_file()]
        assert any(file.suffix in (".ipynb", ".html") for file in files)
        for file in files:
            assert SECRET not in file.read_text("utf-8", "replace"), file
            assert not SOLVED.search(file.read_text("utf-8", "replace")), file


def test_attackers_change_nothing_for_others(course):
    """The honest student has all points, the database is intact, and no file of the course was written."""
    honest = [score.auto for key, score in course.scores().items() if key[0] == "honest"]
    assert sorted(honest, reverse=True) == FULL
    assert not (course.root / "pwned").exists()
    assert len(course.scores()) == (len(ATTACKS) + 1) * len(FULL)


def test_attackers_leave_nothing_running(course):
    """No process that an attacker tried to start is left."""
    assert course.root
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"sleep {SLEEP}" not in running


@pytest.mark.parametrize("name", ATTACKS)
def test_feedback_is_a_page_and_nothing_else(course, name):
    """Whatever files a submission has, its feedback is written, and no file of the student's is beside it."""
    folder = course.root / "feedback" / name / EXERCISE
    assert {file.name for file in folder.iterdir()} - {"timestamp.txt"} == {f"{EXERCISE}.html"}
    assert "<title>dropout</title>" in (folder / f"{EXERCISE}.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["puts scripts everywhere", "<img src=x onerror=alert(1)>"])
def test_scripts_do_not_run_in_feedback(course, name):
    """Feedback that is opened in a browser runs nothing of a student's, and shows the message with it as text."""
    page = course.root / "feedback" / name / EXERCISE / f"{EXERCISE}.html"
    dom = browser("--dump-dom", page.as_uri())
    assert "<title>dropout</title>" in dom
    assert "ValueError" in dom
    assert "<img src=" not in dom
    assert 'href="javascript' not in dom


def test_validate_starts_no_kernel(course):
    """`nbgrader validate` in the course folder refuses to run what is in a submission's folder."""
    said = course.nbgrader("validate", f"submitted/brings shadow modules/{EXERCISE}/{EXERCISE}.ipynb", expect=1)
    assert "autograder runs no student code in a kernel" in said
    assert not (course.root / "pwned").exists()


def test_no_attack_is_a_file_that_grade_reads_otherwise(course, tmp_path):
    """`autograder grade` gives the same zeros on the same folder."""
    from tests.conftest import autograder

    result = autograder(
        "grade", EXERCISE, *TRIAL, "--submissions", course.root / "submitted", "--output", tmp_path / "out"
    )
    assert result.returncode == 0, result.stderr
    records = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()]
    assert {record["student"]: record["score"] for record in records} == dict.fromkeys(ATTACKS, 0.0) | {"honest": 100.0}


def test_attacks_are_as_many_as_promised():
    """There are at least twenty attacks."""
    assert len(ATTACKS) >= 20
