"""The course key: it is random, kept from others, and never shown."""

from __future__ import annotations

import json
import shutil
import sqlite3

import pytest

from autograder import check
from autograder.course import UsageError
from autograder.course_key import HANDED_OUT, CourseKey, course_key_file, create_course_key, find_course_key, seeded
from autograder.key import read_key
from autograder.wire import unpack
from tests.conftest import TRIAL, autograder
from tests.courses import write_course

DOUBLED = """

def mean_squared_error(*arguments, **options):
    loss, dy = right(*arguments, **options)
    return 2 * loss, dy
"""
HOARDER = """
SEEN = []


def mean_squared_error(predicted, target):
    SEEN.append(predicted.ravel()[0])
    raise ValueError(f"seen: {SEEN}")
"""
LOOKUP = """
def mean_squared_error(predicted, target):
    return {loss!r}, {dy!r}
"""


# That of a new exercise imports PyTorch, which takes its time.
REFERENCE = """
def mean_squared_error(predicted, target):
    error = predicted - target
    return (error**2).mean(), 2 * error / error.size
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course with one small exercise, a key, and a class of five, graded."""
    root = tmp_path_factory.mktemp("course")
    assert autograder("new", "tiny", cwd=root).returncode == 0
    (root / "solutions" / "tiny" / "reference.py").write_text(REFERENCE, "utf-8")
    assert autograder("release", cwd=root).returncode == 0
    result = autograder("init", cwd=root)
    assert result.returncode == 0, result.stderr
    for student in ("ada", "ben"):
        (root / "class" / student / "tiny").mkdir(parents=True)
    shutil.copyfile(root / "solutions/tiny/tiny.py", root / "class/ada/tiny/tiny.py")
    shutil.copyfile(root / "assignments/tiny/tiny.py", root / "class/ben/tiny/tiny.py")
    solution = (root / "solutions/tiny/tiny.py").read_text("utf-8")
    doubled = f"{solution}\n\nright = mean_squared_error\n{DOUBLED}"
    for student, source in (("mallory", answers_of(root)), ("zoe", doubled), ("eve", HOARDER)):
        folder = shutil.copytree(root / "assignments" / "tiny", root / "class" / student / "tiny")
        (folder / "tiny.py").write_text(source, "utf-8")
    graded = autograder("grade", "--submissions", "class", "--output", "out", cwd=root)
    assert graded.returncode == 0, graded.stderr
    return root


def answers_of(root):
    """Return a file that returns what the students' key holds."""
    key = read_key(root / "assignments" / "tiny" / "tiny.key")
    recorded = {check.id: check.recorded.values for check in key.checks}
    loss = unpack(recorded["mean_squared_error.value"]["loss"]).tolist()
    dy = unpack(recorded["mean_squared_error.gradient"]["dy"]).tolist()
    return LOOKUP.format(loss=loss, dy=dy)


@pytest.mark.unit
def test_key_is_random_and_its_owners_alone(tmp_path):
    """`init` makes 256 random bits in a file of mode 0600, in a folder that git ignores, and never replaces it."""
    file = create_course_key(tmp_path)
    assert file == course_key_file(tmp_path)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert file.with_name(".gitignore").read_text("utf-8") == "*\n"
    text = file.read_text("ascii")
    assert len(bytes.fromhex(text)) == 32
    assert create_course_key(tmp_path) is None
    assert file.read_text("ascii") == text
    other = tmp_path / "other"
    create_course_key(other)
    assert find_course_key(other) != find_course_key(tmp_path)


@pytest.mark.unit
def test_key_is_named_by_its_fingerprint(tmp_path):
    """Names in files and records tell keys apart without revealing the secret; a seed may be shown."""
    create_course_key(tmp_path)
    key = find_course_key(tmp_path)
    assert key.name == key.fingerprint != CourseKey(secret=b"other").fingerprint
    assert key.secret.hex() not in (key.name, repr(key))
    assert str(key.secret) not in repr(key)
    assert (seeded(5).name, seeded(5).fingerprint, HANDED_OUT.fingerprint) == ("5", None, None)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (None, 0, "has no key, .* Next: autograder init .*, or --seed N for a trial"),
        ("ab" * 32, 0o644, "can be read by others.* Next: chmod 600"),
        ("ab" * 8, 0o600, "is not a course key: expected 64 hexadecimal digits"),
        ("20261122", 0o600, "is not a course key"),
        ("no number", 0o600, "is not a course key"),
    ],
)
def test_unsafe_key_is_refused(tmp_path, content, mode, words):
    """Without a key, or with one that others can read, nothing is graded: one line says what to do."""
    file = course_key_file(tmp_path)
    if content is not None:
        file.parent.mkdir()
        file.write_text(content, "ascii")
        file.chmod(mode)
    with pytest.raises(UsageError, match=words):
        find_course_key(tmp_path)


def test_class_is_not_graded_without_a_key(tmp_path):
    """`grade` refuses in one line; a trial with `--seed` works, and says that its hidden checks are no secret."""
    write_course(tmp_path)
    (tmp_path / "class" / "ada").mkdir(parents=True)
    arguments = ("--submissions", "class", "--output", "out")
    result = autograder("grade", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert "Next: autograder init" in result.stderr
    result = autograder("grade", *TRIAL, *arguments, cwd=tmp_path)
    assert result.returncode == 0
    assert f"All inputs were drawn from --seed {TRIAL[1]}, so the hidden ones are no secret" in result.stdout


def test_key_is_written_nowhere(course):
    """No file of a graded course, and no file's name, holds the key; records carry its fingerprint and no seed."""
    key = find_course_key(course)
    written = [file for file in course.rglob("*") if file.is_file() and file != course_key_file(course)]
    assert any(file.suffix == ".key" and key.name in file.name for file in written)
    for file in written:
        content = file.read_bytes()
        assert key.secret not in content
        assert key.secret.hex().encode() not in content
        assert key.secret.hex() not in file.name
    records = records_of(course)
    assert {(record["seed"], record["course_key"]) for record in records} == {(None, key.fingerprint)}
    scores = {record["student"]: record["score"] for record in records}
    assert (len(scores), scores["ada"], scores["ben"]) == (5, 100.0, 0.0)
    with sqlite3.connect(course / "out/store.sqlite") as store:
        assert key.secret.hex() not in "\n".join(store.iterdump())


def test_answers_to_the_handed_out_numbers_earn_nothing(course):
    """A file that returns what the students' key holds passes at home and earns nothing."""
    assert check(course / "class" / "mallory" / "tiny").score == 40
    record = next(each for each in records_of(course) if each["student"] == "mallory")
    assert record["score"] == 0
    told = {each["id"]: each["message"] for each in record["checks"]}
    assert "With the inputs that you have at home, it passes." in told["mean_squared_error.value"]


def test_failed_public_check_shows_the_numbers_that_students_have(course):
    """The message of a public check in a class is the one seen at home, and has no number of the course."""
    record = next(each for each in records_of(course) if each["student"] == "zoe")
    at_home = {each.id: each.message for each in check(course / "class" / "zoe" / "tiny").checks}
    told = {each["id"]: each["message"] for each in record["checks"]}
    assert "got " in at_home["mean_squared_error.value"]
    # A hint on the mistake may be another one: it rests on hidden checks, too.
    assert {name: told[name].split("\n")[0] for name in at_home} == {
        name: message.split("\n")[0] for name, message in at_home.items()
    }


def test_nothing_of_the_course_comes_out_in_a_public_check(course):
    """A file that keeps its inputs and raises them later shows only the numbers that its author has at home."""
    record = next(each for each in records_of(course) if each["student"] == "eve")
    at_home = {each.id: each.message for each in check(course / "class" / "eve" / "tiny").checks}
    told = {each["id"]: each["message"] for each in record["checks"]}
    assert "seen: [" in at_home["mean_squared_error.value"]
    assert {name: told[name] for name in at_home} == at_home
    assert not any("seen: [" in told[name] for name in told.keys() - at_home.keys())


def records_of(course):
    """Return the records of the class."""
    return [json.loads(line) for line in (course / "out/results.jsonl").read_text("utf-8").splitlines()]
