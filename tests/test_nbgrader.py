"""nbgrader's own commands on a class of twelve: scores, feedback, formgrader, and other things instructors use."""

from __future__ import annotations

import contextlib
import csv
import html
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import msgspec
import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from autograder.classroom import NotGraded
from autograder.course import DEFAULT_SEED
from autograder.nbgrader import configure
from autograder.nbgrader.cells import NOT_GRADED, graded_cells
from autograder.nbgrader.exporters import restore_notebook
from autograder.results import Record
from tests import warm
from tests.conftest import EXERCISES, ROOT, TRIAL, autograder, solution_of
from tests.nbgrader_course import Course, Score, browser, filled, make_course

NAMES = ("dropout", "penalties")
STUB = "raise NotImplementedError"


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """Return a course of two exercises and twelve students, who submit files, notebooks, or both; with feedback."""
    course = make_course(tmp_path_factory.mktemp("nbgrader") / "course", *NAMES)
    shutil.copy(course.root / "gradebook.db", course.root / "fresh.db")
    students = sorted((ROOT / "examples" / "class").iterdir())[:12]
    for number, student in enumerate(students):
        for exercise in NAMES:
            file = student / exercise / f"{exercise}.py"
            if not file.is_file():
                continue
            text = file.read_text("utf-8", "replace")
            notebook = filled(course.notebook(exercise), text)
            stub = (course.root / "release" / exercise / f"{exercise}.py").read_text("utf-8")
            what = [(text, None), (None, notebook), (stub, notebook)][number % 3]
            course.hand_in(student.name, exercise, module=what[0], notebook=what[1])
    for exercise in NAMES:
        course.nbgrader("autograde", exercise)
        course.nbgrader("generate_feedback", exercise)
    return course


@pytest.fixture(scope="module")
def results(course, tmp_path_factory) -> Path:
    """Return what `autograder grade` writes about the same folder."""
    output = tmp_path_factory.mktemp("results")
    submitted = course.root / "submitted"
    result = autograder("grade", *NAMES, *TRIAL, "--submissions", submitted, "--output", output)
    assert result.returncode == 0, result.stderr
    return output / "results.jsonl"


@pytest.fixture(scope="module")
def records(course, results) -> dict[tuple[str, str], Record]:
    """Return the records of what was submitted."""
    found = [msgspec.json.decode(line, type=Record) for line in results.read_bytes().splitlines()]
    return {
        (record.student, record.exercise): record
        for record in found
        if (course.root / "submitted" / record.student / record.exercise).is_dir()
    }


@pytest.fixture
def course_of_none(course, tmp_path) -> Course:
    """Return a course to which nobody has submitted anything."""
    root = tmp_path / "course"
    for name in ("source", "release"):
        shutil.copytree(course.root / name, root / name)
    shutil.copy(course.root / "nbgrader_config.py", root)
    shutil.copy(course.root / "fresh.db", root / "gradebook.db")
    return Course(root=root)


@pytest.fixture
def course_of_one(course_of_none) -> Course:
    """Return a course with one student, who submitted a file."""
    course = course_of_none
    place = course.hand_in("ada", "penalties", module=solution_of(EXERCISES["penalties"]))
    (place / "timestamp.txt").write_text("2026-11-01 12:00:00 UTC", "utf-8")
    assert autograder("collect", "--nbgrader", course.root).returncode == 0
    return course


def export(results: Path, gradebook: Path) -> str:
    """Export results into a gradebook by the real command, and return what it printed."""
    url = f"sqlite:///{gradebook}"
    command = ("-m", "autograder", "export", "nbgrader", "--results", results, "--gradebook", url)
    result = warm.run("nbgrader", *command)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def exported(results, tmp_path_factory) -> tuple[Path, str]:
    """Return a new gradebook into which the results are exported, and what the command printed."""
    gradebook = tmp_path_factory.mktemp("exported") / "gradebook.db"
    return gradebook, export(results, gradebook)


def scores_of(record: Record) -> dict[tuple[str, str, str], Score]:
    """Return a record's scores as the gradebook has them."""
    scores: dict[str, float] = {}
    for check in record.checks:
        scores[check.function] = scores.get(check.function, 0.0) + check.points
    return {
        (record.student, record.exercise, f"grade-{function}"): Score(score, None, False)
        for function, score in scores.items()
    }


def test_scores_in_the_gradebook_are_those_of_autograder_grade(course, records):
    """Scores agree to the last digit, for files, notebooks and both; nothing waits for a person."""
    expected = {key: score for record in records.values() for key, score in scores_of(record).items()}
    assert course.scores() == expected
    assert len({student for student, _ in records}) == 12
    assert len({record.score for record in records.values()}) > 5


def test_export_is_nbgraders_own(course, records):
    """`nbgrader export` writes the same totals."""
    course.nbgrader("export", "--to", "grades.csv")
    with (course.root / "grades.csv").open(encoding="utf-8") as file:
        totals = {(row["student_id"], row["assignment"]): float(row["score"]) for row in csv.DictReader(file)}
    for key, record in records.items():
        assert totals[key] == record.score


def test_feedback_in_a_browser_shows_checks_messages_and_hints(course, records):
    """Opened in a browser, feedback has every check's title, verdict and message, and every function's score."""
    record = next(each for each in records.values() if any(check.diagnosis for check in each.checks))
    page = course.root / "feedback" / record.student / record.exercise / f"{record.exercise}.html"
    shown = html.unescape(re.sub(r"<[^>]*>", " ", browser("--dump-dom", page.as_uri())))
    shown = re.sub(r"\s+", " ", shown)
    for check in record.checks:
        assert check.title in shown
        for line in check.message.splitlines():
            assert re.sub(r"\s+", " ", line) in shown
    assert "Hint: " in shown
    assert f"(Score: {record.score} / 100.0)" in shown


def test_hidden_checks_show_no_values(course, records):
    """No feedback has the values that a hidden check compares: only the kind and place of a difference."""
    for record in records.values():
        place = course.root / "autograded" / record.student / record.exercise / f"{record.exercise}.ipynb"
        cells = nbformat.read(place, as_version=4).cells
        for text in [output["data"]["text/plain"] for cell in cells for output in cell.get("outputs", [])]:
            for hidden in re.findall(r"\(hidden check\).*\n((?: {8}.*\n?)*)", text):
                message = hidden.replace("\n        ", " ")
                assert "got " not in message
                assert "tolerance" not in message


@contextlib.contextmanager
def formgrader(course: Course) -> Iterator[str]:
    """Run a server with formgrader on a free port, and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    extensions = "{'nbgrader.server_extensions.formgrader': True}"
    command = [str(warm.BIN / "jupyter-server"), "--allow-root", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--IdentityProvider.token=", f"--ServerApp.jpserver_extensions={extensions}"]
    environment = os.environ | {"JUPYTER_ALLOW_INSECURE_WRITES": "1", "HOME": str(course.root)}
    server = subprocess.Popen(command, cwd=course.root, env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/formgrader"
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urllib.request.urlopen(address):
                break
            time.sleep(0.2)  # a server that listens is the only sign that it listens
        yield address
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()


def test_formgrader_shows_the_scores(course, records):
    """formgrader, a real server opened in a browser, lists every submission's score and shows its checks."""
    with formgrader(course) as address:
        table = browser("--dump-dom", f"{address}/gradebook/dropout/dropout")
        shown = re.findall(r">(\d+(?:\.\d+)?) / 100<", table.replace("\n", ""))
        with urllib.request.urlopen(f"{address}/api/submitted_notebooks/dropout/dropout") as answer:
            one = json.load(answer)[0]
        submission = browser("--dump-dom", f"{address}/submissions/{one['id']}/")
    scores = [record.score for record in records.values() if record.exercise == "dropout"]
    assert sorted(float(score) for score in shown)[::2] == sorted(scores)  # overall, and for code: the same
    assert records[one["student"], "dropout"].checks[0].title in html.unescape(submission)


def test_a_file_that_is_handed_in_stays(course, records):
    """The autograded folder has the student's own file, not the released stub."""
    for student, exercise in records:
        mine = course.root / "submitted" / student / exercise / f"{exercise}.py"
        if mine.is_file():
            assert (course.root / "autograded" / student / exercise / mine.name).read_bytes() == mine.read_bytes()


def test_scores_are_exported_into_a_gradebook(course, results, exported, tmp_path):
    """`autograder export` fills a new gradebook as nbgrader would, and changes nothing the second time."""
    gradebook, said = exported
    assert "0 scores are new" not in said
    again = shutil.copy(gradebook, tmp_path)
    assert "0 scores are new" in export(results, again)
    scores = Course(root=tmp_path).scores()
    assert {key: scores[key] for key in course.scores()} == course.scores()


def test_nbgrader_goes_on_with_an_exported_gradebook(course_of_one, exported):
    """A gradebook that was exported before nbgrader knew the exercise can be used by nbgrader's commands."""
    course = course_of_one
    shutil.copy(exported[0], course.root / "gradebook.db")
    course.nbgrader("generate_assignment", "penalties", "--force", "--CourseDirectory.course_id=default_course")
    course.nbgrader("autograde", "penalties", "--CourseDirectory.course_id=default_course")
    mine = [score.auto for key, score in course.scores().items() if key[:2] == ("ada", "penalties")]
    assert sum(score or 0 for score in mine) == 100.0


def test_export_keeps_what_a_person_gave(course_of_one, tmp_path):
    """A score that a person gave stays; they are asked to look again if the automatic score is different."""
    course, output = course_of_one, tmp_path / "out"
    course.nbgrader("autograde", "penalties")
    submitted = course.root / "submitted"
    assert autograder("grade", "penalties", *TRIAL, "--submissions", submitted, "--output", output).returncode == 0
    course.change("UPDATE grade SET manual_score = 1.5, auto_score = 0")
    export(output / "results.jsonl", course.root / "gradebook.db")
    assert {score.manual for score in course.scores().values()} == {1.5}
    assert all(score.waits and score.auto for score in course.scores().values())


def test_people_and_clocks_count_as_ever(course_of_one):
    """Manual scores and comments survive --force, a late penalty is taken off, a newer submission is graded again."""
    course = course_of_one
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    course.nbgrader("autograde", "penalties")
    first = course.scores()
    assert sum(score.auto or 0 for score in first.values()) == 100.0
    course.change("UPDATE grade SET manual_score = 2.25, needs_manual_grade = 0")
    course.change("UPDATE comment SET manual_comment = 'Well done.'")
    course.change("UPDATE assignment SET duedate = '2026-11-02 00:00:00.000000'")
    course.nbgrader("autograde", "penalties", "--force")
    again = course.scores()
    assert {score.manual for score in again.values()} == {2.25}
    assert all(score.waits for score in again.values())  # nbgrader asks to look again
    place = course.hand_in("ada", "penalties", module=STUB)
    assert "Skipping existing assignment" in course.nbgrader("autograde", "penalties")
    (place / "timestamp.txt").write_text("2026-11-03 12:00:00 UTC", "utf-8")
    course.nbgrader("autograde", "penalties")
    assert {score.auto for score in course.scores().values()} == {0.0}
    course.change("UPDATE submitted_notebook SET late_submission_penalty = late_submission_penalty WHERE "
                  "late_submission_penalty = (SELECT 2.25 * count(*) FROM grade)")  # fmt: skip
    course.change("UPDATE comment SET manual_comment = manual_comment WHERE manual_comment = 'Well done.'")
    course.nbgrader("generate_feedback", "penalties")
    page = (course.root / "feedback" / "ada" / "penalties" / "penalties.html").read_text("utf-8")
    assert "Well done." in page
    assert "Late submission penalty" in page


def test_a_fault_of_ours_is_no_zero(course_of_one):
    """If the answers can't be recorded, the cells wait for a person, and say so; no score is given."""
    course, broken = course_of_one, course_of_one.root.parent / "broken"
    shutil.copytree(ROOT / "solutions" / "penalties", broken / "solutions" / "penalties")
    (broken / "solutions" / "penalties" / "reference.py").write_text("raise RuntimeError('no reference')", "utf-8")
    text = f"import autograder.nbgrader\nc = get_config()\nautograder.nbgrader.configure(c, {str(broken)!r}, seed=1)\n"
    (course.root / "nbgrader_config.py").write_text(text, "utf-8")
    said = course.nbgrader("autograde", "penalties")
    assert "penalties of ada is not graded and waits for a person" in said
    assert set(course.scores().values()) == {Score(None, None, True)}
    notebook = (course.root / "autograded" / "ada" / "penalties" / "penalties.ipynb").read_text("utf-8")
    assert NOT_GRADED in notebook
    assert "no reference" not in notebook


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            "import nbgrader; nbgrader.__version__ = '0.9.7'; configure(c, seed=1)",
            "nbgrader 0.9.7 found, 0.9.6 expected",
        ),
        (
            "configure(c, seed=1); c.Autograde.autograde_preprocessors = [Execute]",
            "was set after configure(c); set it before",
        ),
    ],
)
def test_what_is_not_known_ends_the_command(tmp_path, lines, words):
    """With another version, or a list that was set later, nbgrader ends with one sentence, and grades nothing."""
    (tmp_path / "submitted/ada/penalties").mkdir(parents=True)
    (tmp_path / "submitted/ada/penalties/penalties.ipynb").write_text("{}", "utf-8")
    head = "from autograder.nbgrader import configure\nfrom nbgrader.preprocessors import Execute\nc = get_config()\n"
    (tmp_path / "nbgrader_config.py").write_text(head + lines, "utf-8")
    said = Course(root=tmp_path).nbgrader("autograde", "penalties", expect=1)
    assert words in said
    assert "Traceback" not in said
    assert not (tmp_path / "autograded").exists()


@pytest.mark.parametrize(
    ("known", "before", "course", "words"),
    [
        (("Execute",), {}, ROOT, "IgnorePattern.*expected Execute"),
        (None, {"autograde_preprocessors": []}, ROOT, "expected Execute and then SaveAutoGrades in it"),
        (None, {"exporter_class": "mine"}, ROOT, "Autograde.exporter_class is set"),
        (None, {}, "/nowhere", "no folder `solutions/`"),
    ],
)
def test_another_configuration_is_refused(monkeypatch, known, before, course, words):
    """Changed steps, or a course that does not exist, are named, with what was expected."""
    if known:
        monkeypatch.setattr(sys.modules["autograder.nbgrader.configure"], "KNOWN", known)
    config = Config()
    config.Autograde.update(before)
    with pytest.raises(SystemExit, match=words):
        configure(config, course, seed=1)


def test_course_without_a_key_is_refused(tmp_path):
    """Nothing is graded while the course has no key of its own, and one line says how to make it."""
    (tmp_path / "solutions").mkdir()
    with pytest.raises(SystemExit, match=r"has no key.*Next: autograder init.*Nothing was graded"):
        configure(Config(), tmp_path)


def test_course_file_says_what_the_line_does_not(course_of_one, tmp_path):
    """Course and due dates come from course.toml above nbgrader's folder; a date in the gradebook stays."""
    course = course_of_one
    due = "penalties = 2026-11-01T12:30:00\ndropout = 2026-11-09T12:00:00"
    text = f"course = '{ROOT}'\ntimezone = 'Europe/Berlin'\n[due]\n{due}\n"
    (tmp_path / "course.toml").write_text(text, "utf-8")
    config = course.root / "nbgrader_config.py"
    head = config.read_text("utf-8").partition("autograder.nbgrader.configure(")[0]
    penalty = "c.LateSubmissionPlugin.penalty_method = 'zero'\n"
    config.write_text(f"{head}autograder.nbgrader.configure(c, seed={DEFAULT_SEED})\n{penalty}", "utf-8")
    said = course.nbgrader("autograde", "penalties")
    assert "penalties is due at 2026-11-01 11:30:00 UTC, as course.toml has it" in said
    assert "1800.0 seconds late" in said
    course.change("UPDATE assignment SET duedate = '2026-11-05 00:00:00.000000' WHERE name = 'penalties'")
    said = course.nbgrader("autograde", "penalties", "--force")
    assert "course.toml" not in said
    assert "seconds late" not in said


def test_course_file_says_where_the_key_is(tmp_path):
    """The key's place comes from the named course file, unless that file is about another course."""
    (tmp_path / "solutions").mkdir()
    file = tmp_path / "term" / "course.toml"
    file.parent.mkdir()
    file.write_text("course = '..'\nkey = 'mine'\n", "utf-8")
    for named in (None, tmp_path):
        with pytest.raises(SystemExit, match=rf"expected {re.escape(str(file.parent / 'mine'))}"):
            configure(Config(), named, course_file=file)
    (tmp_path / "other" / "solutions").mkdir(parents=True)
    with pytest.raises(SystemExit, match=rf"expected {re.escape(str(tmp_path / 'other' / '.autograder'))}"):
        configure(Config(), tmp_path / "other", course_file=file)
    file.write_text("color = 'red'", "utf-8")
    with pytest.raises(SystemExit, match=r"color is not known.*Nothing was graded"):
        configure(Config(), course_file=file)


def test_release_names_the_course_file(tmp_path):
    """The configuration that release writes uses the course file that release itself used."""
    text = f'course = "{ROOT}"\nexercises = ["penalties"]\n'
    (tmp_path / "course.toml").write_text(text, "utf-8")
    result = autograder("release", "--nbgrader", tmp_path / "n", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert [folder.name for folder in (tmp_path / "n" / "source").iterdir()] == ["penalties"]
    line = (tmp_path / "n" / "nbgrader_config.py").read_text("utf-8").splitlines()[-1]
    assert line.endswith(f"course_file={str(tmp_path / 'course.toml')!r})")


def test_collect_puts_notebooks_back(course, tmp_path):
    """A file that came alone gets the released notebook, once; no link is followed, and nothing is overwritten."""
    shutil.copytree(course.root / "release", tmp_path / "release")
    mine = Course(root=tmp_path)
    alone = mine.hand_in("ada", "dropout", module=STUB)
    own = mine.hand_in("bob", "dropout", module=STUB, notebook={"cells": []})
    linked = mine.hand_in("eve", "dropout", module=STUB)
    (linked / "dropout.ipynb").symlink_to(tmp_path / "elsewhere")
    assert "1 notebook put back" in autograder("collect", "--nbgrader", tmp_path).stdout
    assert (alone / "dropout.ipynb").read_bytes() == (tmp_path / "release" / "dropout" / "dropout.ipynb").read_bytes()
    assert (own / "dropout.ipynb").read_text("utf-8") == '{"cells": []}'
    assert not (tmp_path / "elsewhere").exists()
    assert "0 notebooks put back" in autograder("collect", "dropout", "--nbgrader", tmp_path).stdout
    assert autograder("collect", "juggling", "--nbgrader", tmp_path).returncode == 2


def test_fractions_are_exact(records):
    """A function's score is the sum of its checks' points to the last digit; a failure of the grader has no cells."""
    record = next(iter(records.values()))
    thirds = tuple(msgspec.structs.replace(check, points=0.125, max_points=1 / 3) for check in record.checks[:3])
    (graded,) = graded_cells(msgspec.structs.replace(record, checks=thirds)).values()
    assert (graded.points, graded.max_points) == (0.375, 1.0)
    assert graded_cells(NotGraded(student="ada", exercise="dropout", reason="the worker")) == {}


def test_a_notebook_in_disorder_is_put_in_order(course):
    """Cells that were moved, deleted or duplicated are restored once each; the student's own cells stay."""
    released = nbformat.reads(json.dumps(course.notebook("dropout")), as_version=4)
    marks = [cell.metadata.nbgrader.grade_id for cell in released.cells if "nbgrader" in cell.metadata]
    given = filled(course.notebook("dropout"), "def dropout_forward(x, p, rng, training=True):\n    return 'mine'\n")
    picture = {"cell_type": "markdown", "metadata": {}, "source": "a < b, <b>, ![](attachment:a.png)",
               "attachments": {"a.png": {"image/png": "QUJD", "image/svg+xml": "<svg/>"}}}  # fmt: skip
    kept = [cell for cell in given["cells"] if "grade-" not in str(cell["metadata"])]
    given["cells"] = [picture, *reversed(kept), *kept]
    found = restore_notebook(released, json.dumps(given).encode())
    nbformat.validate(found)
    assert sorted(cell.metadata.nbgrader.grade_id for cell in found.cells if "nbgrader" in cell.metadata) == sorted(
        marks
    )
    assert sum("'mine'" in cell.source for cell in found.cells) == 2
    assert found.cells[[cell.cell_type for cell in found.cells].index("markdown")].source
    (own,) = [cell for cell in found.cells if cell.get("attachments")]
    assert own.attachments == {"picture-1": {"image/png": "QUJD"}}
    assert own.source == "a < b, < b>, ![](attachment:picture-1)"


PICTURE = {"image/png": "QUJD"}


@pytest.mark.parametrize(
    ("text", "attached", "shown"),
    [
        ("![x](attachment:a.png)", {"a.png": PICTURE}, True),
        ('![x](attachment:a.png "a title")', {"a.png": PICTURE}, True),
        ("![x](attachment:my%20plot.png)", {"my plot.png": PICTURE}, True),
        ("![x](attachment:Screenshot%20(1).png)", {"Screenshot (1).png": PICTURE}, True),
        ("![x](attachment:übung.png)", {"übung.png": PICTURE}, True),
        ("![x](attachment:%C3%BCbung.png)", {"übung.png": PICTURE}, True),
        ("![x](attachment:a.png)", {"a.png": {"image/svg+xml": "QUJD"} | PICTURE}, True),
        ("![x](attachment:a.svg)", {"a.svg": {"image/svg+xml": "QUJD"}}, False),
        ("![x](attachment:nope.png)", {}, False),
        ("![x](attachment:nope.png)", {"a.png": PICTURE}, False),
        ("![x](attachment:nope.png)", {"nope.png": {"image/png": "<svg/>"}}, False),
        ("![x](attachment:nope.png)", {"nope.png": []}, False),
        ("![x](attachment:nope.png)", "nope.png", False),
        ("![x](attachment:)", {"": PICTURE}, False),
        ("![x](<attachment:nope.png>)", {}, False),
        ("![x](\nattachment:nope.png)", {}, False),
        ("![x](attachment&#58;nope.png)", {}, False),
        ("![x][r]\n\n[r]: attachment:nope.png", {}, False),
        ("[![x](attachment:nope.png)](attachment:nope)", {}, False),
        ("\\![x](attachment:nope.png) !\\[x](attachment:nope.png)", {}, False),
        ("`![x](attachment:nope.png)`\n\n```\n![x](attachment:nope.png)\n```", {}, False),
        ("![" * 20_000, {}, False),
        ("[](/files/" * 20_000, {}, False),
        ("**a*" * 20_000, {}, False),
        (">" * 5_000, {}, False),
        ("$a " * 20_000, {}, False),
    ],
)
def test_any_text_cell_becomes_a_page(text, attached, shown):
    """An attached picture is shown, whatever its name; nothing that is attached or missing ends feedback."""
    released = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("released")])
    cell = {"cell_type": "markdown", "metadata": {}, "source": text, "attachments": attached}
    notebook = restore_notebook(released, json.dumps({"cells": [cell]}).encode())
    nbformat.validate(notebook)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert ("data:image/png;base64,QUJD" in page) == shown
    assert "svg+xml" not in page.partition("<main")[2]


def test_what_a_person_reads_of_a_run(course_of_none):
    """There is no warning about useless cells; progress, functions by name, and misnamed notebooks are shown."""
    course, name = course_of_none, "penalties"
    solution = solution_of(EXERCISES[name])
    course.hand_in("ada", name, notebook=filled(course.notebook(name), solution))
    place = course.hand_in("eve", name, module=solution)
    (place / f"{name} (1).ipynb").write_text(json.dumps(course.notebook(name)), "utf-8")
    (place / "notes\x1b.ipynb").write_text("{}", "utf-8")
    said = autograder("collect", cwd=course.root).stdout
    assert f"eve/{name}: {name} (1).ipynb is not {name}.ipynb, which nbgrader looks for" in said
    assert "notes?.ipynb" in said
    said = course.nbgrader("autograde", name)
    assert "does not exist in the database" not in said
    assert f"autograder: {name}: 2 of 2 submissions graded" in said
    totals: dict[str, float] = {}
    for (student, _, _), score in course.scores().items():
        totals[student] = totals.get(student, 0.0) + score.auto
    assert totals == {"ada": 100.0, "eve": 100.0}
    course.nbgrader("generate_feedback", name)
    page = (course.root / "feedback" / "ada" / name / f"{name}.html").read_text("utf-8")
    for function in ("l2", "l1", "elastic_net"):
        assert f'<a href="#grade-{function}">{function}</a> (Score: ' in page
    assert ">Test cell<" not in page
