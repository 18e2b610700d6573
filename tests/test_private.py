"""Only their owner can read the written files, whatever the umask; and no student can make them grow."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec
import pytest

from autograder.cli.main import main
from autograder.private import make_private_file, make_private_folder
from autograder.report import bounded_notes
from autograder.results import Note
from autograder.store import open_store
from tests.conftest import TRIAL
from tests.courses import NAME, write_course
from tests.test_class_goes_on import LOUD
from tests.test_foreign_folders import submit

MAX_NOTES = 16_000  # characters
# What a submission can do to the worker that is to keep the limits: it finds the module that has them, and lifts them.
UNLIMITED = """
import sys

class Loud(Exception):
    def __str__(self): return {text}

def double(*arguments, **options):
    frame = sys._getframe(1)
    while frame is not None:
        frame.f_globals.update(dict.fromkeys(("MAX_TEXT",), 2000))
        for module in list(sys.modules.values()):
            if hasattr(module, "MAX_TEXT"):
                module.MAX_TEXT = 2000
        frame = frame.f_back
    print({text})
    raise Loud

shift = double
"""


@pytest.fixture
def umask(request):
    """Set the umask of this process."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """Return the permissions of everything in a folder, and of itself."""
    found = [folder, *folder.rglob("*")]
    return {str(path.relative_to(folder.parent)): stat.S_IMODE(path.lstat().st_mode) for path in found}


def grade(tmp_path: Path, *arguments: object) -> None:
    """Grade `tmp_path / class` with the course in `tmp_path / course`."""
    words = ["grade", *TRIAL, "--course", tmp_path / "course", "--submissions", tmp_path / "class", "--jobs", 1]
    assert main([*map(str, [*words, "--output", tmp_path / "a" / "out", *arguments])]) == 0


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("umask", [0, 0o022, 0o077], indirect=True)
def test_files_are_their_owners_alone_whatever_the_umask(tmp_path):
    """Keys, store, results, grades, notes and feedback are 0600, their folders 0700, also when they are replaced."""
    write_course(tmp_path / "course")
    submit(tmp_path, "eve", LOUD)
    for _ in range(2):
        grade(tmp_path, "--force")
        found = modes(tmp_path / "a") | modes(tmp_path / "course" / ".autograder")
        assert {"a/out/grades.csv", "a/out/notes.txt", "a/out/store.sqlite"} <= found.keys()
        assert f"a/out/feedback/eve/{NAME}.txt" in found
        assert any(name.endswith(".key") for name in found)
        folders = {name for name in found if (tmp_path / name).is_dir() or (tmp_path / "course" / name).is_dir()}
        assert {name: oct(mode) for name, mode in found.items()} == {
            name: oct(0o700 if name in folders else 0o600) for name in found
        }


@pytest.mark.unit
@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("umask", [0, 0o777, 0o277], indirect=True)
def test_owner_can_use_them_under_a_strange_umask(tmp_path):
    """A umask that takes rights from the owner takes none for these files."""
    make_private_folder(tmp_path / "a" / "b")
    make_private_file(tmp_path / "a" / "b" / "c")
    assert modes(tmp_path / "a") == {"a": 0o700, "a/b": 0o700, "a/b/c": 0o600}


@pytest.mark.unit
@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("umask", [0], indirect=True)
def test_files_beside_an_open_store_are_private_too(tmp_path):
    """While a store is written, only its owner can read the files that the database keeps beside it."""
    with open_store(tmp_path / "store.sqlite") as store:
        store.repeat([])
        found = modes(tmp_path)
    assert {name.partition("/")[2] for name in found} >= {"store.sqlite", "store.sqlite-wal", "store.sqlite-shm"}
    assert {oct(mode) for name, mode in found.items() if "store" in name} == {"0o600"}


@pytest.mark.unit
def test_what_is_there_keeps_its_mode(tmp_path):
    """A folder that the instructor has opened for a group stays as it is, and so does a file."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o750)
    (tmp_path / "out" / "store").write_text("x")
    (tmp_path / "out" / "store").chmod(0o640)
    make_private_folder(tmp_path / "out" / "feedback")
    make_private_file(tmp_path / "out" / "store")
    assert modes(tmp_path / "out") == {"out": 0o750, "out/store": 0o640, "out/feedback": 0o700}
    assert (tmp_path / "out" / "store").read_text() == "x"


# ---- notes


def size(notes: tuple[Note, ...]) -> int:
    """Return about how much room notes take in a file."""
    return sum(len(line) + 13 for note in notes for text in (*note.raised, note.printed) for line in text.splitlines())


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    ["x" * 2000, "\n" * 2000, "\x0b" * 2000, "\x85\u2028" * 1000, "ab\r" * 600, "\x1b[2J" * 500, "", "x\n"],
    ids=["long", "lines", "vertical tabs", "separators", "returns", "escapes", "nothing", "little"],
)
@pytest.mark.parametrize("checks", [1, 40])
@pytest.mark.parametrize("texts", [1, 30, 3000])
def test_notes_on_a_submission_are_bounded(text, checks, texts):
    """However much is printed and raised, in however many checks and calls, only what a person would read is kept."""
    notes = [
        Note(
            check=f"f.c{check}", printed=f"{check}{text}" * 8, raised=tuple(f"{check} {n}{text}" for n in range(texts))
        )
        for check in range(checks)
    ]
    kept = bounded_notes(notes)
    assert size(kept) <= MAX_NOTES + 100
    assert ", ".join(note.check for note in kept) == ", ".join(note.check for note in notes)
    assert len(msgspec.json.encode(kept)) <= 7 * MAX_NOTES


@pytest.mark.unit
def test_equal_texts_are_kept_once():
    """Checks with the same texts share a note; an earlier text is not repeated; everything else stays."""
    notes = [
        Note(check="f.a", printed="told\n", raised=("ValueError: no", "ValueError: no")),
        Note(check="f.b", printed="told\n", raised=("ValueError: no",)),
        Note(check="g.a", printed="", raised=("ValueError: no", "KeyError: 3")),
        Note(check="g.b", printed="other", raised=()),
    ]
    assert bounded_notes(notes) == (
        Note(check="f.a, f.b", printed="told\n", raised=("ValueError: no",)),
        Note(check="g.a", printed="", raised=("KeyError: 3",)),
        Note(check="g.b", printed="other", raised=()),
    )


@pytest.mark.parametrize("text", ['"\\n" * 2000', '"x" * 5000', "repr(arguments) * 500"])
def test_submissions_that_lift_the_workers_limits_do_not_fill_the_disk(text, tmp_path):
    """However often it comes, each attempt takes little of the store, and notes.txt has the size of one attempt."""
    write_course(tmp_path / "course")
    sizes = []
    for attempt in range(4):
        file = tmp_path / "class" / "mallory" / NAME / f"{NAME}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{UNLIMITED.format(text=text)}\n# {attempt}\n", "utf-8")
        grade(tmp_path)
        sizes.append((tmp_path / "a" / "out" / "store.sqlite").stat().st_size)
    assert sizes[-1] - sizes[0] <= 3 * 60_000
    assert (tmp_path / "a" / "out" / "notes.txt").stat().st_size < 2 * MAX_NOTES
    assert "double.doubles" in (tmp_path / "a" / "out" / "notes.txt").read_text("utf-8")
