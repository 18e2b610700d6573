"""The two exporters that replace nbgrader's: one reads notebooks and has them graded, the other writes feedback pages.

`SandboxExporter` reads notebooks for `nbgrader autograde`, and grades the run's submissions when the first of them is
asked for. From nbgrader's folders (`release/<exercise>/` and `submitted/<student>/<exercise>/`), it makes restored
notebooks, and the outcome of each notebook's submission. nbgrader makes one exporter per run, after it has looked for
notebooks and before it copies any file. So submissions are prepared here: `.py` files without a notebook get it back,
and links are hidden from nbgrader.

`FeedbackExporter` writes pages for `nbgrader generate_feedback`, without copying students' files. nbgrader copies every
file of a submission into `feedback/`, including pages with scripts, which students and instructors then open. It makes
one exporter per run, before it copies anything, so the exporter replaces that step.
"""

from __future__ import annotations

import contextlib
import glob
import html
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import Execute, SaveAutoGrades
from traitlets import Dict, Enum, Int, Unicode

from autograder.classroom import AssignedExercise, Classroom, NotGraded, Student, make_plan, open_run, student_name
from autograder.course import ExerciseFolder, UsageError, find_exercises, private_files
from autograder.course_key import find_course_key
from autograder.grading import Unreadable, read_file
from autograder.merge import GRADE, MAX_NOTEBOOK, NOTEBOOK_SUFFIX, RawCell, read_raw_cells
from autograder.printable import printable
from autograder.private import make_private_folder
from autograder.processes import cores
from autograder.recording import key_files
from autograder.release import find_released_notebook, put_notebook_back
from autograder.report import persist, read_record
from autograder.results import LEVELS, Record
from autograder.sandbox import SandboxError, confinement
from autograder.store import open_store, read_cover

STORE = Path(".autograder") / "store.sqlite"  # in the course folder
USES = ("grade", "solution", "locked", "task")  # of a marked cell, to nbgrader
LAYOUT = "{nbgrader_step}/{student_id}/{assignment_id}"
Outcome = Record | NotGraded
# How nbgrader's list of scores names each graded cell; only the address tells which function it is about.
ENTRY = re.compile(rf'(<a href="#{re.escape(GRADE)}([^"]+)">)Test cell</a>')
TIMESTAMP = "timestamp.txt"  # nbgrader compares it to tell whether feedback is older than its submission
MAX_CELLS = 1000
MAX_TEXT = 2**18  # characters: a page takes a tenth of a millisecond for each
# Beyond these, a text cell is shown as it was typed: nbconvert's time grows with the square of some texts.
MAX_MARKDOWN, MAX_BRACKETS = 10_000, 500
WIDTH = 200  # of its lines then
TAG = re.compile(r"<(?=[A-Za-z/!?])")
# A link or picture, whatever its address is and however it is written; `name` is that of an attachment.
LINK = re.compile(r"\]\(attachment:(?P<name>(?:[^()\s<>\\]|\([^()\s<>\\]*\))+)(?:[ \t]+\"[^\"\n]*\")?\)|\](?=[:(])")
PICTURES = ("image/png", "image/jpeg", "image/gif")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


class SandboxExporter(NotebookExporter):
    """Writes autograded notebooks, and holds the outcomes of the run's submissions."""

    course = Unicode(help="The folder that holds solutions/").tag(config=True)
    seed = Int(None, allow_none=True, help="Draws checks' numbers for a trial, without a course key").tag(config=True)
    key_file = Unicode(help="The course key, where it is not in its usual place").tag(config=True)
    due = Dict(help="When exercises are due, for those to which the gradebook has no date").tag(config=True)
    isolation = Enum(LEVELS, "good", help="The lowest level at which student code may run").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._outcomes: dict[tuple[str, str], Outcome] = {}  # by assignment and student
        self._refuse_unexpected()
        self._set_due_dates()
        for submission in self._submissions():
            try:
                self._prepare(submission)
            except OSError as error:  # of this submission, which may be changing at this moment
                self.log.error("autograder: %s is not graded: %s", printable(str(submission)), error.strerror)
                self.parent.assignments.pop(str(submission), None)

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """Read a notebook; a submitted one must not be too large, is read without following links, and is restored."""
        if not Path(filename).is_relative_to(self._submitted):
            return super().from_filename(filename, resources=resources, **kw)
        student, assignment, name = Path(filename).relative_to(self._submitted).parts
        released = nbformat.read(self._released / assignment / name, as_version=4)
        try:
            submitted = read_file(self._submitted, (student, assignment, name), limit=MAX_NOTEBOOK)
        except Unreadable as unreadable:
            self.log.error(
                "autograder: %s of %s: the released notebook replaces it", unreadable.error.message, printable(student)
            )
            submitted = b""
        resources["metadata"] = {"name": Path(name).stem, "path": str(Path(filename).parent)}
        restored = restore_notebook(released, submitted)
        # nbgrader's database does not know cells that it neither grades nor keeps, and it warns.
        for cell in restored.cells:
            if not any(cell.metadata.get("nbgrader", {}).get(use) for use in USES):
                cell.metadata.pop("nbgrader", None)
        return self.from_notebook_node(restored, resources=resources, **kw)

    def outcome(self, names: Any) -> Outcome | None:
        """Return the outcome of a submission's notebook, or None if the notebook is not an exercise of the course.

        The first request grades all pending submissions of its exercise, with one process per core.
        """
        assignment, student = names["assignment"], names["student"]
        exercise = self._exercises.get(assignment)
        if exercise is None or names["notebook"] != assignment:
            return None
        if (assignment, student) not in self._outcomes:
            others = [place.parent.name for place in self._submissions() if place.name == assignment]
            try:
                outcomes = self._grade(exercise, list(dict.fromkeys((student, *others))))
            except Exception as error:  # noqa: BLE001  # our failure is no student's zero: the submission waits for a person
                reason = f"{type(error).__name__}: {error}"
                outcomes = {student: NotGraded(student=student_name(student), exercise=assignment, reason=reason)}
            self._outcomes |= {(assignment, folder): outcome for folder, outcome in outcomes.items()}
        found = self._outcomes[assignment, student]
        if isinstance(found, NotGraded):
            self.log.error(
                "autograder: %s of %s is not graded and waits for a person: %s",
                assignment,
                printable(student),
                printable(found.reason),
            )
        return found

    def _grade(self, exercise: ExerciseFolder, folders: Sequence[str]) -> dict[str, Outcome]:
        """Return the outcomes of students' submissions to an exercise, from the store or by grading them."""
        (key_file,) = key_files([exercise], find_course_key(exercise.root, self.seed, self._key_file))
        cover = read_cover(key_file)
        notebook = find_released_notebook(exercise, self._submitted)
        classroom = Classroom(
            submissions=self._submitted,
            students=tuple(Student(folder=folder, name=student_name(folder)) for folder in folders),
            exercises=(AssignedExercise(cover=cover, notebook=notebook, limits=cover.limits),),
            at_least=self.isolation,
            private=self._private,
        )
        file = Path(str(self.parent.coursedir.root)) / STORE
        make_private_folder(file.parent)
        outcomes: dict[str, Outcome] = {}
        with open_store(file) as store:
            plan = make_plan(classroom, store)
            numbers = dict(plan.cached)
            with open_run(classroom, plan, jobs=cores()) as run:
                done = len(plan.cached)
                for results in run.results:
                    numbers |= persist(results, store)
                    done += len(results)
                    self.log.info("autograder: %s: %d of %d submissions graded", exercise.name, done, classroom.size)
                    for result in results:
                        if isinstance(result.outcome, NotGraded):
                            outcomes[folders[result.task.index]] = result.outcome
            for index, number in numbers.items():
                outcomes[folders[index]] = read_record(store.read(number).record)
        return outcomes

    @cached_property
    def _exercises(self) -> dict[str, ExerciseFolder]:
        return {exercise.name: exercise for exercise in find_exercises(Path(self.course), [])}

    @property
    def _private(self) -> tuple[Path, ...]:
        """Return what student code must not read: the course, and nbgrader's folder with submissions and store."""
        root = Path(str(self.parent.coursedir.root))
        key_file = filter(None, [self._key_file])
        return (*private_files(list(self._exercises.values())), root, self._submitted, root / STORE, *key_file)

    @property
    def _key_file(self) -> Path | None:
        return Path(self.key_file) if self.key_file else None

    @property
    def _submitted(self) -> Path:
        return Path(str(self.parent.coursedir.root), str(self.parent.coursedir.submitted_directory))

    @property
    def _released(self) -> Path:
        return Path(str(self.parent.coursedir.root), str(self.parent.coursedir.release_directory))

    def _submissions(self) -> list[Path]:
        """Return the folders of the run's submissions, those without a notebook too."""
        coursedir = self.parent.coursedir
        pattern = coursedir.format_path(coursedir.submitted_directory, coursedir.student_id, coursedir.assignment_id)
        return [Path(folder) for folder in sorted(glob.glob(pattern))]  # noqa: PTH207  # as nbgrader itself looks

    def _prepare(self, submission: Path) -> None:
        """Put the notebook back beside a lone file, and let nbgrader copy only regular files."""
        hidden = list(irregular_files(submission))
        for file in hidden:
            self.log.warning("autograder: %s is not a regular file: ignored", printable(str(file)))
        ignored = [*self.parent.coursedir.ignore, *(glob.escape(str(file)) for file in hidden)]
        self.parent.coursedir.ignore = list(dict.fromkeys(ignored))
        if submission / "timestamp.txt" in hidden:  # nbgrader would open it, and might wait forever
            self.log.error(
                "autograder: %s is not graded: its timestamp.txt is not a regular file", printable(str(submission))
            )
            self.parent.assignments.pop(str(submission), None)
        if not hidden and put_notebook_back(self._released / submission.name, submission):
            self.log.info("autograder: put the released notebook back into %s", printable(str(submission)))
            self.parent.assignments[str(submission)] = [str(submission / (submission.name + NOTEBOOK_SUFFIX))]

    def _set_due_dates(self) -> None:
        """Put due dates into the gradebook if it has none; a date that a person has set there stays."""
        wanted = {
            name: when for name, when in self.due.items() if any(each.name == name for each in self._submissions())
        }
        if not wanted:
            return
        with Gradebook(self.parent.coursedir.db_url, self.parent.coursedir.course_id) as gradebook:
            for name, when in wanted.items():
                with contextlib.suppress(MissingEntry):  # nbgrader says so itself
                    if gradebook.find_assignment(name).duedate is None:
                        gradebook.update_or_create_assignment(name, duedate=when)
                        self.log.info("autograder: %s is due at %s, as course.toml has it", name, when)

    def _refuse_unexpected(self) -> None:
        """End the command if the configuration, the course or the machine's isolation is not as needed."""
        try:
            layout = self.parent.coursedir.directory_structure
            if layout != LAYOUT:
                raise UsageError(f"CourseDirectory.directory_structure is {layout}; expected {LAYOUT}")
            if {Execute, SaveAutoGrades}.intersection(self.parent.autograde_preprocessors):
                raise UsageError("Autograde.autograde_preprocessors was set after configure(c); set it before")
            if not self._exercises:
                raise UsageError(f"no exercise in {self.course}")
            confinement(self.isolation, self._private)  # refuses to run student code that nothing confines
        except (UsageError, SandboxError) as error:
            self.log.error("autograder: %s. Nothing was graded.", error)
            raise NbGraderException(str(error)) from error


def irregular_files(folder: Path) -> Iterator[Path]:
    """Yield everything in a submission, or on the path to it, that is not a file or folder: links, pipes, devices."""
    if folder.parent.is_symlink() or folder.is_symlink():
        yield folder
        return
    for path, folders, files in os.walk(folder):
        for name in (*folders, *files):
            found = Path(path) / name
            mode = found.lstat().st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                yield found


# ---- feedback pages


class FeedbackExporter(HTMLExporter):
    """Writes feedback pages; belongs to nbgrader's `GenerateFeedback`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parent.init_assignment = self._copy_timestamp

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Return a page in which the list of scores names the functions."""
        page, resources = super().from_notebook_node(nb, resources=resources, **kw)
        return ENTRY.sub(lambda entry: f"{entry[1]}{html.escape(html.unescape(entry[2]))}</a>", page), resources

    def _copy_timestamp(self, assignment_id: str, student_id: str) -> None:
        """Copy only nbgrader's own file; this replaces nbgrader's step that copies every file."""
        coursedir = self.parent.coursedir
        source, target = (
            Path(coursedir.format_path(folder, student_id, assignment_id))
            for folder in (coursedir.autograded_directory, coursedir.feedback_directory)
        )
        try:
            content = read_file(source, (TIMESTAMP,))
        except Unreadable:
            return
        target.mkdir(parents=True, exist_ok=True)
        (target / TIMESTAMP).write_bytes(content)


# ---- a submitted notebook, with released cells as they were released, and the student's own as they are
#
# Outputs, the student's metadata and marks, and all HTML in their text are removed, since people open this notebook in
# their browsers.


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmittedCell:
    """A cell of the student's notebook."""

    name: str  # nbgrader's mark, which may be anything, or empty
    is_code: bool
    text: str
    pictures: Mapping[str, dict[str, str]]  # by name and kind of file


def restore_notebook(released: NotebookNode, submitted: bytes) -> NotebookNode:
    """Restore a student's notebook."""
    marked = {_mark(cell): cell for cell in released.cells if _mark(cell)}
    plain = {cell.source: cell for cell in released.cells if not _mark(cell)}
    theirs = _read(submitted)
    cells: list[NotebookNode] = [] if theirs else list(released.cells)
    seen: set[str] = set() if theirs else set(marked)
    for each in theirs:
        if each.name in marked and each.name not in seen:
            seen.add(each.name)
            cells.append(_filled(marked[each.name], each))
        elif each.text in plain:
            cells.append(plain[each.text])
        else:
            cells.append(new_code_cell(each.text) if each.is_code else _markdown(each, {}))
    complete = _with_missing(cells, marked, seen)
    return new_notebook(metadata=released.metadata, cells=list(_renumbered(complete)))


def _read(submitted: bytes) -> list[SubmittedCell]:
    """Return the cells of a student's notebook; none if it is not a notebook, or far too large."""
    cells: list[SubmittedCell] = []
    room = MAX_TEXT
    try:
        for cell in read_raw_cells(submitted):
            text = cell.text()
            room -= len(text)
            if room < 0 or len(cells) == MAX_CELLS:
                return []
            is_code = cell.kind() == "code"
            pictures = {} if is_code else dict(_pictures(cell))
            cells.append(SubmittedCell(name=cell.grade_id(), is_code=is_code, text=text, pictures=pictures))
    except ValueError:
        return []
    return cells


def _pictures(cell: RawCell) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the pictures that are attached to a cell, and no other attachments."""
    for name, found in cell.attached().items():
        pictures = {
            kind: data
            for kind, data in found.items()
            if kind in PICTURES and isinstance(data, str) and BASE64.fullmatch(data)
        }
        if pictures:
            yield name, pictures


def _mark(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _filled(released: NotebookNode, submitted: SubmittedCell) -> NotebookNode:
    """Return a released cell with the student's text, if it was theirs to write."""
    if utils.is_locked(released) or submitted.text == released.source:
        return released
    if released.cell_type == "code":
        return new_code_cell(submitted.text, metadata=released.metadata)
    return _markdown(submitted, released.metadata)


def _markdown(submitted: SubmittedCell, metadata: Any) -> NotebookNode:
    """Return a text cell with tags and links disarmed; attached pictures stay, under new names.

    A link to an attachment that is missing, or not a picture, would end `nbgrader generate_feedback` for the student.
    """
    names = {name: f"picture-{number}" for number, name in enumerate(submitted.pictures, 1)}

    def disarmed(link: re.Match[str]) -> str:
        written = link["name"]
        name = written and (names.get(written) or names.get(unquote(written)))
        return f"](attachment:{name})" if name else f"] {link[0][1:]}"

    text = LINK.sub(disarmed, TAG.sub("< ", submitted.text))
    if len(text) > MAX_MARKDOWN or text.count("[") > MAX_BRACKETS:
        pieces = (line[at : at + WIDTH] for line in text.splitlines() for at in range(0, len(line) or 1, WIDTH))
        text = "\n".join(f"    {piece}" for piece in pieces)
    cell = new_markdown_cell(text, metadata=metadata)
    cell.attachments = {names[name]: found for name, found in submitted.pictures.items()}
    return cell


def _with_missing(cells: list[NotebookNode], marked: dict[str, NotebookNode], seen: set[str]) -> list[NotebookNode]:
    """Return the cells together with marked ones that were missing, each after its predecessor in the released
    notebook.
    """
    complete, index = list(cells), 0
    for name, cell in marked.items():
        if name not in seen:
            complete.insert(index, cell)
        index = next(number for number, each in enumerate(complete, 1) if _mark(each) == name)
    return complete


def _renumbered(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield new cells with new ids, and only source, metadata and attachments."""
    for number, cell in enumerate(cells, 1):
        fields = {"source": cell.source, "metadata": cell.metadata, "id": f"cell-{number}"}
        if cell.cell_type == "code":
            yield new_code_cell(**fields)
        else:
            yield new_markdown_cell(**fields, **({"attachments": cell.attachments} if cell.get("attachments") else {}))
