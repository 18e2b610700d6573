"""The import graph: no cycles among modules or packages, sorted exports, and nothing heavy where it must be light."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from autograder.recording.library import SHAPING
from tests.conftest import EXERCISES, ROOT

pytestmark = pytest.mark.unit

PACKAGE = ROOT / "autograder"
FILES = sorted(PACKAGE.rglob("*.py"))
PACKAGES = sorted(file.parent for file in FILES if file.name == "__init__.py")


def name_of(path: Path) -> str:
    """Return the dotted name of a module's file or a package's folder."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(file) for file in FILES}


def imports_of(file: Path, *, lazy: bool = True) -> set[str]:
    """Return the modules of this package that a file imports: also in functions and for type checkers, if `lazy`."""
    tree = ast.parse(file.read_text("utf-8"))
    skipped = [] if lazy else [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.If)]
    inside = {child for node in skipped for child in ast.walk(node)}
    found = set()
    for node in ast.walk(tree):
        if node in inside:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder"):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & MODULES or {node.module}
            found |= {node.module} if names - MODULES else set()
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("autograder")}
    return found


def part_of(module: str) -> str:
    """Return the package that a module belongs to: the name under `autograder`; a leaf module is one of its own."""
    return ".".join(module.split(".")[:2])


def exports_of(folder: Path) -> list[str]:
    """Return a package's `__all__`; one that exports nothing needs none."""
    return list(getattr(importlib.import_module(name_of(folder)), "__all__", []))


def in_order(names: Iterable[str]) -> list[str]:
    """Return names in the order of ruff and isort: constants, classes, everything else."""
    return sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))


def test_import_graph_has_no_cycle():
    """Modules can be ordered so that each imports only earlier ones, imports inside functions included.

    A package's own `__init__` comes after its modules; importing from a package counts as importing its `__init__`.
    """
    graph = {name_of(file): imports_of(file) - {name_of(file)} for file in FILES}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph)


def test_packages_have_no_cycle():
    """Packages can be ordered so that each imports only earlier ones, imports inside functions included."""
    graph: dict[str, set[str]] = {}
    for file in FILES:
        part = part_of(name_of(file))
        graph.setdefault(part, set()).update(part_of(module) for module in imports_of(file))
    for part, others in graph.items():
        others.discard(part)
    graph.pop("autograder")  # what the package itself offers is imported when it is asked for
    assert not [part for part, others in graph.items() if "autograder" in others]
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph)


def test_no_module_imports_its_own_package():
    """A module imports its neighbors by their own names: the package is not complete yet."""
    own = {
        f"{name_of(file)} imports {package}"
        for file in FILES
        for package in imports_of(file, lazy=False)
        if file.name != "__init__.py" and package == name_of(file).rpartition(".")[0] != "autograder"
    }
    assert own == set()


def test_callers_import_from_packages():
    """Names that a package exports are imported from the package, not from the modules in it.

    An import inside a function keeps something light, and may name the lightest module.
    """
    exported = {name_of(folder): exports_of(folder) for folder in PACKAGES}
    found = []
    for file in FILES:
        module = name_of(file)
        for node in ast.parse(file.read_text("utf-8")).body:
            if not isinstance(node, ast.ImportFrom) or part_of(node.module or "") == part_of(module):
                continue
            package = (node.module or "").rpartition(".")[0]
            names = {alias.name for alias in node.names} & set(exported.get(package, []))
            if names and package != "autograder":
                found.append(f"{module} imports {', '.join(sorted(names))} from {node.module}, not from {package}")
    assert found == []


@pytest.mark.parametrize("folder", PACKAGES, ids=name_of)
def test_package_exports_are_sorted_and_there(folder):
    """What a package imports for others is in its `__all__`, sorted, each name once, and each can be imported."""
    names = exports_of(folder)
    assert names == in_order(set(names))
    package = importlib.import_module(name_of(folder))
    assert [name for name in names if not hasattr(package, name)] == []
    assert names or not imports_of(folder / "__init__.py")


@pytest.mark.parametrize("folder", PACKAGES, ids=name_of)
def test_package_init_re_exports_and_nothing_else(folder):
    """An `__init__` holds a docstring, imports, `__all__`, and a table and `__getattr__` where it imports lazily."""
    if folder == PACKAGE:
        return
    allowed = (ast.Import, ast.ImportFrom, ast.If, ast.Assign, ast.AnnAssign)
    for node in ast.parse((folder / "__init__.py").read_text("utf-8")).body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_lazy = isinstance(node, ast.FunctionDef) and node.name == "__getattr__"
        assert is_docstring or is_lazy or isinstance(node, allowed), ast.unparse(node)


def test_every_file_says_what_it_is_for():
    """Every module of the framework begins with a docstring."""
    assert [file for file in FILES if not ast.get_docstring(ast.parse(file.read_text("utf-8")))] == []


def test_keys_are_recorded_again_when_what_recording_imports_changes():
    """Exactly the modules that a recording process imports are in the state that names a key."""
    code = "import autograder.recording.__main__, sys; print(*(n for n in sys.modules if n.startswith('autograder')))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert {name_of(file) for place in SHAPING for file in PACKAGE.glob(place)} == set(told.split())


def test_framework_names_no_exercise_and_no_torch():
    """The framework imports torch nowhere, and knows none of the exercises."""
    for file in FILES:
        text = file.read_text("utf-8")
        assert not re.search(r"^\s*(import|from) torch\b", text.partition("REFERENCE = ")[0], re.MULTILINE), file
        code = re.sub(r'""".*?"""', "", text, flags=re.DOTALL)
        assert not [name for name in EXERCISES if f'"{name}"' in code or f"solutions/{name}" in code], file


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
    "distributed",
)


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import autograder", (*HEAVY, "numpy", "msgspec")),
        ("import autograder.cli.main as m; m.parser()", (*HEAVY, "numpy", "msgspec")),
        ("import autograder.course, autograder.assignment", (*HEAVY, "numpy", "msgspec")),
        ("import autograder.api", HEAVY),
        ("import autograder.cli.check", HEAVY),
        ("import autograder.worker.program", HEAVY),
        ("import autograder.merge", (*HEAVY, "numpy")),
        ("import autograder.store", (*HEAVY, "numpy")),
        ("from autograder.grading import read_submission, single_file", (*HEAVY, "numpy")),
        ("from autograder.grading import open_grader", HEAVY),
        ("from autograder.recording import key_files", (*HEAVY, "numpy")),
        ("from autograder.recording.record import record", HEAVY),
        ("from autograder.notebook import check, picture", HEAVY),
        ("import autograder.pytest_plugin", ("torch", "rich", "numpy", "msgspec")),
        ("import autograder.cli.grade", (*HEAVY, "numpy")),
    ],
)
def test_module_imports_nothing_heavy(statement, heavy):
    """Help, a student's check, the worker and an unchanged class import only what they need."""
    code = f"{statement}; import sys; print([name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == "[]"
