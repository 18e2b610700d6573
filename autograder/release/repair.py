"""Release repair tasks: for each student, a working file with one known misconception, of which only a symptom is told.

From an exercise, the answer key that students get, and the course key, which decides who gets which mistake, it makes
`<student>/<exercise>/` with the file, a page that tells the symptom, and the means to see it again: the script that
draws a curve, or the public checks, with a key that has no misconceptions and no hints.

In a working file, nothing distinguishes the wrong function: all bodies have the same formatting, without comments and
annotations of local names, and signatures and docstrings are the solution's.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from autograder.authoring import Misconception, Misconceptions, Patch, load_module, patched_text
from autograder.course import MISCONCEPTIONS, PUBLIC_CHECKS, CourseError, ExerciseFolder, UsageError
from autograder.course_key import CourseKey, chosen, mark_line
from autograder.grading import open_grader, single_file
from autograder.key import SUFFIX, AnswerKey, Sampled, shows, write_key
from autograder.private import make_private_folder
from autograder.release.exercise import load, read_handout
from autograder.results import BELIEVED

TEMPLATE = Path(__file__).with_name("students") / "repair.md.in"
CURVE = "curve.py"
CURVE_SECONDS = 60
HOW_TO_WORK = re.compile(r"^## How to work\n.*?(?=^## )", re.MULTILINE | re.DOTALL)
SYMPTOM_LINES = 3
BY_CURVE = """`python curve.py` in this folder trains with the functions of `{file}`, and prints

```
{curve}
```

With right functions it prints

```
{right}
```

The public checks are not in this folder: they would name the function.
"""
BY_NUMBER = """One of the public checks, "{title}", says of this file:

```
{message}
```

`autograder check` in this folder runs all of them.
"""
MARKED = re.compile(r"^[ ]*### (BEGIN|END) SOLUTION\n", re.MULTILINE)
BLANK = re.compile(r"\n{4,}")
SOLUTION = "right"  # the name of the solution's module in misconceptions
SILENCING = ("errstate", "catch_warnings")  # no right function needs them, so they would give away the wrong one
Body = Sequence[ast.stmt]


@dataclass(frozen=True, kw_only=True, slots=True)
class RepairTask:
    """A file with one misconception in it, and its symptom."""

    misconception: Misconception
    text: str  # without the line that marks it
    symptom: str  # Markdown
    by_curve: bool


class RepairTasks:
    """The repair tasks that can be made from one exercise's misconceptions.

    `texts` are the files by misconception, for misconceptions that can be written into a file and that public checks
    show; `skipped` says why the others can't be used.
    """

    def __init__(self, exercise: ExerciseFolder, public: AnswerKey) -> None:
        """Read the exercise; `public` is the answer key that students get, with its misconceptions."""
        self.exercise = exercise
        self.solution = exercise.solution.read_text("utf-8")
        self.right = working_file(self.solution)
        self._public = public
        # Ordinary keys name mistakes; this one must not, or the first check would give the answer away.
        silent = tuple(msgspec.structs.replace(check, fingerprints={}) for check in public.checks)
        self.key = msgspec.structs.replace(public, checks=silent, misconceptions=(), notebook=())
        self.texts: dict[str, str] = {}
        self.skipped: dict[str, str] = {}
        self._known: dict[str, Misconception] = {}
        self._curves: dict[str, str] = {}
        self._read()

    def _read(self) -> None:
        path = self.exercise.folder / MISCONCEPTIONS
        catalog = load_module(path).wrong if path.is_file() else Misconceptions()
        solution = load_module(self.exercise.solution)
        # By its own code, since the key also has combinations of two misconceptions.
        shown = {
            name
            for check in self._public.checks
            for name, fingerprint in check.fingerprints.items()
            if any(shows(mark) and not (isinstance(mark, Sampled) and not mark.always) for mark in fingerprint.values())
        }
        for misconception in catalog.found:
            name = misconception.id
            body = wrong_body(solution, self.solution, misconception, catalog.written_as.get(name))
            if name in catalog.unwritten:
                self.skipped[name] = "is nothing that anybody would write"
            elif isinstance(body, str):
                self.skipped[name] = body
            elif name not in shown:
                self.skipped[name] = "is shown by no public check"
            else:
                self.texts[name] = working_file(self.solution, misconception.function, body)
                self._known[name] = misconception

    def task(self, name: str) -> RepairTask:
        """Return the task of a misconception, with its symptom: a curve if it shows in one, or else a public number."""
        text, misconception = self.texts[name], self._known[name]
        if self.curve_script.is_file() and (curve := self._curve(text)) != (right := self._curve(self.right)):
            symptom = BY_CURVE.format(file=self.exercise.solution.name, curve=curve, right=right)
            return RepairTask(misconception=misconception, text=text, symptom=symptom, by_curve=True)
        sources = {name: content for name, content in self.exercise.check_sources().items() if name in self.key.hashes}
        grader = open_grader(self.key, sources)
        record = grader.grade(single_file("", self.exercise.name, text.encode()), None).record  # our own code
        failed = [check for check in record.checks if check.status not in ("passed", "skipped")]
        if not failed:
            raise CourseError(
                f"{misconception.place}: misconception {name}: public checks pass it, so there would be no symptom"
            )
        message = failed[0].message.partition(f"\n{BELIEVED}")[0]
        lines = "\n".join(message.splitlines()[:SYMPTOM_LINES])
        symptom = BY_NUMBER.format(title=failed[0].title, message=lines)
        return RepairTask(misconception=misconception, text=text, symptom=symptom, by_curve=False)

    @property
    def curve_script(self) -> Path:
        """Return the script that prints a curve, if the exercise has one."""
        return self.exercise.folder / "repair" / CURVE

    def _curve(self, text: str) -> str:
        """Return the output of the script beside a file; it is our own code, and runs unconfined."""
        if text not in self._curves:
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder)
                (place / self.exercise.solution.name).write_text(text, "utf-8")
                self._copy_data(place)
                shutil.copyfile(self.curve_script, place / CURVE)
                result = subprocess.run(
                    [sys.executable, CURVE],
                    cwd=folder,
                    capture_output=True,
                    text=True,
                    timeout=CURVE_SECONDS,
                    check=False,
                )
            if result.returncode:
                last = result.stderr.strip().splitlines()[-1:]
                self._curves[text] = "\n".join([*result.stdout.splitlines(), *last])
            else:
                self._curves[text] = result.stdout.rstrip()
        return self._curves[text]

    def _copy_data(self, folder: Path) -> None:
        for source in self.exercise.data:
            copy = folder / source.parent.name / source.name
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, copy)

    def write(self, task: RepairTask, folder: Path, mark: str) -> None:
        """Write one student's files into a folder."""
        name = self.exercise.name
        make_private_folder(folder)
        for old in (PUBLIC_CHECKS, f"{name}{SUFFIX}", CURVE):
            (folder / old).unlink(missing_ok=True)
        page, file = folder / "README.md", folder / f"{name}.py"
        handout = HOW_TO_WORK.sub("", read_handout(self.exercise, load(self.exercise).checks()))
        words = TEMPLATE.read_text("utf-8").replace("EXERCISE", name).replace("SYMPTOM", task.symptom.rstrip())
        page.write_text(f"{words}\n{handout}", "utf-8")
        file.write_text(mark + task.text, "utf-8")
        self._copy_data(folder)
        if task.by_curve:
            shutil.copyfile(self.curve_script, folder / CURVE)
        else:
            shutil.copyfile(self.exercise.folder / PUBLIC_CHECKS, folder / PUBLIC_CHECKS)
            write_key(self.key, folder / f"{name}{SUFFIX}")


def release_repairs(tasks: RepairTasks, course_key: CourseKey, students: Sequence[str], output: Path) -> list[Path]:
    """Write a repair task for each student, and return the folders.

    Raises `UsageError` if a name can't be a folder's, or if no misconception makes a task.
    """
    name = tasks.exercise.name
    if not tasks.texts:
        raise UsageError(
            f"exercise {name}: no misconception can be made a repair task; autograder verify {name} says why"
        )
    bad = [student for student in students if student in ("", ".", "..") or {"/", "\\", "\0"} & set(student)]
    if bad:
        raise UsageError(f"{bad[0]!r} can't be the name of a student's folder; expected one name in each line")
    if twice := [student for number, student in enumerate(students) if student in students[:number]]:
        raise UsageError(f"{twice[0]!r} is there twice; expected each student once")
    secret = course_key.repairs_of(name)
    made: dict[str, RepairTask] = {}
    folders = []
    for student in students:
        misconception = chosen(secret, student, sorted(tasks.texts))
        if misconception not in made:
            made[misconception] = tasks.task(misconception)
        folder = output / student / name
        tasks.write(made[misconception], folder, mark_line(secret, student, misconception))
        folders.append(folder)
    return folders


def read_names(file: Path) -> list[str]:
    """Return the students' names in a file, one in each line; empty lines don't count."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} can't be read: {error}; expected a text file with one name in each line") from error
    return [line.strip() for line in lines if line.strip()]


# ---- working files


def working_file(solution: str, function: str = "", body: Body = ()) -> str:
    """Return the text of a solution as a working file; one function may have another body."""
    lines = solution.splitlines(keepends=True)
    for node in reversed(_functions(solution)):
        stays = node.body[0].end_lineno if ast.get_docstring(node) is not None else node.body[0].lineno - 1
        found = body if node.name == function else _without_docstring(node)
        lines[stays : node.end_lineno] = [textwrap.indent(_laid_out(found), "    ")]
    return BLANK.sub("\n\n\n", MARKED.sub("", "".join(lines)))


def wrong_body(solution: ModuleType, text: str, misconception: Misconception, written: Patch | None) -> Body | str:
    """Return the wrong function's body as it can be in a file, or the reason why it can't.

    Parameters
    ----------
    solution, text
        The solution's module, and its text.
    misconception
        What somebody believes.
    written
        How to change the solution's text instead, if the misconception's code can't be shown.
    """
    if misconception.combines:
        return "is several at once, or another form of one"
    right = next(node for node in _functions(text) if node.name == misconception.function)
    patch = written or misconception.patch
    if patch is not None:
        (wrong,) = _functions(patched_text(misconception, patch, solution))
    elif len(misconception.overrides) > 1:
        return "is in several functions"
    else:
        found = _source_of(misconception.overrides[misconception.function], misconception.function)
        if isinstance(found, str):
            return found
        wrong = found
    if _parameters(wrong) != _parameters(right):
        return "has other parameters, or other defaults"
    body = [_Inlined().visit(statement) for statement in _without_docstring(wrong)]
    return _outside(body, wrong, right, _defined(text)) or body


def _source_of(override: Callable[..., Any], name: str) -> ast.FunctionDef | str:
    """Return the source of a misconception's function, or why its text is not enough."""
    if not inspect.isfunction(override) or override.__closure__ or override.__name__ != name:
        return "is made by other code"
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(override)))
    except (OSError, SyntaxError):
        return "has no text of its own"
    node = tree.body[0]
    if not isinstance(node, ast.FunctionDef) or node.name != name:
        return "is made by other code"
    return node


def _outside(body: Body, wrong: ast.FunctionDef, right: ast.FunctionDef, defined: set[str]) -> str:
    """Return why a body can't be in a file that defines some names, or nothing if it can."""
    own = {argument.arg for argument in ast.walk(wrong) if isinstance(argument, ast.arg)}
    nodes = [node for statement in body for node in ast.walk(statement)]
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    used = {node.id for node in nodes if isinstance(node, ast.Name)} - own
    if SOLUTION in used or right.name in used:
        return "calls the right function"
    if missing := sorted(used - defined - vars(builtins).keys()):
        return f"needs {', '.join(missing)}"
    helpers = {name for name in defined if name.startswith("_")}
    if used & helpers != _names(right) & helpers:
        return "does without the helper functions that the solution has"
    silencing = {node.attr for node in nodes if isinstance(node, ast.Attribute)} & set(SILENCING)
    if silencing and not any(isinstance(node, ast.Attribute) and node.attr in SILENCING for node in ast.walk(right)):
        return "silences NumPy"
    return ""


def _functions(text: str) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]


def _without_docstring(node: ast.FunctionDef) -> Body:
    return node.body[1:] if ast.get_docstring(node) is not None else node.body


def _parameters(node: ast.FunctionDef) -> str:
    """Return names, kinds and defaults of parameters, without annotations, as text to compare."""
    bare = ast.parse(ast.unparse(node.args).join(("def f(", "): ...")))
    for each in ast.walk(bare):
        if isinstance(each, ast.arg):
            each.annotation = None
    return ast.unparse(bare)


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _defined(text: str) -> set[str]:
    """Return the names that a solution's file defines."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


class _Inlined(ast.NodeTransformer):
    """Refer to the solution's functions as their own file does."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == SOLUTION:
            return ast.Name(id=node.attr, ctx=node.ctx)
        return self.generic_visit(node)


class _Plain(ast.NodeTransformer):
    """Remove what is only for type checkers: annotations of local names, `float` around results."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None:
            return node
        return ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if isinstance(node.value, ast.Tuple):
            node.value.elts = [_bare(each) for each in node.value.elts]
        elif node.value is not None:
            node.value = _bare(node.value)
        return node


def _bare(value: ast.expr) -> ast.expr:
    is_float = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "float"
    return value.args[0] if is_float and not isinstance(value.args[0], ast.Constant) else value  # type: ignore[attr-defined]


def _without_name(body: Body) -> Body:
    """Return a last result directly, if it has a name only to give it a type."""
    if len(body) < 2 or not isinstance(named := body[-2], ast.Assign | ast.AnnAssign):
        return body
    target = named.target if isinstance(named, ast.AnnAssign) else named.targets[0]
    last = body[-1]
    if not isinstance(last, ast.Return) or not isinstance(last.value, ast.Name) or not isinstance(target, ast.Name):
        return body
    return [*body[:-2], ast.Return(value=named.value)] if last.value.id == target.id else body


def _laid_out(body: Body) -> str:
    module = ast.Module(body=[_Plain().visit(statement) for statement in _without_name(body)], type_ignores=[])
    text = ast.unparse(ast.fix_missing_locations(module))
    try:
        ast.parse(text)
    except SyntaxError as error:
        raise CourseError(f"a function's body can't be formatted: {error}") from error
    return f"{text}\n"
