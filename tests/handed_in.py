"""Notebooks as students hand them in, made from today's released one: what differs from it is what a test is about."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import EXERCISES

NAME = "optimizers"
SOLUTION = EXERCISES[NAME].solution.read_text("utf-8")
FUNCTIONS = {
    node.name: "\n".join(SOLUTION.splitlines()[node.lineno - 1 : node.end_lineno])
    for node in ast.parse(SOLUTION).body
    if isinstance(node, ast.FunctionDef)
}


def grade_id(cell: dict[str, Any]) -> str:
    """Return nbgrader's mark of a cell."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


def code(text: str) -> dict[str, Any]:
    """Return a cell of the student's own."""
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": text}


@dataclass
class Handed:
    """A notebook with every function filled in; `root` is what adam's root is written as."""

    released: bytes
    setup: str = ""
    before: Iterable[str] = ()
    after: Iterable[str] = ()
    root: str = "np.sqrt(c_hat)"
    functions: dict[str, str] = field(default_factory=dict)

    def cells(self) -> list[dict[str, Any]]:
        """Return the cells: own ones after the setup cell, or at the end."""
        functions = FUNCTIONS | {"adam": FUNCTIONS["adam"].replace("np.sqrt(c_hat)", self.root)} | self.functions
        cells = []
        for cell in json.loads(self.released)["cells"]:
            name = grade_id(cell)
            cell["source"] = "".join(cell["source"])
            if name.startswith("solution-"):
                cell["source"] = functions[name.removeprefix("solution-")]
            if name == "setup":
                cell["source"] += f"\n{self.setup}" if self.setup else ""
            cells.append(cell)
            if name == "setup":
                cells += map(code, self.before)
        return [*cells, *map(code, self.after)]

    def notebook(self, cells: list[dict[str, Any]] | None = None, **fields: Any) -> bytes:
        """Return the notebook's bytes."""
        notebook = json.loads(self.released)
        cells = self.cells() if cells is None else cells
        for number, cell in enumerate(cells):
            cell.setdefault("id", f"own-{number}")
        return json.dumps(notebook | {"cells": cells} | fields).encode()
