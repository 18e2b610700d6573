"""Grade the submission that Gradescope has put into its container: `python -m autograder.package.run_gradescope ROOT`.

It reads ROOT/submission, and ROOT/source with the answer key, and writes ROOT/results/results.json. That is written
only if there is a record: a fault of ours ends the command with an exit code, which Gradescope shows as a failed
autograder and not as a zero.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from autograder.course import CourseError, UsageError
from autograder.export import results_json
from autograder.grading import open_grader, read_folder
from autograder.key import read_key
from autograder.merge import ReleasedNotebook
from autograder.package.make import KEY, SETTINGS, Settings
from autograder.results import Record
from autograder.sandbox import SandboxError, confinement, open_sandbox

SUBMISSION = "submission"
PRIVATE = ("source", "results", "submission_metadata.json")  # what student code must not read


def main(root: Path) -> int:
    """Grade, and write what Gradescope reads; 0 if there is a record, whatever its score."""
    try:
        settings = msgspec.json.decode((root / "source" / SETTINGS).read_bytes(), type=Settings)
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


def _grade(root: Path, settings: Settings) -> Record:
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
