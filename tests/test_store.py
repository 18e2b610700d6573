"""The results store: what is graded again, what is not, what stays, and what is written from it."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import shutil
import sqlite3
import threading

import msgspec
import pytest

from autograder.classroom import plan, run
from autograder.cli.main import main
from autograder.grading import Grader
from autograder.results import CheckRecord, Error, Record
from autograder.sandbox import Sandbox
from autograder.store import Attempt, StoreError, StoreKey, is_reusable, open_read_only, open_store
from tests.classes import EXERCISE, FILES, SOLUTION, essence, make_class, rows, submit
from tests.conftest import TRIAL
from tests.courses import write_course, write_twin

WRONG = SOLUTION + "\n\ndef {name}(*arguments, **options):\n    return None\n"
pytestmark = pytest.mark.usefixtures("measured_once")


@pytest.fixture
def grade(tmp_path, capsys, monkeypatch):
    """Return a function that grades `tmp_path / class`, and returns what it printed and how many sandboxes began."""
    opened = []
    start = Sandbox._start

    def counted(sandbox: Sandbox) -> None:
        opened.append(sandbox)
        start(sandbox)

    monkeypatch.setattr(Sandbox, "_start", counted)

    def run(*arguments: object, output: str = "out", code: int = 0) -> tuple[str, int]:
        opened.clear()
        command = ["grade", EXERCISE, *TRIAL, "--submissions", tmp_path / "class", "--output", tmp_path / output]
        returned = main([*map(str, [*command, "--jobs", 1, *arguments])])
        said = capsys.readouterr()
        assert returned == code, said.err
        return said.out + said.err, len(opened)

    return run


def test_unchanged_class_runs_nothing(grade, tmp_path):
    """A second run opens no worker, says so, and writes the same bytes, also `seconds`."""
    make_class(tmp_path / "class", 6)
    first, sandboxes = grade()
    assert sandboxes
    assert "7 of 7 graded, 0 unchanged" in first
    before = {name: (tmp_path / "out" / name).read_bytes() for name in FILES}
    said, sandboxes = grade()
    assert sandboxes == 0
    assert "7 of 7 unchanged: nothing had to be graded" in said
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == before
    assert len(rows(tmp_path / "out" / "store.sqlite")) == 7


def test_results_from_the_store_are_those_of_a_fresh_run(grade, tmp_path):
    """Results, grades, feedback and notes that are partly from the store are those of a run without a store.

    For a student who is no longer in the class, they show the stored results, except with `--only`.
    """
    make_class(tmp_path / "class", 4)
    grade()
    submit(tmp_path / "class", "student001", WRONG.format(name="standardize"))
    submit(tmp_path / "class", "zoë")
    shutil.rmtree(tmp_path / "class" / "student000")
    (tmp_path / "out" / "feedback" / "student002" / f"{EXERCISE}.txt").write_text("somebody's own words")
    said, _ = grade()
    assert "2 of 5 graded, 3 unchanged" in said
    assert '"student":"student000"' in (tmp_path / "out" / "results.jsonl").read_text()
    assert "\nstudent000,100,100,complete\n" in (tmp_path / "out" / "grades.csv").read_text()
    grade("--only")
    grade(output="fresh")
    shutil.rmtree(tmp_path / "out" / "feedback" / "student000")
    assert essence(tmp_path / "out") == essence(tmp_path / "fresh")


def test_plan_reads_only_what_may_be_cached(grade, tmp_path, monkeypatch):
    """A class that the store does not know is read once, when it is graded; later, known submissions are read first."""
    make_class(tmp_path / "class", 6)
    read = []
    real = plan.read_submission
    monkeypatch.setattr(plan, "read_submission", lambda *arguments: read.append(arguments[1]) or real(*arguments))
    grade()
    assert len(read) == 7
    read.clear()
    submit(tmp_path / "class", "zoë")
    grade()
    assert sorted(read) == sorted(path.name for path in (tmp_path / "class").iterdir())


def test_key_is_that_of_the_bytes_that_are_graded(grade, tmp_path, monkeypatch):
    """A submission that changes after the plan is graded as it is then, and stored under the key of its new bytes."""
    file = submit(tmp_path / "class", "ada", "")
    grade()
    submit(tmp_path / "class", "ada", "# pending\n")
    real = run.batches

    def change(*arguments):
        file.write_text(SOLUTION, "utf-8")
        return real(*arguments)

    monkeypatch.setattr(run, "batches", change)
    grade()
    monkeypatch.undo()
    with open_read_only(tmp_path / "out" / "store.sqlite") as store:
        stored = store.attempts("ada")[-1]
    assert stored.key.submission == hashlib.sha256(SOLUTION.encode()).hexdigest()
    assert msgspec.json.decode(stored.record, type=Record).score == 100
    assert "1 of 1 unchanged" in grade()[0]


def test_grading_in_this_process_gives_its_cores_back(grade, tmp_path):
    """Grading with one job keeps this thread to one core, and only while it lasts."""
    before = os.sched_getaffinity(0)
    submit(tmp_path / "class", "ada")
    grade()
    assert os.sched_getaffinity(0) == before


def test_force_grades_everything(grade, tmp_path):
    """With --force, unchanged submissions are graded, too, and each has one more attempt."""
    make_class(tmp_path / "class", 2)
    grade()
    said, sandboxes = grade("--force")
    assert sandboxes
    assert "3 of 3 graded, 0 unchanged" in said
    assert len(rows(tmp_path / "out" / "store.sqlite")) == 6


def test_other_terms_are_graded_again_and_older_results_found(grade, tmp_path):
    """Another course seed or other limits grade everything again, once; going back to earlier ones grades nothing."""
    make_class(tmp_path / "class", 1)
    grade()
    others = (("--seed", "1"), ("--limit", "cpu_seconds=7"), ("--limit", "memory_bytes=3e9"))
    for arguments in others:
        assert "2 of 2 graded" in grade(*arguments)[0]
        assert "2 of 2 unchanged" in grade(*arguments)[0]
    for arguments in ((), *others):
        assert "2 of 2 unchanged" in grade(*arguments)[0]


def test_limit_that_is_the_exercises_own_changes_nothing(grade, tmp_path):
    """The limits in effect count, however they were given."""
    make_class(tmp_path / "class", 1)
    grade()
    assert "2 of 2 unchanged" in grade("--limit", "wall_seconds=30")[0]


def test_changed_exercise_is_graded_again_and_no_other(tmp_path, capsys):
    """A changed check or reference regrades its own exercise; stored results of others are used."""
    exercise = write_course(tmp_path / "course")
    other = write_twin(exercise, "other")
    for each in (exercise, other):
        submit(tmp_path / "class", "ada", exercise=each.name, source=each.solution.read_text("utf-8"))
    command = ["grade", "--course", exercise.root, *TRIAL, "--submissions", tmp_path / "class"]
    command += ["--output", tmp_path / "out", "--jobs", 1]
    assert main([*map(str, command)]) == 0
    capsys.readouterr()
    changed = ("public_checks.py", "hidden_checks.py", "reference.py")
    for file in changed:
        with (exercise.folder / file).open("a") as added:
            added.write("\n# changed\n")
        assert main([*map(str, command)]) == 0
        assert "1 of 2 graded, 1 unchanged" in capsys.readouterr().out
    with open_read_only(tmp_path / "out" / "store.sqlite") as store:
        found = [attempt.exercise for attempt in store.attempts("ada")]
    assert found == [other.name, *[exercise.name] * (1 + len(changed))]


KEY = StoreKey(submission="s", version="v", answer_key="a", grader="g", seed="1", limits="{}")


def attempt(**changes: object) -> Attempt:
    """Return an attempt."""
    fields = {"student": "ada", "exercise": "x", "key": KEY, "isolation": "good", "reusable": True}
    return Attempt(**{**fields, "record": b"{}", "notes": b"[]", "feedback": "", **changes})


def test_attempt_is_found_by_all_of_its_key(tmp_path):
    """An attempt is found by its key, and not by a key with another field, nor for another student."""
    with open_store(tmp_path / "store") as store:
        (number,) = store.add([attempt()])
        assert store.find("ada", "x", KEY, "good") == number
        for field in dataclasses.fields(StoreKey):
            assert store.find("ada", "x", dataclasses.replace(KEY, **{field.name: "other"}), "good") is None
        assert store.find("alan", "x", KEY, "good") is None
        assert store.find("ada", "y", KEY, "good") is None


def test_attempt_is_found_if_it_was_confined_well_enough(tmp_path):
    """A result at some level is found if that level or a lower one is demanded, never if a higher one is."""
    with open_store(tmp_path / "store") as store:
        (number,) = store.add([attempt()])
        found = [store.find("ada", "x", KEY, level) for level in ("none", "weak", "good", "strong")]
        assert found == [number, number, number, None]


def test_attempt_that_may_not_be_used_again_is_not_found(tmp_path):
    """An attempt that is not reusable is stored, and not found by its key."""
    with open_store(tmp_path / "store") as store:
        store.add([attempt(reusable=False)])
        assert store.find("ada", "x", KEY, "good") is None
        assert store.last("ada", "x") == 1


def test_graders_that_create_a_store_wait_for_one_another(tmp_path):
    """If another grader is just creating the store, it is opened as soon as that one is ready."""
    with contextlib.closing(
        sqlite3.connect(tmp_path / "store", isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.2, other.execute, ["COMMIT"]).start()
        with open_store(tmp_path / "store") as store:
            assert store.add([attempt()]) == [1]


def test_attempts_are_never_changed_or_deleted(tmp_path):
    """The file itself refuses to change or delete an attempt."""
    with open_store(tmp_path / "store") as store:
        store.add([attempt()])
    connection = sqlite3.connect(tmp_path / "store")
    for statement in ("UPDATE attempts SET student = 'eve'", "DELETE FROM attempts"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
    connection.close()


def record(status: str = "passed", error: str | None = None) -> Record:
    """Return a record with one check."""
    check = CheckRecord(
        id="f.c", function="f", title="t", kind="reference", visibility="public", status=status, points=0.0,
        max_points=1.0, message="", diagnosis=(), seconds=0.0,
    )  # fmt: skip
    return Record(
        student="ada", exercise="x", status="error" if error else "graded", score=0.0, max_score=1.0,
        error=Error(kind=error, message="") if error else None, checks=(check,), advice=(), submission_sha256="",
        exercise_version="", grader_version="", seed=1, isolation="good",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "error", "reusable"),
    [(status, None, True) for status in ("passed", "failed", "not_attempted", "error", "skipped")]
    + [(status, None, False) for status in ("timeout", "memory", "crash")]
    + [("skipped", kind, True) for kind in ("missing", "unreadable", "syntax", "import", "forbidden")]
    + [("skipped", kind, False) for kind in ("timeout", "memory", "crash", "protocol")],
)
def test_what_chance_may_have_decided_is_not_used_again(status, error, reusable):
    """Timeouts, exhausted memory, crashes and broken protocol are never used again; verdicts and plain errors are."""
    assert is_reusable(record(status, error)) == reusable


def test_endless_loop_is_graded_every_time(grade, tmp_path):
    """A submission that ran out of time is graded again, its neighbor is not."""
    submit(tmp_path / "class", "ada")
    submit(tmp_path / "class", "eve", "while True: pass\n")
    grade("--limit", "cpu_seconds=0.2")
    said, _ = grade("--limit", "cpu_seconds=0.2")
    assert "1 of 2 graded, 1 unchanged" in said


def test_history_tells_attempts_and_what_changed(grade, tmp_path, capsys):
    """Every attempt is listed with score and cause; returning to an earlier submission is an attempt, too."""
    submit(tmp_path / "class", "ada")
    grade()
    submit(tmp_path / "class", "ada", "")
    grade()
    submit(tmp_path / "class", "ada")
    said, sandboxes = grade()
    assert sandboxes == 0
    assert "1 of 1 unchanged" in said
    grade("--limit", "cpu_seconds=7")
    assert main(["history", "ada", "--output", str(tmp_path / "out")]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("        ")]
    assert lines[0] == f"ada, {EXERCISE}"
    told = [("100 of 100", "first"), ("0 of 100", "changed sub"), ("100 of 100", "changed sub"), ("100", "limits")]
    for line, (score, cause) in zip(lines[1:], told, strict=True):
        assert score in line
        assert cause in line


def test_history_of_nobody_is_told_in_one_line(grade, tmp_path, capsys):
    """A name that is not in the store, and a missing store, are each reported in one line."""
    assert main(["history", "ada", "--output", str(tmp_path / "nowhere")]) == 2
    assert "there is no results store" in capsys.readouterr().err
    submit(tmp_path / "class", "ada")
    grade()
    assert main(["history", "eve", "--output", str(tmp_path / "out")]) == 2
    assert "no attempt of 'eve'" in capsys.readouterr().err


def test_preview_tells_what_would_change_and_writes_nothing(grade, tmp_path):
    """A preview prints scores and checks that differ, and changes no file and no attempt."""
    for student in ("ada", "alan"):
        submit(tmp_path / "class", student)
    grade()
    before = {file: file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file()}
    submit(tmp_path / "class", "ada", "")
    submit(tmp_path / "class", "zoë")
    said, _ = grade("--preview")
    assert f"ada, {EXERCISE}: 100 of 100 → 0 of 100" in said
    assert "  standardize: 6 checks: passed 55 → not_attempted 0" in said
    assert f"zoë, {EXERCISE}: no result → 100 of 100" in said
    assert "alan" not in said
    assert "2 of 3 results would change. Nothing was written." in said
    assert {file: file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file()} == before


def test_preview_before_any_grading_makes_no_folder(grade, tmp_path):
    """If nothing was graded yet, all results are new, and not even the folder is made."""
    submit(tmp_path / "class", "ada")
    assert "1 of 1 results would change" in grade("--preview")[0]
    assert not (tmp_path / "out").exists()


def test_store_may_lie_elsewhere_and_serve_several_outputs(grade, tmp_path):
    """With --store, another OUT is written from stored results, byte for byte."""
    make_class(tmp_path / "class", 2)
    grade("--store", tmp_path / "all.sqlite")
    assert grade("--store", tmp_path / "all.sqlite", output="other")[1] == 0
    assert not (tmp_path / "out" / "store.sqlite").exists()
    assert (tmp_path / "out" / "results.jsonl").read_bytes() == (tmp_path / "other" / "results.jsonl").read_bytes()


def test_file_that_is_no_store_is_told_in_one_line(grade, tmp_path):
    """Any other file in the store's place is left as it is, and named with the next step."""
    submit(tmp_path / "class", "ada")
    (tmp_path / "thesis.txt").write_text("chapter one " * 1000)
    said, sandboxes = grade("--store", tmp_path / "thesis.txt", code=2)
    assert sandboxes == 0
    assert "thesis.txt" in said
    assert "name another file with --store" in said
    assert (tmp_path / "thesis.txt").read_text() == "chapter one " * 1000


def test_store_of_another_version_is_left_alone(tmp_path):
    """A store of a later version is not touched, and the message says which version it has."""
    with sqlite3.connect(tmp_path / "store") as connection:
        connection.execute("PRAGMA user_version = 7")
    connection.close()
    with pytest.raises(StoreError, match="version 7, this grader's is 1"):
        open_store(tmp_path / "store")


def test_stored_records_are_read_back_as_they_were(grade, tmp_path):
    """The store holds a record as exactly its line in results.jsonl."""
    submit(tmp_path / "class", "ada")
    grade()
    with open_read_only(tmp_path / "out" / "store.sqlite") as store:
        (stored,) = store.attempts("ada")
    assert stored.record + b"\n" == (tmp_path / "out" / "results.jsonl").read_bytes()
    assert msgspec.json.decode(stored.record, type=Record).submission_sha256 == stored.key.submission


def test_fault_of_ours_costs_no_neighbour_and_is_no_zero(grade, tmp_path, monkeypatch):
    """If our own judging fails on one submission, it is named as not graded; the others have their points."""
    make_class(tmp_path / "class", 3)
    right = Grader.grade

    def failing(grader, submission, sandbox, isolation):
        if any(b"# 1\n" in cell.source for cell in submission.cells):
            raise ZeroDivisionError("ours")
        return right(grader, submission, sandbox, isolation)

    monkeypatch.setattr(Grader, "grade", failing)
    said, _ = grade(code=1)
    assert "student001" in said
    assert "ZeroDivisionError: ours" in said
    assert {student for student, _ in rows(tmp_path / "out" / "store.sqlite")} == {"student000", "student002", "absent"}
