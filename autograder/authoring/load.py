"""Load an exercise's Python files: checks, from disk or from an answer key, reference, and misconceptions.

`write_exercise` writes a small exercise to start from, which can be recorded, verified, released and graded as it is.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import linecache
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from keyword import kwlist
from pathlib import Path
from types import CodeType, ModuleType

from autograder.authoring.exercise import Exercise
from autograder.course import HIDDEN_CHECKS, PUBLIC_CHECKS, CourseError, ExerciseFolder, UsageError

PACKAGE = "exercise_"
TEMPLATE = Path(__file__).with_name("template")  # its files end in .in, and have NAME for the exercise's name


def load_exercise(name: str, sources: Mapping[str, bytes], origin: Path | None = None) -> Exercise:
    """Load an exercise with its checks.

    Parameters
    ----------
    name
        The exercise's name.
    sources
        The files of its checks by name: `public_checks.py`, and for grading `hidden_checks.py` and what these import,
        with data files as `data/<file>`.
    origin
        The folder of these files, for tracebacks and debuggers.

    Raises
    ------
    CourseError
        If a file can't be imported or defines no exercise of that name; it says the file, the line and what is wrong.
    """
    digest = hashlib.sha256(repr(sorted(sources.items())).encode() + str(origin).encode()).hexdigest()[:16]
    finder = _Finder(f"{PACKAGE}{digest}", sources, origin, name)
    with _importing(finder):
        public = finder.load(PUBLIC_CHECKS)
        exercise = getattr(public, "exercise", None)
        if not isinstance(exercise, Exercise) or exercise.name != name:
            raise CourseError(f'{finder.path(PUBLIC_CHECKS)} defines no `exercise = Exercise("{name}")`')
        exercise.files = dict(sources)
        # Without hidden checks, it is a student's copy, which was released from an exercise that has them.
        if HIDDEN_CHECKS in sources:
            finder.require_self_contained_public_checks()
            exercise.loading_public = False
            finder.load(HIDDEN_CHECKS)
    return exercise


def load_module(path: Path) -> ModuleType:
    """Import a file of an exercise again; it may import its neighbors (`from .x import y`).

    Raises `CourseError` if that fails.
    """
    sources = {file.name: file.read_bytes() for file in path.parent.glob("*.py")}
    sources |= {f"data/{file.name}": file.read_bytes() for file in path.parent.glob("data/*")}
    digest = hashlib.sha256(str(path.parent.resolve()).encode()).hexdigest()[:16]
    finder = _Finder(f"{PACKAGE}{digest}", sources, path.parent, path.parent.name)
    with _importing(finder):
        return finder.load(path.name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports modules of one package from sources in memory."""

    def __init__(self, package: str, sources: Mapping[str, bytes], origin: Path | None, name: str) -> None:
        self.package = package
        self._sources = sources
        self._origin = origin
        self._name = name

    def load(self, file: str) -> ModuleType:
        """Import a file; errors are reported in one line."""
        if file not in self._sources:
            raise CourseError(f"exercise {self._name}: there is no {self.path(file)}")
        try:
            return importlib.import_module(f"{self.package}.{file.removesuffix('.py')}")
        except CourseError:
            raise
        except Exception as error:
            fact = f"{type(error).__name__}: {error}"
            if isinstance(error, ModuleNotFoundError) and (error.name or "").startswith(f"{self.package}."):
                missing = self.path(str(error.name).rpartition(".")[2] + ".py")
                fact = f"there is no {missing} that checks may import"
            raise CourseError(f"{place_of_error(error, self.path(file))}: {fact}") from error

    def path(self, file: str) -> str:
        """Return a file's path for messages and debuggers."""
        return str(self._origin / file) if self._origin else f"{self._name}/{file}"

    def require_self_contained_public_checks(self) -> None:
        """Refuse public checks that import modules which students do not have, since they get this file alone."""
        for node in ast.walk(ast.parse(self._sources[PUBLIC_CHECKS])):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = ["." * node.level + (node.module or "")]
            else:
                continue
            for name in names:
                top = name.partition(".")[0]
                if name != "autograder.authoring" and top != "numpy" and top not in sys.stdlib_module_names:
                    raise CourseError(
                        f"{self.path(PUBLIC_CHECKS)}:{node.lineno}: imports {name}, which students don't have; "
                        "expected NumPy, the standard library and autograder.authoring"
                    )

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find the package itself and the modules in it."""
        del path, target
        if fullname == self.package:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        parent, _, name = fullname.rpartition(".")
        if parent != self.package or f"{name}.py" not in self._sources:
            return None
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=self.path(f"{name}.py"))
        spec.has_location = True
        return spec

    def get_source(self, fullname: str) -> str:
        """Return a module's text."""
        if fullname == self.package:
            return ""
        return self._sources[f"{fullname.rpartition('.')[2]}.py"].decode("utf-8")

    def get_code(self, fullname: str) -> CodeType:
        """Compile a module under the name of its file, whose lines tracebacks then show."""
        text, path = self.get_source(fullname), self.path(f"{fullname.rpartition('.')[2]}.py")
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
        return compile(text, path, "exec", dont_inherit=True)

    def is_package(self, fullname: str) -> bool:
        """Say whether a name is the package itself."""
        return fullname == self.package


@contextmanager
def _importing(finder: _Finder) -> Iterator[None]:
    """Import from a finder, without earlier modules; afterwards, its modules exist only as long as they are
    referenced.
    """
    _forget(finder.package)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        _forget(finder.package)


def _forget(package: str) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]


def place_of_error(error: BaseException, file: str) -> str:
    """Return the innermost file and line of an error in the exercise's own folder, for its author."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    folder = str(Path(file).parent)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folder)]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else file


# ---- a new exercise


def write_exercise(root: Path, name: str) -> list[Path]:
    """Write a small exercise into a course, and return its files.

    Parameters
    ----------
    root
        The course's folder; `solutions/` is made in it if it is missing.
    name
        The exercise's name: a valid name of a Python module.

    Raises
    ------
    UsageError
        If the name can't be that of a new module, or if there is such an exercise already.
    """
    taken = ("numpy", *kwlist, *sys.stdlib_module_names)
    if not name.isidentifier() or name.startswith("_") or name in taken:
        raise UsageError(f"{name!r} can't be an exercise's name: expected a Python module's name, such as weight_decay")
    folder = ExerciseFolder(name=name, root=root).folder
    if folder.exists():
        raise UsageError(f"{folder} exists already; choose another name")
    written = []
    for source in sorted(file for file in TEMPLATE.rglob("*.in")):
        place = source.relative_to(TEMPLATE).as_posix().removesuffix(".in")
        file = folder / place.replace("NAME", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source.read_text("utf-8").replace("NAME", name), "utf-8")
        written.append(file)
    return written
