"""Packages with which other systems grade: this package, its installation, an exercise's checks and answers.

From an exercise and its answer key, it makes a zip for Gradescope with the full key, which students never see; or a
folder for Classroom 50, which runs where students can change the code, with the public key alone.

`python -m autograder.release.packages ROOT` grades the submission that Gradescope has put into its container. It reads
ROOT/submission, and ROOT/source with the answer key, and writes ROOT/results/results.json. That is written only if
there is a record: a fault of ours ends the command with an exit code, which Gradescope shows as a failed autograder and
not as a zero.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import msgspec

from autograder.course import CourseError, ExerciseFolder, UsageError
from autograder.grading import open_grader, read_folder
from autograder.key import AnswerKey, read_key
from autograder.merge import ReleasedNotebook
from autograder.private import make_private_file
from autograder.release.exercise import make_released_notebook
from autograder.release.folders import release, write_wheel, write_zip
from autograder.report import Shown, results_json
from autograder.results import Level, Record

TEMPLATES = Path(__file__).with_name("graders")
PINNED = ("numpy", "msgspec")  # all that grading needs
PYTHON = "3.12"  # that setup.sh installs: the pinned versions have builds for it
UV = "0.13.8"  # what it is installed with
KEY, SETTINGS = "exercise.key", "settings.json"
MARK = "autograder.py"  # a folder that has files, but not this one, was not written by this command
SUBMISSION = "submission"
PRIVATE = ("source", "results", "submission_metadata.json")  # what student code must not read


class PackageSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The instructor's choices for a package."""

    hidden: Shown  # when students see hidden checks
    isolation: Level  # the lowest level at which student code may run


def package_gradescope(exercise: ExerciseFolder, key: AnswerKey, settings: PackageSettings, target: Path) -> list[str]:
    """Write the zip from which Gradescope builds an autograder, and return the names in it."""
    words = {"PYTHON_VERSION": PYTHON, "UV_VERSION": UV}
    whole = msgspec.structs.replace(key, notebook=make_released_notebook(exercise).cells)
    with tempfile.TemporaryDirectory() as folder:
        wheel = write_wheel(Path(folder))
        contents = {
            "setup.sh": _template("setup.sh.in", words),
            "run_autograder": _template("run_autograder.in", words),
            "requirements.txt": _requirements(wheel),
            wheel.name: wheel.read_bytes(),
            SETTINGS: msgspec.json.encode(settings),
            KEY: msgspec.msgpack.encode(whole, order="deterministic"),
        }
    make_private_file(target)
    write_zip(target, contents)
    return list(contents)


def package_classroom50(exercise: ExerciseFolder, key: AnswerKey, folder: Path) -> list[str]:
    """Write the folder that Classroom 50 runs for an assignment, and return the names in it.

    Raises `UsageError` if the folder holds something else, or if the key is not the one that students get.
    """
    if any(check.visibility != "public" for check in key.checks) or key.sources:
        raise UsageError(
            f"the key of {exercise.name} is not the public one that students may have; nothing was written"
        )
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise UsageError(f"{folder} holds other files; name an empty folder, or one that this command has written")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.whl"):
        old.unlink()
    wheel = write_wheel(folder)
    (folder / "requirements.txt").write_bytes(_requirements(wheel))
    (folder / MARK).write_bytes(_template("classroom50.py.in", {"EXERCISE": exercise.name}))
    files = release(exercise, key, folder / "checks")
    return [MARK, "requirements.txt", wheel.name, *(file.relative_to(folder).as_posix() for file in files)]


def _template(name: str, words: dict[str, str]) -> bytes:
    text = (TEMPLATES / name).read_text("utf-8")
    for word, value in words.items():
        text = text.replace(word, value)
    return text.encode()


def _requirements(wheel: Path) -> bytes:
    pins = "".join(f"{name}=={metadata.version(name)}\n" for name in PINNED)
    return f"{pins}./{wheel.name}\n".encode()


# ---- in Gradescope's container


def main(root: Path) -> int:
    """Grade, and write what Gradescope reads; 0 if there is a record, whatever its score."""
    from autograder.sandbox import SandboxError  # there are sandboxes only on Linux, and packages are made anywhere

    try:
        settings = msgspec.json.decode((root / "source" / SETTINGS).read_bytes(), type=PackageSettings)
        record = _grade(root, settings)
    except (UsageError, CourseError, SandboxError, OSError, ValueError) as error:
        print(f"Not graded, our failure: {error}", file=sys.stderr)
        return 1
    results = root / "results"
    results.mkdir(exist_ok=True)
    draft = results / "results.json.draft"
    draft.write_text(json.dumps(results_json(record, settings.hidden)), "utf-8")
    draft.replace(results / "results.json")
    return 0


def _grade(root: Path, settings: PackageSettings) -> Record:
    from autograder.sandbox import confinement, open_sandbox

    key = read_key(root / "source" / KEY)
    released = ReleasedNotebook(exercise=key.exercise, cells=key.notebook)
    submission = read_folder(root, (SUBMISSION,), SUBMISSION, released)
    confined = confinement(settings.isolation, [root / name for name in PRIVATE])
    grader = open_grader(key)
    sandbox, level = open_sandbox(key.limits, confined, grader.data)
    with sandbox:
        return grader.grade(submission, sandbox, level).record


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
