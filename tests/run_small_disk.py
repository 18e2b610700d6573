"""Grade on a disk that gets full, and again when there is room: `python -m tests.run_small_disk CLASS OUT EXERCISE`.

OUT lies on a small disk of its own, which ends with this process. Prints, in JSON, how both runs ended, how many
attempts were stored in between, and what was written at the end.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tests.classes import FILES, essence, rows
from tests.conftest import TRIAL, autograder

LEFT = 200_000  # bytes: enough to begin with


def main(submissions: str, output: str, exercise: str) -> None:
    """Fill the disk, grade, make room, grade."""
    command = (
        "grade",
        exercise,
        *TRIAL,
        "--submissions",
        submissions,
        "--output",
        output,
        "--isolation",
        "none",
        "--jobs",
        1,
    )
    ballast = Path(output, "ballast")
    room = os.statvfs(output).f_bavail * os.statvfs(output).f_frsize
    ballast.write_bytes(bytes(room - LEFT))
    full = autograder(*command)
    found = [name for name in FILES if Path(output, name).exists()]
    stored = len(rows(Path(output, "store.sqlite")))
    ballast.unlink()
    roomy = autograder(*command)
    report = {"codes": [full.returncode, roomy.returncode], "said": full.stderr, "found": found, "stored": stored}
    written = {name: str(content) for name, content in essence(Path(output)).items()}
    print(json.dumps({**report, "again": roomy.stdout, "left": os.listdir(output), "written": written}))  # noqa: PTH208


if __name__ == "__main__":
    main(*sys.argv[1:])
