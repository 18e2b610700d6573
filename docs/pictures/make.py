"""Make the pictures that the README shows: run real commands on the example class, from the top of the repository.

    .venv/bin/python docs/pictures/make.py

Writes `check.svg`, the terminal of a student, and `report.png`, the first screen of the report on the class.
"""

from __future__ import annotations

import io
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
COLUMNS = 100
SEED = "20261122"  # of the example class, as in the Makefile


def in_a_terminal(command: list[str], folder: Path) -> str:
    """Return what a command writes to a terminal, colors included."""
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        written += part
    os.close(ours)
    process.wait()
    return written.decode().replace("\r\n", "\n")


def picture_of_check(target: Path) -> None:
    """Write what a student of the example class sees."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "optimizers")
        shutil.copytree(ROOT / "assignments/optimizers", folder)
        shutil.copy(ROOT / "examples/class/emmy/optimizers/optimizers.py", folder)
        text = in_a_terminal([str(Path(sys.executable).parent / "autograder"), "check", "adam"], folder)
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text("$ autograder check adam"))
    console.print(Text.from_ansi(text))
    console.save_svg(str(target), title="autograder")


def picture_of_report(target: Path) -> None:
    """Write the first screen of the report on the example class."""
    autograder = str(Path(sys.executable).parent / "autograder")
    with tempfile.TemporaryDirectory() as name:
        submissions = ["--submissions", str(ROOT / "examples/class"), "--output", name]
        subprocess.run([autograder, "grade", "--seed", SEED, *submissions], cwd=ROOT, check=True)
        subprocess.run([autograder, "report", *submissions], cwd=ROOT, check=True)
        page = next(Path(name).glob("*.html"))
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1280,900"]
        subprocess.run(["chromium", *options, f"--screenshot={target}", page.as_uri()], check=True)


if __name__ == "__main__":
    picture_of_check(HERE / "check.svg")
    picture_of_report(HERE / "report.png")
