"""The import graph: layers import downwards only, and what must stay light imports nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import EXERCISES, ROOT

PACKAGE = ROOT / "autograder"
# From the bottom up: a layer imports itself and what stands before it.
LAYERS = ["data", "worker", "judge", "diagnose", "ask", "answers", "notebook.merge", "grade", "store", "classroom"]
LAYERS += ["report", "notebook", "release", "verify", "nbgrader", "cli"]


def imports_of(file: Path) -> set[str]:
    """Return the modules of this package that a file imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder"):
            found |= {module_of(f"{node.module}.{alias.name}") or node.module for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("autograder")}
    return found


def module_of(name: str) -> str | None:
    """Return the name if it is a module of this package."""
    path = ROOT.joinpath(*name.split("."))
    return name if path.with_suffix(".py").is_file() or path.is_dir() else None


def graph() -> dict[str, set[str]]:
    """Return each module's imports."""
    files = {".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in PACKAGE.rglob("*.py")}
    return {name.removesuffix(".__init__"): imports_of(file) for name, file in files.items()}


def layer(module: str) -> int:
    """Return a module's layer: its own, its folder's, or that of plain data for a leaf module at the top."""
    parts = module.split(".")
    if ".".join(parts[1:]) in LAYERS:
        return LAYERS.index(".".join(parts[1:]))
    return LAYERS.index(parts[1]) if len(parts) > 1 and parts[1] in LAYERS else 0


def test_import_graph_has_no_cycle():
    """Modules can be ordered so that each imports only earlier ones."""
    assert len(list(TopologicalSorter(graph()).static_order())) >= len(graph())


def test_layers_import_downwards_only():
    """No module imports one of a higher layer; the command line and the pytest plugin stand on top."""
    top = {"autograder.pytest_plugin"}
    upward = {
        f"{module} imports {imported}"
        for module, imports in graph().items()
        for imported in imports
        if module not in top and layer(imported) > layer(module)
    }
    assert not upward


def test_framework_names_no_exercise_and_no_torch():
    """The framework imports torch nowhere, and knows none of the exercises."""
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text("utf-8")
        assert "import torch" not in text
        assert not [name for name in EXERCISES if f'"{name}"' in text or f"solutions/{name}" in text], file


HEAVY = (
    "torch",
    "rich",
    "pytest",
    "IPython",
    "nbformat",
    "nbgrader",
    "pandas",
    "scipy",
    "matplotlib",
    "multiprocessing",
)


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import autograder.cli.main as m; m._parser()", (*HEAVY, "numpy", "msgspec")),
        ("import autograder.cli.check", HEAVY),
        ("import autograder.worker.program", HEAVY),
        ("import autograder.notebook.merge", (*HEAVY, "numpy")),
        ("from autograder.notebook import check, picture", HEAVY),
        ("import autograder.pytest_plugin", ("torch", "rich", "numpy", "msgspec")),
        ("import autograder.cli.grade", (*HEAVY, "numpy", "distributed")),
    ],
)
def test_module_imports_nothing_heavy(statement, heavy):
    """Help, a student's check, the worker and the grader import only what they need."""
    code = f"{statement}; import sys; print([name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_files_and_functions_stay_small():
    """No file of the framework is over 300 lines, no function over 40 lines of code."""
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text("utf-8")
        assert text.count("\n") <= 300, file
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                assert length <= 40, f"{file}: {node.name}"
