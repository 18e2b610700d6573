"""Whenever a grader, or one of its processes, is ended: nothing finished is lost, and no file is broken."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import warm
from tests.classes import EXERCISE, FILES, SOLUTION, essence, make_class, rows, stored, submit
from tests.conftest import ROOT, TRIAL, autograder
from tests.machines import PLACE, inside, machines
from tests.processes import DEADLINE, computing, descendants, is_running, is_spawned, wait_for

SIZE = 60
# A number of attempts in the store, or what is there when files are written; the first kill comes before any attempt.
# By the number of jobs, in this order; the last kill comes with all attempts stored, or with files being written.
MOMENTS: dict[int, list[int | str]] = {1: [0, 2, 8, 16, 40, ".drafts-"], 2: [1, 7, 9, 23, 59, "FULL"]}


def command(submissions: Path, output: Path, *arguments: object) -> list[str]:
    """Return the real command."""
    line = [sys.executable, "-m", "autograder.cli.main", "grade", EXERCISE, *TRIAL, "--submissions", submissions]
    return [*map(str, [*line, "--output", output, *arguments])]


def start(*arguments: object, **variables: str) -> subprocess.Popen[str]:
    """Start the real command in a session of its own, as on a terminal."""
    line, pipe, variables = command(*arguments), subprocess.PIPE, os.environ | variables
    return subprocess.Popen(line, cwd=ROOT, env=variables, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


@pytest.fixture(scope="module")
def classroom(tmp_path_factory) -> Path:
    """Return a class of 60."""
    return make_class(tmp_path_factory.mktemp("crash") / "class", SIZE - 1)


@pytest.fixture(scope="module")
def whole(classroom) -> dict[str, object]:
    """Return what an undisturbed run writes."""
    output = classroom.parent / "whole"
    assert autograder("grade", EXERCISE, *TRIAL, "--submissions", classroom, "--output", output).returncode == 0
    return essence(output)


@pytest.fixture(scope="module")
def killed(classroom, whole) -> dict[int, list[dict[str, object]]]:
    """Return, by the number of jobs, what was found after each kill, and after the run that was not killed."""
    assert whole, "what starts graders warm has started"
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(MOMENTS, pool.map(lambda jobs: kill_in_turn(classroom, jobs), MOMENTS), strict=True))


def kill_in_turn(classroom: Path, jobs: int) -> list[dict[str, object]]:
    """Kill a grader, and each one that continues from there, at one moment after another; then let one end."""
    output, found = classroom.parent / f"killed, {jobs} jobs", []
    words = ("grade", EXERCISE, *TRIAL, "--submissions", classroom, "--output", output, "--jobs", jobs)
    for moment in MOMENTS[jobs]:
        with Path(os.devnull).open("w") as nowhere:
            silent = (nowhere.fileno(), nowhere.fileno())
            grader = warm.start("autograder", "-m", "autograder", *words, cwd=ROOT, env=None, output=silent)
        wait_for(lambda moment=moment, grader=grader: has_come(moment, output) or grader.poll() is not None)
        family = descendants(grader.pid)
        grader.send_signal(signal.SIGKILL)
        grader.wait()
        wait_for(lambda family=family: not any(is_running(process) for process in family))
        found.append(remains(output))
    ended = autograder(*words)
    found.append({**remains(output), "code": ended.returncode, "said": ended.stdout, "written": essence(output)})
    return found


def remains(output: Path) -> dict[str, object]:
    """Return what a grader has left."""
    store = output / "store.sqlite"
    with contextlib.closing(sqlite3.connect(store)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()
    return {
        "sound": sound,
        "rows": rows(store) if stored(output) else [],
        "files": {name for name in FILES if (output / name).exists()},
        "left": [file.name for file in output.glob(".*")],
    }


def has_come(moment: int | str, output: Path) -> bool:
    """Say whether a moment has come: so many attempts are stored, or files are being written."""
    if isinstance(moment, int):
        return stored(output) >= moment if moment else output.exists()
    if moment == "FULL":
        return stored(output) == SIZE
    return any(output.glob(f"{moment}*"))


@pytest.mark.parametrize(
    ("jobs", "place"), [(jobs, place) for jobs, moments in MOMENTS.items() for place in range(len(moments))]
)
def test_killed_grader_leaves_what_the_next_one_goes_on_from(jobs, place, killed):
    """Killed at any moment, the store is sound, nothing stored is lost or graded twice, and no file is cut off."""
    moment, after, later = MOMENTS[jobs][place], killed[jobs][place], killed[jobs][place + 1]
    assert after["sound"] == ("ok",)
    assert len(after["rows"]) == len(set(after["rows"]))
    assert not isinstance(moment, int) or len(after["rows"]) >= moment
    assert after["files"] in (set(), set(FILES)) or len(after["rows"]) == SIZE
    assert later["rows"][: len(after["rows"])] == after["rows"]


@pytest.mark.parametrize("jobs", MOMENTS)
def test_killed_grader_is_resumed_to_the_same_bytes(jobs, killed, whole):
    """However often it was killed, grading continues where it was, and everything written at the end is the same."""
    *_, before, ended = killed[jobs]
    assert ended["code"] == 0
    assert ended["sound"] == ("ok",)
    assert len(ended["rows"]) == len(set(ended["rows"])) == SIZE
    kept = len(before["rows"])
    assert f"{SIZE - kept} of {SIZE}" in ended["said"] or kept == SIZE
    assert ended["left"] == []
    assert ended["written"] == whole


def pool_of(grader: subprocess.Popen[str]) -> list[int]:
    """Return the processes of a grader's pool."""
    return [process for process in descendants(grader.pid) if is_spawned(process)]


def test_killed_process_of_the_pool_costs_nothing(classroom, whole, tmp_path):
    """A pool process that is killed is replaced; another one grades its batch, and all results are the same."""
    grader = start(classroom, tmp_path / "out", "--jobs", 2)
    wait_for(lambda: stored(tmp_path / "out") >= 20)
    os.kill(pool_of(grader)[0], signal.SIGKILL)
    _, said = grader.communicate()
    assert (grader.returncode, said) == (0, "")
    assert essence(tmp_path / "out") == whole


def test_submission_that_kills_its_grader_is_named_and_its_neighbours_are_graded(tmp_path):
    """A submission whose grading kills its process each time has no record, and affects no other."""
    make_class(tmp_path / "class", 14)
    submit(tmp_path / "class", "student007", "while True: pass\n")
    grader = start(tmp_path / "class", tmp_path / "out", "--jobs", 2, "--limit", "cpu_seconds=600")
    deaths = 0
    while grader.poll() is None:
        for process in pool_of(grader):
            if any(computing(below) for below in descendants(process)):
                os.kill(process, signal.SIGKILL)
                deaths += 1
        time.sleep(0.05)
    said, _ = grader.communicate()
    assert grader.returncode == 1
    assert deaths >= 3
    assert " ".join(said.split()).count("NOT GRADED, our failure: student007") == 1
    lines = (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["student"] for line in lines] == [
        "absent",
        *(f"student{number:03}" for number in range(14) if number != 7),
    ]


@pytest.mark.parametrize("variables", [{}, {"PATH": "/nowhere"}], ids=["as it is", "without bubblewrap"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_interruption_stops_at_once_and_keeps_what_is_done(jobs, variables, tmp_path):
    """Ctrl-C ends a grader that is busy with endless loops: exit code 130, one line, results kept, no process left."""
    make_class(tmp_path / "class", 7)
    for number in range(12):
        submit(tmp_path / "class", f"with a loop {number:02}", "while True: pass\n")
    grader = start(tmp_path / "class", tmp_path / "out", "--jobs", jobs, "--limit", "cpu_seconds=600", **variables)
    wait_for(lambda: stored(tmp_path / "out") >= 5)
    wait_for(lambda: sum(computing(process) for process in descendants(grader.pid)) >= jobs)
    family = descendants(grader.pid)
    kept = stored(tmp_path / "out")
    os.killpg(grader.pid, signal.SIGINT)
    _, said = grader.communicate(timeout=DEADLINE)  # not the ten minutes that each loop may compute
    assert grader.returncode == 130
    assert said.startswith("autograder: interrupted; what was graded is kept in")
    assert said.count("\n") == 1
    wait_for(lambda: not any(is_running(process) for process in family))
    assert stored(tmp_path / "out") == kept


def test_two_graders_share_a_store(classroom, whole, tmp_path):
    """Two graders at once on one store and one output both end well, with the same results."""
    graders = [start(classroom, tmp_path / "out", "--jobs", 1) for _ in range(2)]
    ended = [(*grader.communicate(), grader.returncode) for grader in graders]
    assert [(said, code) for _, said, code in ended] == [("", 0)] * 2
    assert essence(tmp_path / "out") == whole
    assert {student for student, _ in rows(tmp_path / "out" / "store.sqlite")} == {
        path.name for path in classroom.iterdir()
    }


def test_full_disk_is_told_in_one_line_and_costs_nothing(classroom, whole, tmp_path):
    """When the disk is full, grading ends with fact, place and next step; with room, it continues from there."""
    place = PLACE / "small"
    program = [sys.executable, "-m", "tests.run_small_disk", str(PLACE / "class"), str(place), EXERCISE]
    line = inside(machines()[0], tmp_path, program)
    here = line.index("--")
    line[here:here] = [
        "--ro-bind",
        str(classroom),
        str(PLACE / "class"),
        "--size",
        str(40 * 2**20),
        "--tmpfs",
        str(place),
    ]
    ended = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    report = json.loads(ended.stdout)
    assert report["codes"] == [2, 0], report["said"]
    assert report["said"].count("\n") == 1
    assert "full" in report["said"] or "No space" in report["said"]
    assert "make room, then run the command again" in report["said"]
    assert 0 < report["stored"] < SIZE
    assert report["found"] == []
    assert f"{SIZE - report['stored']} of {SIZE} graded, {report['stored']} unchanged" in report["again"]
    assert not [name for name in report["left"] if name.startswith(".")]
    assert report["written"] == {name: str(content) for name, content in whole.items()}


@pytest.mark.parametrize("before", [False, True], ids=["empty", "graded before"])
def test_output_that_cannot_be_written_is_told_in_one_line(before, tmp_path):
    """With a read-only output folder, nothing is graded; the command says so in one line, and existing files stay."""
    submit(tmp_path / "class", "ada")
    (tmp_path / "out").mkdir()
    if before:
        assert (
            autograder(
                "grade", EXERCISE, *TRIAL, "--submissions", tmp_path / "class", "--output", tmp_path / "out"
            ).returncode
            == 0
        )
    was = {file: file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file()}
    line = inside(machines()[0], tmp_path, command(PLACE / "class", PLACE / "out"))
    here = line.index("--")
    line[here:here] = ["--ro-bind", str(tmp_path / "out"), str(PLACE / "out")]
    ended = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "/mnt/out" in ended.stderr
    assert "Next: " in ended.stderr
    assert {file: file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file()} == was


def test_preview_of_what_cannot_be_written_works(tmp_path):
    """A preview reads a store in a read-only folder, and creates nothing there."""
    file = submit(tmp_path / "class", "ada")
    assert (
        autograder(
            "grade", EXERCISE, *TRIAL, "--submissions", tmp_path / "class", "--output", tmp_path / "out"
        ).returncode
        == 0
    )
    file.write_text(SOLUTION + "\n\ndef standardize(*_):\n    return None\n", "utf-8")
    line = inside(machines()[0], tmp_path, command(PLACE / "class", PLACE / "out", "--preview"))
    here = line.index("--")
    line[here:here] = ["--ro-bind", str(tmp_path / "out"), str(PLACE / "out")]
    ended = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "1 of 1 results would change" in ended.stdout
