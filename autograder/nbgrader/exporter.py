"""What reads notebooks for `nbgrader autograde`: a submission is put in order before any other step sees it.

nbgrader makes one for a run, after it has looked for notebooks and before it copies any file: so here is where files
without a notebook get theirs back, and where links are taken out of nbgrader's sight.
"""

from __future__ import annotations

import glob
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import Execute, SaveAutoGrades
from traitlets import Enum, Int, Unicode

from autograder.catalogue import DEFAULT_SEED, Exercise, UsageError, find_exercises
from autograder.classroom.plan import NotGraded
from autograder.grade.handed_in import SUFFIX
from autograder.grade.read import read_file
from autograder.kinds import LEVELS
from autograder.nbgrader.ahead import Ahead
from autograder.nbgrader.layout import irregular, put_back
from autograder.nbgrader.restore import restore
from autograder.notebook.merge import MAX_NOTEBOOK
from autograder.results import Record
from autograder.worker.choose import confinement
from autograder.worker.slot import SlotBroken

STORE = Path(".autograder") / "store.sqlite"  # in the course folder
LAYOUT = "{nbgrader_step}/{student_id}/{assignment_id}"


class IsolatedExporter(NotebookExporter):
    """Writes autograded notebooks; holds the outcomes of the run's submissions."""

    course = Unicode(help="The folder that holds solutions/").tag(config=True)
    seed = Int(DEFAULT_SEED, help="Course seed of the hidden checks").tag(config=True)
    isolation = Enum(LEVELS, "good", help="The least level at which student code may run").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._ahead: dict[str, Ahead] = {}
        self._refuse_what_is_not_known()
        for submission in self._found():
            self._prepare(submission)

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """Read a notebook: one that was handed in is bounded, followed nowhere, and put in order."""
        if not Path(filename).is_relative_to(self._submitted):
            return super().from_filename(filename, resources=resources, **kw)
        student, assignment, name = Path(filename).relative_to(self._submitted).parts
        released = nbformat.read(self._released / assignment / name, as_version=4)
        found = read_file(self._submitted, (student, assignment, name), student=student, limit=MAX_NOTEBOOK)
        if found.error is not None:
            self.log.error(
                "autograder: %s of %s: the released notebook stands in its place", found.error.message, student
            )
        resources["metadata"] = {"name": Path(name).stem, "path": str(Path(filename).parent)}
        return self.from_notebook_node(restore(released, found.source), resources=resources, **kw)

    def outcome(self, names: Any) -> Record | NotGraded | None:
        """Return the outcome of a submission's notebook, or none where the notebook is no exercise of the course."""
        assignment, student = names["assignment"], names["student"]
        exercise = self._exercises.get(assignment)
        if exercise is None or names["notebook"] != assignment:
            return None
        if assignment not in self._ahead:
            folders = tuple(place.parent.name for place in self._found() if place.name == assignment)
            self._ahead[assignment] = Ahead(
                exercise=exercise,
                seed=self.seed,
                submissions=self._submitted,
                folders=folders,
                at_least=self._confinement.at_least,
                store=Path(str(self.parent.coursedir.root)) / STORE,
            )
        found = self._ahead[assignment].outcome(student)
        if isinstance(found, NotGraded):
            self.log.error(
                "autograder: %s of %s is not graded and waits for a person: %s", assignment, student, found.reason
            )
        return found

    @cached_property
    def _exercises(self) -> dict[str, Exercise]:
        return {exercise.name: exercise for exercise in find_exercises(Path(self.course), [])}

    @property
    def _submitted(self) -> Path:
        return Path(str(self.parent.coursedir.root), str(self.parent.coursedir.submitted_directory))

    @property
    def _released(self) -> Path:
        return Path(str(self.parent.coursedir.root), str(self.parent.coursedir.release_directory))

    def _found(self) -> list[Path]:
        """Return the folders of the run's submissions, those without a notebook too."""
        coursedir = self.parent.coursedir
        pattern = coursedir.format_path(coursedir.submitted_directory, coursedir.student_id, coursedir.assignment_id)
        return [Path(place) for place in sorted(glob.glob(pattern))]  # noqa: PTH207  # as nbgrader itself looks

    def _prepare(self, submission: Path) -> None:
        """Give a lone file its notebook, and let nbgrader copy nothing that is not a file of the student's own."""
        hidden = list(irregular(submission))
        for place in hidden:
            self.log.warning("autograder: %s is no regular file: left out", place)
        ignored = [*self.parent.coursedir.ignore, *(glob.escape(str(place)) for place in hidden)]
        self.parent.coursedir.ignore = list(dict.fromkeys(ignored))
        if submission / "timestamp.txt" in hidden:  # nbgrader would open it, and might wait for ever
            self.log.error("autograder: %s is not graded: its timestamp.txt is no regular file", submission)
            self.parent.assignments.pop(str(submission), None)
        if not hidden and put_back(self._released / submission.name, submission):
            self.log.info("autograder: put the released notebook back into %s", submission)
            self.parent.assignments[str(submission)] = [str(submission / (submission.name + SUFFIX))]

    def _refuse_what_is_not_known(self) -> None:
        try:
            layout = self.parent.coursedir.directory_structure
            if layout != LAYOUT:
                raise UsageError(f"CourseDirectory.directory_structure is {layout}; expected {LAYOUT}")
            if {Execute, SaveAutoGrades}.intersection(self.parent.autograde_preprocessors):
                raise UsageError("Autograde.autograde_preprocessors was set after configure(c); set it before")
            if not self._exercises:
                raise UsageError(f"no exercise in {self.course}")
            self._confinement = confinement(self.isolation)  # refuses to run student code that nothing holds
        except (UsageError, SlotBroken) as error:
            self.log.error("autograder: %s. Nothing was graded.", error)
            raise NbGraderException(str(error)) from error
