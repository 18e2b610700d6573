"""Data files that were released with an exercise: a submission can read them as at home, and do nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from autograder import wire
from autograder.api import check_assignment, grade_cells
from autograder.assignment import find_assignments
from autograder.cells import Cell
from autograder.limits import Limits
from autograder.sandbox import BARE, Sandbox, Session, choose
from autograder.worker import confine
from tests.conftest import EXERCISES, ROOT, TRIAL, autograder, solution_of
from tests.courses import write_course

NAME = "training"
DATA = {"data/numbers.csv": b"1,2\n3,4\n"}
# Ways in which students read; each must find the numbers.
READS = """
import csv, os
from pathlib import Path
import numpy as np

table = np.loadtxt("data/numbers.csv", delimiter=",")

def f(x):
    assert os.path.exists("data/numbers.csv") and os.listdir("data") == ["numbers.csv"]
    assert (Path(__file__).resolve().parent / "data" / "numbers.csv").is_file()
    with open("data/numbers.csv", newline="") as file:
        assert [row for row in csv.reader(file)] == [["1", "2"], ["3", "4"]]
    assert np.genfromtxt("./data/numbers.csv", delimiter=",")[1, 1] == 4
    return table.sum()
"""
# Ways to change something there; what gets through is returned as a number that is not 0.
HOSTILE = """
import mmap, os, shutil

def attempts():
    here, file = os.getcwd(), "data/numbers.csv"
    yield lambda: open(file, "r+b").write(b"9")
    yield lambda: open(file, "ab").write(b"9")
    yield lambda: open(file, "wb")
    yield lambda: os.open(file, os.O_RDONLY | os.O_TRUNC)
    yield lambda: os.truncate(file, 0)
    yield lambda: mmap.mmap(os.open(file, os.O_RDONLY), 4, mmap.MAP_SHARED, mmap.PROT_WRITE)
    yield lambda: os.write(os.open("/proc/self/fd/%d" % os.open(file, os.O_RDONLY), os.O_WRONLY), b"9")
    yield lambda: os.remove(file)
    yield lambda: os.rename(file, "data/other.csv")
    yield lambda: shutil.rmtree("data")
    yield lambda: os.rename("data", "other")
    yield lambda: os.rmdir(here)
    yield lambda: open("data/new.csv", "w")
    yield lambda: open("new.csv", "w")
    yield lambda: os.mkdir("new")
    yield lambda: os.mkfifo("data/fifo")
    yield lambda: os.link(file, "data/link")
    yield lambda: os.symlink(file, "data/link")
    yield lambda: os.chmod(file, 0o666)
    yield lambda: os.chmod(here, 0o777)
    yield lambda: os.utime(file)
    yield lambda: os.utime(here)
    yield lambda: os.setxattr(file, "user.bits", b"1")
    yield lambda: __import__("fcntl").flock(os.open(file, os.O_RDONLY), 2)
    yield lambda: __import__("fcntl").fcntl(os.open(file, os.O_RDONLY), 1024, 0)
    yield lambda: os.posix_fadvise(os.open(file, os.O_RDONLY), 0, 0, os.POSIX_FADV_DONTNEED)
    yield lambda: os.listdir(os.path.dirname(here)) if here != "/exercise" else 1 / 0
    yield lambda: os.execv(file, [file])

def f(x):
    through = 0
    for number, attempt in enumerate(attempts(), start=1):
        try:
            attempt()
        except (OSError, ArithmeticError):
            continue
        through = through * 100 + number
    return float(through)
"""
# What a later submission can see of the files: all that a stat tells, and what a folder lists.
LOOKS = """
import os

def f(x):
    seen = [os.getcwd(), os.listdir(), os.listdir("data"), open("data/numbers.csv", "rb").read()]
    raise ValueError(repr(seen + [tuple(os.stat(path))[:7] + (os.stat(path).st_atime_ns, os.stat(path).st_mtime_ns)
                                  for path in (".", "data", "data/numbers.csv")]))
"""
READING = '''
"""A submission that reads the data as the handout says, before anything else, and needs them."""
import numpy as np

table = np.loadtxt("data/wine.csv", delimiter=",", skiprows=1)
x_wine, y_wine = table[:, :-1], table[:, -1].astype(int)
assert x_wine.shape == (178, 13)
'''
# The same for a small exercise.
NUMBERS = """
import numpy as np

numbers = np.loadtxt("data/numbers.csv", delimiter=",")
"""
NEEDING_NUMBERS = """
_right_double = double


def double(x):
    assert numbers.sum() == 10
    return _right_double(x)
"""
FUTURE = "from __future__ import annotations\n"
NEEDING = """
_right_predict = predict


def predict(params, x):
    assert len(table) == 178
    return _right_predict(params, x)
"""

every_sandbox = pytest.mark.parametrize("outer", [choose().outer, BARE], ids=["strongest", "bare"])


def reading_submission() -> str:
    """Return a right submission to the exercise with data, which can't do without the data."""
    return READING + solution_of(EXERCISES[NAME]).replace(FUTURE, "") + NEEDING


def laid() -> set[Path]:
    """Return the folders that worker programs have made for data and not removed."""
    return {folder for place in confine.DATA_PLACES for folder in Path(place).glob(f"{confine.DATA_PREFIX}*")}


def call(session: Session, source: str) -> wire.Reply:
    """Import a file and call its function."""
    returns = wire.Returns((wire.Part("value"),), several=False)
    load = wire.Load("small", Cell(label="small.py", source=source.encode(), required=True))
    loaded = session.exchange(msgspec.msgpack.encode(load))
    assert msgspec.msgpack.decode(loaded, type=wire.Loading).problems == ()
    reply = session.exchange(msgspec.msgpack.encode(wire.Call(0, 0, "f", (0.0,), {}, returns)))
    return msgspec.msgpack.decode(reply, type=wire.Reply)


def number(sandbox: Sandbox, source: str) -> float:
    """Return the number that a submission's function returns."""
    with sandbox.session() as session:
        outcome = call(session, source).outcome
    assert isinstance(outcome, wire.Returned), outcome
    return float(wire.unpack(outcome.outputs["value"]))


def seen(sandbox: Sandbox) -> str:
    """Return what a submission sees of the files."""
    with sandbox.session() as session:
        outcome = call(session, LOOKS).outcome
    assert isinstance(outcome, wire.Raised)
    assert DATA["data/numbers.csv"].decode() in outcome.text.replace("\\n", "\n")
    return outcome.text


@every_sandbox
def test_files_are_read_as_at_home(outer):
    """Files can be read in all usual ways, at import and in a call, and after the worker program was replaced."""
    with Sandbox(Limits(), outer, data=DATA) as sandbox:
        assert number(sandbox, READS) == 10
        sandbox.restart()
        assert number(sandbox, READS) == 10


@every_sandbox
def test_nobody_changes_them_or_leaves_anything(outer):
    """No attempt to change files succeeds, and the next submission sees the same, whatever the last one did."""
    with Sandbox(Limits(), outer, data=DATA) as sandbox:
        before = seen(sandbox)
        assert number(sandbox, HOSTILE) == 0
        assert seen(sandbox) == before
        assert number(sandbox, READS) == 10
        assert seen(sandbox) == before


@every_sandbox
def test_nothing_is_there_without_data(outer):
    """An exercise without data files costs nothing: no folder is made, and submissions run where they did before."""
    before = laid()
    with Sandbox(Limits(), outer) as sandbox:
        assert number(sandbox, 'import os\ndef f(x): return float(os.getcwd() == "/")') == 1
        assert laid() <= before


@every_sandbox
def test_they_lie_in_memory(outer):
    """If the machine has a place in memory, the files are not on a disk: reading them again is never slow."""
    device = next(Path(place).stat().st_dev for place in confine.DATA_PLACES if os.access(place, os.W_OK))
    with Sandbox(Limits(), outer, data=DATA) as sandbox:
        found = number(sandbox, 'import os\ndef f(x): return float(os.stat("data/numbers.csv").st_dev)')
    assert (found == device) == (outer.bubblewrap is None)  # in bubblewrap it is a place in memory of its own


def test_folders_are_removed_however_a_run_ends(monkeypatch):
    """The folder is deleted with its worker program, even if the grader is killed; else the next one removes it."""
    before = laid()
    with Sandbox(Limits(), BARE, data=DATA) as sandbox, sandbox.session():
        assert len(laid() - before) == 1
    assert laid() <= before
    program = (
        "import os\nfrom autograder.limits import Limits\nfrom autograder.sandbox import BARE, Sandbox\n"
        f"with Sandbox(Limits(), BARE, data={DATA!r}) as sandbox, sandbox.session():\n"
        "    print(sandbox.process, flush=True)\n    input()\n    os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as grader:
        worker = int(grader.stdout.readline())
        assert laid() - before
        handle = os.pidfd_open(worker)
        grader.communicate("\n", timeout=60)
    try:
        os.waitid(os.P_PIDFD, handle, os.WEXITED)  # only a child can be waited for
    except ChildProcessError:
        import select

        assert select.select([handle], [], [], 60)[0]
    finally:
        os.close(handle)
    assert laid() <= before
    monkeypatch.setattr(confine, "OLD", -1.0)
    with confine.laid_out(DATA) as held:  # what another worker program holds stays
        left = Path(confine._new_folder())
        with confine.laid_out(DATA):
            assert Path(held).exists()
            assert not left.exists()


# ---- through the real commands


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """Return a small course with data, and a class of one student, who submits other data of the same name."""
    exercise = write_course(tmp_path_factory.mktemp("course"))
    folder = exercise.root / "class" / "ada" / exercise.name
    for place, content in ((exercise.folder, DATA["data/numbers.csv"]), (folder, b"these,are\n1,2\n")):
        (place / "data").mkdir(parents=True)
        (place / "data" / "numbers.csv").write_bytes(content)
    source = exercise.solution.read_text("utf-8")
    (folder / "tiny.py").write_text(f"{NUMBERS}{source.replace(FUTURE, '')}{NEEDING_NUMBERS}", "utf-8")
    return exercise.root


@pytest.mark.parametrize("level", ["strong", "good"])
def test_submission_that_needs_them_earns_all(level, course, tmp_path, monkeypatch):
    """In a class or alone, at both levels, files are those that were released, never those that were submitted."""
    if level == "good":
        monkeypatch.setenv("PATH", "/nowhere")  # where there is no bubblewrap
    file, output = course / "class" / "ada" / "tiny" / "tiny.py", tmp_path / "out"
    terms = (*TRIAL, "--course", course, "--isolation", level)
    one = autograder("grade-file", file, "--exercise", "tiny", *terms)
    assert one.returncode == 0, one.stderr
    assert "100 of 100" in one.stdout
    several = ("--submissions", course / "class", "--output", output, "--jobs", "1")
    graded = autograder("grade", "tiny", *terms, *several)
    assert graded.returncode == 0, graded.stderr
    (record,) = (json.loads(line) for line in (output / "results.jsonl").read_text("utf-8").splitlines())
    assert (record["score"], record["isolation"], record["advice"]) == (100, level, [])


@pytest.fixture
def assignment(tmp_path) -> Path:
    """Return a student's folder, with the file that needs the data."""
    folder = tmp_path / "course" / NAME
    shutil.copytree(EXERCISES[NAME].assignment, folder)
    (folder / f"{NAME}.py").write_text(reading_submission(), "utf-8")
    return folder


def test_check_reads_them_from_anywhere(assignment):
    """`autograder check` finds the files from the folder, from above, and as on another platform, without warnings."""
    for place, what in ((assignment, ()), (assignment.parent, (NAME,))):
        checked = autograder("check", *what, cwd=place)
        assert checked.returncode == 0, checked.stdout
        assert "when graded" not in checked.stdout


def test_check_without_a_sandbox_reads_them(assignment, monkeypatch):
    """The same holds as on another platform; writing files is still warned of."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.chdir(assignment.parent)
    (found,) = find_assignments([assignment])
    file = assignment / f"{NAME}.py"
    file.write_text(f'{file.read_text("utf-8")}\nopen("data/wine.csv", "a").close()\n', "utf-8")
    graded = check_assignment(found)
    assert graded.record.score == graded.record.max_score
    assert [line for line in graded.record.advice if "opens data/wine.csv" in line] == list(graded.record.advice[:1])
    assert len(graded.record.advice) == 1


def test_notebook_reads_them(assignment):
    """In a notebook, `check` grades the cells beside the files of its folder."""
    (found,) = find_assignments([assignment])
    cells = [Cell(label="In [1]", source=READING.encode()), Cell(label="In [2]", source=reading_submission().encode())]
    record = grade_cells(found, (), cells).record
    assert (record.score, record.advice) == (record.max_score, ())


def test_other_files_than_those_released_are_refused(assignment):
    """Data that differ from those of the answer key are not used for checks."""
    (assignment / "data" / "wine.csv").write_text("1,2\n")
    checked = autograder("check", cwd=assignment)
    assert checked.returncode == 2
    assert "data/wine.csv is not the file that the answer key was recorded from" in checked.stderr
