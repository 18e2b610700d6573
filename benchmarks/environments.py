"""The peers' own environments, made when they are first needed: `out/peers/<name>`.

Versions are those of `constraints.txt`. An environment is complete when it has a file `.complete`, which is written
last and says what the environment was made from.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.measure import ROOT

CONSTRAINTS = Path(__file__).with_name("constraints.txt")
ENVIRONMENTS = ROOT / "out" / "peers"  # not in `.autograder`, whose files each grader tries to read from its sandbox


def environment(name: str, *others: str) -> Path:
    """Return the folder of commands of an environment that has a package, NumPy, and the others."""
    folder, recipe = ENVIRONMENTS / name, "\n".join([name, *others, CONSTRAINTS.read_text("utf-8")])
    complete = folder / ".complete"
    if not complete.is_file() or complete.read_text("utf-8") != recipe:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--constraint", CONSTRAINTS, name, "numpy", *others], check=True)
        complete.write_text(recipe, "utf-8")
    return folder / "bin"


def version(name: str) -> str:
    """Return the version of a package that the peers' environments have."""
    pinned = dict(line.split("==") for line in CONSTRAINTS.read_text("utf-8").splitlines())
    return pinned[name]
