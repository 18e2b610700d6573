"""The exercise that CONTRIBUTING.md shows is one: what a reader copies from the page is released and verified."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import ROOT, autograder

# "`solutions/huber/reference.py`:" and the block behind it.
BLOCK = re.compile(r"`(solutions/huber/\w+\.py)`:\n\n```python\n(.*?)```", re.DOTALL)


def test_exercise_of_the_page_is_sound(tmp_path):
    """It is recorded and released, and has no errors; warnings may ask for more than the minimum."""
    blocks = BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert [Path(name).name for name, _ in blocks] == [
        "huber.py",
        "reference.py",
        "public_checks.py",
        "hidden_checks.py",
        "misconceptions.py",
    ]
    for name, text in blocks:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / "solutions/huber/handout.md").write_text("# Huber loss\n\n{{checks}}\n", "utf-8")
    released = autograder("release", "huber", cwd=tmp_path)
    assert (released.returncode, released.stderr) == (0, "")
    verified = autograder("verify", "huber", "--seed", 1, cwd=tmp_path)
    assert (verified.returncode, verified.stderr) == (0, ""), verified.stdout
    assert "error" not in verified.stdout
    assert re.search(r"huber +1 +4 +2 +100.0% +100.0%", verified.stdout), verified.stdout
