"""Keep results: store them as soon as they come, and write the files of OUT from the store.

On disk afterwards: OUT/results.jsonl (one record per line), OUT/grades.csv (one row per student),
OUT/feedback/<student>/<exercise>.txt, and for instructors only OUT/notes.txt: what submissions printed and raised. They
show all results of the course in the store, whichever were graded last; or, if asked to, only those graded now. Each
file is moved into place when it is complete, so that nobody ever reads half of one. Only their owner can read them.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import statistics
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import msgspec

from autograder.classroom import Classroom, NotGraded, Result
from autograder.printable import printable
from autograder.private import make_private_file, make_private_folder
from autograder.report.grades import Grades, is_step, lateness_line, with_lateness
from autograder.report.text import feedback
from autograder.results import Level, Note, Record
from autograder.roster import Roster
from autograder.store import Attempt, Store, is_reusable
from autograder.term import Lateness

FEEDBACK = "feedback"  # the folder of students' folders
FILES = ("results.jsonl", "notes.txt", "grades.csv")
DRAFTS = ".drafts-"  # and a process id: the folder of files that are not yet complete
HARDEST = 3  # checks that a summary names
MAX_NOTES = 16_000  # characters that are kept of the output and exceptions of one submission
LINE_COST = 40  # characters that are added to a line's length, since empty lines take room, too
read_record = msgspec.json.Decoder(Record).decode
read_notes = msgspec.json.Decoder(tuple[Note, ...]).decode
LONGEST = 12  # lines of a block that repeats
LEAST = 3  # times that a block has to come in a row
DIGITS = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?")


@dataclass(kw_only=True, slots=True)
class ExerciseSummary:
    """An exercise at a glance, from its records.

    Attributes
    ----------
    exercise
        Its name.
    scores
        The scores of the submissions that could be graded.
    judged, missed
        How many times each check was judged, and how many times it was not passed.
    errors
        Student, kind and message of each submission that could not be graded.
    notes
        Student and message of each submission that was read differently than expected.
    levels
        The isolation levels at which student code was confined.
    """

    exercise: str
    scores: list[float] = field(default_factory=list)
    judged: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    levels: set[Level] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """Include one record; a submission that could not be graded does not count for mean and median."""
        self.levels.add(record.isolation)
        if record.note:
            self.notes.append((record.student, record.note))
        if record.error:
            self.errors.append((record.student, record.error.kind, record.error.message))
            return
        self.scores.append(record.score)
        for check in record.checks:
            self.judged[check.id] += 1
            self.missed[check.id] += check.status != "passed"

    @property
    def mean(self) -> float | None:
        """The mean score."""
        return statistics.fmean(self.scores) if self.scores else None

    @property
    def median(self) -> float | None:
        """The median score."""
        return statistics.median(self.scores) if self.scores else None

    def hardest(self) -> list[tuple[str, float]]:
        """Return the checks that the fewest submissions passed, with the share that did."""
        worst = sorted(self.missed.items(), key=lambda item: (-item[1] / self.judged[item[0]], item[0]))
        return [(name, 1 - missed / self.judged[name]) for name, missed in worst[:HARDEST] if missed]


def persist(results: Sequence[Result], store: Store) -> dict[int, int]:
    """Store results in one transaction."""
    attempts = {}
    for result in results:
        if isinstance(result.outcome, NotGraded):
            continue
        record = result.outcome.record
        attempts[result.task.index] = Attempt(
            student=record.student,
            exercise=record.exercise,
            key=result.task.key,
            isolation=record.isolation,
            reusable=is_reusable(record),
            record=msgspec.json.encode(record),
            notes=msgspec.json.encode(bounded_notes(result.outcome.notes)),
            feedback=feedback(record),
        )
    return dict(zip(attempts, store.add(attempts.values()), strict=True))


def bounded_notes(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Return the notes on a submission, equal texts once, up to a length that a person would read.

    Checks with the same texts share a note, and a text of an earlier note is not repeated.
    """
    checks: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for note in notes:
        checks.setdefault((note.printed, tuple(dict.fromkeys(note.raised))), []).append(note.check)
    seen: set[str] = set()
    room, bounded = MAX_NOTES, []
    for (printed, raised), names in checks.items():
        kept = []
        for text in (*raised, printed):
            cut = "" if text in seen or room <= 0 else _cut(text, room)
            room -= _cost(text) if cut else 0
            seen.add(text)
            kept.append(cut)
        bounded.append(Note(check=", ".join(names), printed=kept[-1], raised=tuple(filter(None, kept[:-1]))))
    return tuple(bounded)


def _cut(text: str, room: int) -> str:
    """Return as many lines of a text as there is room for."""
    if _cost(text) <= room:
        return text
    lines = []
    for line in text.splitlines():
        room -= len(line) + LINE_COST
        if room < 0:
            break
        lines.append(line)
    return "\n".join([*lines, "..."])


def _cost(text: str) -> int:
    return len(text) + LINE_COST * len(text.splitlines())


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """Which results of a course are shown, and its dates and roster.

    Attributes
    ----------
    whole
        Whether all results in the store are shown, or only the students and exercises of this run.
    exercises
        The course's exercises, in the order of columns.
    roster
        The students of the course; empty if it has no roster.
    late
        The lateness of the attempt that counts, by student and exercise.
    failed
        Students and exercises that the grader failed to grade in this run: they have no result.
    """

    whole: bool = False
    exercises: Sequence[str] = ()
    roster: Roster = field(default_factory=Roster)
    late: Mapping[tuple[str, str], Lateness] = field(default_factory=dict)
    failed: Collection[tuple[str, str]] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A summary of what was written: each exercise of the run, and everybody's grades."""

    summaries: list[ExerciseSummary]
    grades: Grades


def write_results(output: Path, classroom: Classroom, store: Store, numbers: Mapping[int, int], view: View) -> Written:
    """Write all files of a course from the store; `numbers` are the attempts that count for this run."""
    summaries = {exercise.name: ExerciseSummary(exercise=exercise.name) for exercise in classroom.exercises}
    run = {}
    for index in range(classroom.size):
        exercise, student = classroom.locate(index)
        run[student.name, exercise.name] = numbers.get(index)
    latest = store.latest(classroom.exercises[0].cover.seed) if view.whole else {}
    students = {student.name: student.folder for student in classroom.students}
    students |= {name: name for name, _ in latest if name not in students and is_step(name)}
    names = _columns(classroom, {exercise for _, exercise in latest}, view)
    grades = Grades(exercises=names, students=tuple(students), roster=view.roster, failed=view.failed)
    with _drafts(output) as drafts:
        for name in FILES:
            make_private_file(drafts / name)
        with (drafts / "results.jsonl").open("wb") as lines, (drafts / "notes.txt").open("w", encoding="utf-8") as said:
            for exercise_name, name in product(names, sorted(students, key=students.__getitem__)):
                file = f"{output}/{FEEDBACK}/{students[name]}/{exercise_name}.txt"
                key = name, exercise_name
                attempt, kept = _shown(store, run[key] if key in run else latest.get(key), latest.get(key))
                if attempt is None:
                    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                        os.unlink(file)  # noqa: PTH108  # a path is text here, for speed
                    continue
                late = view.late.get(key)
                record = read_record(attempt.record)
                shown = record if late is None else with_lateness(record, late)
                lines.write((attempt.record if late is None else msgspec.json.encode(shown)) + b"\n")
                said.writelines(_notes(record, read_notes(attempt.notes)))
                _write_feedback(file, (attempt.feedback + lateness_line(shown)).encode(), drafts)
                grades.add(shown, kept=kept)
                if exercise_name in summaries:
                    summaries[exercise_name].add(record)
        grades.write(drafts / "grades.csv")
        for name in FILES:
            (drafts / name).replace(output / name)
    return Written(summaries=list(summaries.values()), grades=grades)


def _columns(classroom: Classroom, stored: Collection[str], view: View) -> list[str]:
    """Return the exercises that are shown: those of this run, and those with results in the store.

    They are in the course's order; exercises that the course no longer has come last.
    """
    graded = [exercise.name for exercise in classroom.exercises]
    if not view.whole:
        return graded
    found = {*graded, *filter(is_step, stored)}
    return [*(name for name in view.exercises if name in found), *sorted(found.difference(view.exercises))]


def _shown(store: Store, number: int | None, latest: int | None) -> tuple[Attempt | None, bool]:
    """Return the attempt that is shown, and whether it is an earlier one because nothing is submitted any more."""
    if number is None:
        return None, False
    attempt = store.read(number)
    if latest in (None, number) or not attempt.key.submission.startswith("missing: "):
        return attempt, False
    earlier = store.read(latest)
    return earlier, not earlier.key.submission.startswith("missing: ")


@contextlib.contextmanager
def _drafts(output: Path) -> Iterator[Path]:
    """Provide a folder for incomplete files; such folders of graders that were killed are removed."""
    for folder in output.glob(f"{DRAFTS}*"):
        process = folder.name.removeprefix(DRAFTS)
        if process.isdecimal() and not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)
    drafts = output / f"{DRAFTS}{os.getpid()}"
    make_private_folder(drafts)
    try:
        yield drafts
    finally:
        shutil.rmtree(drafts, ignore_errors=True)


def _write_feedback(file: str, text: bytes, drafts: Path) -> None:
    """Write a student's feedback, unless the file has it already, as for most of a class that is graded again."""
    with contextlib.suppress(OSError), open(file, "rb") as existing:  # noqa: PTH123  # a path is text here, for speed
        if existing.read(len(text) + 1) == text:
            return
    draft = drafts / "feedback.txt"
    make_private_file(draft)
    draft.write_bytes(text)
    try:
        draft.replace(file)
    except FileNotFoundError:  # the student's folder is missing
        make_private_folder(Path(file).parent)
        draft.replace(file)


def _notes(record: Record, notes: Sequence[Note]) -> Iterator[str]:
    """Yield the lines on what a submission printed and raised, each marked as the student's and safe to print."""
    if not notes:
        return
    yield f"== {printable(record.student)}, {record.exercise}\n"
    for note in notes:
        yield f"{note.check}\n"
        said = [("raised", text) for text in note.raised] + [("printed", note.printed)]
        for what, text in said:
            yield from (f"  {what}: {printable(line)}\n" for line in folded(text.splitlines()))
    yield "\n"


# ---- a block of lines that repeats is shown once, with how often it repeats


def folded(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines; of a block that repeats, yield only the first occurrence, and how often it repeats.

    Lines that differ only in their numbers count as the same.

    Examples
    --------
    >>> list(folded(["start", "step 1", "step 2", "step 3", "end"]))
    ['start', 'step 1', '... 2 more times, with other numbers', 'end']
    """
    shapes = [DIGITS.sub("0", line) for line in lines]
    at = 0
    while at < len(lines):
        size, times = _repeats(shapes, at)
        yield from lines[at : at + size]
        if times > 1:
            same = all(lines[n] == lines[n + size] for n in range(at, at + size * (times - 1)))
            what = "" if size == 1 else f"the last {size} lines, "
            yield f"... {what}{times - 1} more times{'' if same else ', with other numbers'}"
        at += size * times


def _repeats(shapes: Sequence[str], at: int) -> tuple[int, int]:
    """Return the length of the block that begins at a line, and how many times it comes in a row."""
    for size in range(1, min(LONGEST, (len(shapes) - at) // LEAST) + 1):
        times, block = 1, shapes[at : at + size]
        while shapes[at + times * size : at + (times + 1) * size] == block:
            times += 1
        if times >= LEAST:
            return size, times
    return 1, 1
