"""Reading a submission: no link is followed, whenever it is put there, and no descriptor is left open."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.grading import Unreadable, open_folder, read_file, read_submission, submission
from autograder.merge import ReleasedNotebook
from autograder.release import put_notebook_back

pytestmark = pytest.mark.unit

STEPS = ("mallory", "tiny", "tiny.py")
SECRET = b"another student's file\n"
OWN = b"mine\n"
READ = {"tiny": ReleasedNotebook(exercise="tiny", cells=())}


@pytest.fixture
def place(tmp_path) -> Path:
    """Return a folder of submissions, with a file of mallory's, and somebody's secret beside it."""
    folder = tmp_path / "class" / "mallory" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_bytes(OWN)
    secret = tmp_path / "secret" / "tiny"
    secret.mkdir(parents=True)
    (secret / "tiny.py").write_bytes(SECRET)
    return tmp_path / "class"


def opened_files() -> int:
    """Return how many descriptors this process has."""
    return len(list(Path("/proc/self/fd").iterdir()))


def swap(place: Path, depth: int, target: str) -> Callable[[], None]:
    """Return a function that replaces one step of the path by a link to a secret with the same name."""

    def swapped() -> None:
        step = place.joinpath(*STEPS[: depth + 1])
        step.rename(step.with_name("away"))
        step.symlink_to(place.parent.joinpath(*target.split("/")))

    return swapped


SWAPS = [(0, "secret"), (1, "secret/tiny"), (2, "secret/tiny/tiny.py")]


def swap_at(opened, swapping, monkeypatch):
    """Let a step be swapped right before a file or folder is opened, the first one or a later one."""
    really, count = os.open, iter(range(100))

    def opening(*arguments, **options):
        if next(count) == opened:
            swapping()
        return really(*arguments, **options)

    monkeypatch.setattr(os, "open", opening)


@pytest.mark.parametrize("opened", range(16))
@pytest.mark.parametrize(("depth", "target"), SWAPS)
def test_link_that_is_put_there_meanwhile_is_not_followed(depth, target, opened, place, monkeypatch):
    """At whichever moment of reading a step of the path becomes a link, the student's own file is read, or none."""
    swap_at(opened, swap(place, depth, target), monkeypatch)
    before = opened_files()
    found = read_submission(place, "mallory", "mallory", "tiny", READ["tiny"])
    monkeypatch.undo()
    assert opened_files() == before
    if found.error:
        assert not found.cells
        assert found.error.kind == "unreadable"
        assert found.error.message == "tiny/tiny.py is a symbolic link; submit the file itself"
    else:
        assert [cell.source for cell in found.cells] == [OWN]


@pytest.mark.parametrize("opened", range(16))
@pytest.mark.parametrize(("depth", "target"), SWAPS[:2])
def test_names_of_another_folder_are_not_told(depth, target, opened, place, monkeypatch):
    """If a folder becomes a link while it is searched, the message has no name from the link's target."""
    place.joinpath(*STEPS).rename(place.joinpath(*STEPS[:2], "own.py"))
    for folder in ("secret", "secret/tiny"):
        (place.parent / folder / "foreign.py").write_bytes(SECRET)
    (place.parent / "secret" / "tiny" / "tiny.py").unlink()
    swap_at(opened, swap(place, depth, target), monkeypatch)
    found = read_submission(place, "mallory", "mallory", "tiny", READ["tiny"])
    monkeypatch.undo()
    assert not found.cells
    assert "foreign" not in found.error.message


@pytest.mark.parametrize(("depth", "target"), SWAPS)
def test_link_on_the_way_is_named(depth, target, place):
    """A link at any step is not a file, and the message says what to submit; so it does for a link to nowhere."""
    swap(place, depth, target)()
    for _ in range(2):
        with pytest.raises(Unreadable) as found:
            read_file(place, STEPS)
        assert found.value.error.kind == "unreadable"
        assert "tiny/tiny.py is a symbolic link" in found.value.error.message
        step = place.joinpath(*STEPS[: depth + 1])
        step.unlink()
        step.symlink_to("nowhere")


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        (lambda file: file.unlink(), "missing", "was not submitted"),
        (lambda file: (file.unlink(), file.mkdir()), "unreadable", "is a folder"),
        (lambda file: (file.unlink(), os.mkfifo(file)), "unreadable", "is not a regular file"),
        (
            lambda file: (file.unlink(), file.parent.rmdir(), file.parent.write_text("")),
            "unreadable",
            "Not a directory",
        ),
        (lambda file: file.write_bytes(b"x" * (2**20 + 1)), "unreadable", "has 1048577 bytes"),
    ],
    ids=["missing", "folder", "pipe", "file for a folder", "large"],
)
def test_what_is_no_file_is_told_and_left_closed(change, kind, words, place):
    """A missing file, a folder, a pipe and a huge file each give a reason, and no descriptor stays open."""
    change(place.joinpath(*STEPS))
    before = opened_files()
    with pytest.raises(Unreadable) as found:
        read_file(place, STEPS)
    assert opened_files() == before
    assert found.value.error.kind == kind
    assert words in found.value.error.message


def test_notebook_is_put_back_into_no_other_folder(place, monkeypatch):
    """If a student's folder becomes a link while a notebook is put back, nothing is written to its target."""
    released = place.parent / "release"
    released.mkdir()
    (released / "tiny.ipynb").write_text("{}")
    for opened in range(12):
        really, count = os.open, iter(range(100))

        def opening(*arguments, really=really, count=count, opened=opened, **options):
            if next(count) == opened:
                swap(place, 1, "secret/tiny")()
            return really(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", opening)
            put_notebook_back(released, place / "mallory" / "tiny")
        assert not (place.parent / "secret" / "tiny" / "tiny.ipynb").exists()
        if (place / "mallory" / "away").exists():
            (place / "mallory" / "tiny").unlink()
            (place / "mallory" / "away").rename(place / "mallory" / "tiny")
        (place / "mallory" / "tiny" / "tiny.ipynb").unlink(missing_ok=True)
    assert put_notebook_back(released, place / "mallory" / "tiny")
    assert not put_notebook_back(released, place / "mallory" / "tiny")


def test_submissions_that_are_reached_by_a_link_are_read(place):
    """The folder of submissions itself may be a link that the instructor made."""
    (place.parent / "here").symlink_to(place)
    assert read_file(place.parent / "here", STEPS) == OWN


def test_systems_without_descriptors_of_folders_read_by_path(place, monkeypatch):
    """If folders can't be opened (Windows), a file is read by its path: it is the user's own there."""
    monkeypatch.setattr(submission, "BY_DESCRIPTOR", False)
    with open_folder(place, STEPS[:-1]) as folder:
        assert folder is None
    assert read_file(place, STEPS) == OWN
    (place / "tiny.ipynb").write_text("{}")
    assert put_notebook_back(place, place / "mallory" / "tiny")
    assert (place / "mallory" / "tiny" / "tiny.ipynb").read_text() == "{}"
