"""Grade the example class, from a fresh clone and without torch: `python examples/demo.py OUT`.

The recorded answer keys for the examples' public seed are beside this file; `python -m tests.record --ship` writes
them, and a test proves that recording gives the same. A course of your own records its own keys.
"""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from pathlib import Path

from autograder.course import DEFAULT_SEED, find_exercises
from autograder.course_key import seeded
from autograder.key import decode_key
from autograder.private import make_private_file, make_private_folder
from autograder.recording import key_file

ROOT = Path(__file__).resolve().parents[1]
KEYS = ROOT / "examples" / "keys.zip"
PATIENCE = "cpu_seconds=0.6"  # of a check, for endless loops: no right function takes a third of that


def main(output: Path) -> int:
    """Unpack the keys, grade the class, and say what to open next."""
    started = time.monotonic()
    unpack_keys(ROOT)
    submissions = ROOT / "examples" / "class"
    print(f"Grading the {len(list(submissions.iterdir()))} students of examples/class ...", flush=True)
    command = [sys.executable, "-m", "autograder", "grade", "--seed", DEFAULT_SEED, "--submissions", submissions]
    ended = subprocess.run([*map(str, [*command, "--output", output, "--limit", PATIENCE])], cwd=ROOT, check=False)
    if ended.returncode:
        return ended.returncode
    command = [sys.executable, "-m", "autograder", "report", "--output", output, "--submissions", submissions]
    subprocess.run([*map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    files = sorted((output / "feedback").glob("*/optimizers.txt"))
    feedback = next((file for file in files if "Hint: " in file.read_text("utf-8")), files[0])  # more to see in it
    print(f"\nGraded in {time.monotonic() - started:.0f} seconds. Open next:")
    print(f"  {output / 'report.html'}  the class at a glance, in a browser")
    print(f"  {feedback}  what one student reads")
    print(f"  {output / 'grades.csv'}  the scores, for a spreadsheet")
    return 0


def unpack_keys(root: Path) -> None:
    """Put the recorded keys where a course has them; one that belongs to another version of its exercise stays packed."""
    with zipfile.ZipFile(KEYS) as packed:
        for exercise in find_exercises(root, []):
            content, file = packed.read(f"{exercise.name}.key"), key_file(exercise, seeded(DEFAULT_SEED))
            make_private_folder(file.parent)
            if decode_key(content, file.name).version == exercise.version() and make_private_file(file):
                file.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
