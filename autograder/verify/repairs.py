"""Prove repair tasks: each file loses points in its wrong function alone, is diagnosed rightly, and earns all when
repaired.

The text of the file is tested as a student would submit it, not the misconception's own code. All other functions have
the same text in every file, so only the checks that call the wrong one are run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autograder.authoring import Exercise
from autograder.course import CourseError, ExerciseFolder
from autograder.course_key import CourseKey, chosen, mark_line
from autograder.diagnosis import diagnose
from autograder.recording.fingerprints import Runner
from autograder.release import RepairTasks
from autograder.results import Record
from autograder.verify.defect import Defect
from autograder.verify.mutants import UNSEEN, Judged, judge_namespace, runs_without

STUDENT = "verify"
Grade = Callable[[str], Record]  # of a file's text


def check_repairs(
    tasks: RepairTasks, exercise: Exercise, runner: Runner, course_key: CourseKey, grade: Grade
) -> Iterator[Defect]:
    """Prove all tasks of an exercise, and one student's task as a whole."""
    name = tasks.exercise.name
    right = judge_namespace(exercise, runner, _namespace(tasks.exercise, tasks.right), draws=UNSEEN)
    lost = [check for check, verdict in right.verdicts.items() if verdict.status != "passed"]
    if lost:
        yield _defect(name, "repaired", f"loses {', '.join(lost)}")
        return
    students = Runner(exercise, tasks.key)
    for misconception, text in tasks.texts.items():
        yield from _wrong_in_one_function(tasks.exercise, exercise, runner, right, misconception, text)
        if not _is_seen(tasks.exercise, students, misconception, text):
            yield _defect(name, misconception, "passes the public checks of its function, so that nothing tells it")
    if not tasks.texts:
        return
    secret = course_key.repairs_of(name)
    misconception = chosen(secret, STUDENT, sorted(tasks.texts))
    mark = mark_line(secret, STUDENT, misconception)
    try:
        tasks.task(misconception)
    except CourseError as error:
        yield _defect(name, misconception, str(error))
    handed_out, repaired = grade(mark + tasks.texts[misconception]), grade(mark + tasks.right)
    if handed_out.score == handed_out.max_score or handed_out.repair != misconception:
        yield _defect(name, misconception, f"as handed out earns {handed_out.score:g}, known as {handed_out.repair!r}")
    if repaired.score != repaired.max_score or not any("was wrong" in line for line in repaired.advice):
        yield _defect(name, misconception, f"repaired earns {repaired.score:g}, and says {'; '.join(repaired.advice)}")


def _wrong_in_one_function(
    folder: ExerciseFolder, exercise: Exercise, runner: Runner, right: Judged, misconception: str, text: str
) -> Iterator[Defect]:
    """Run the checks of the wrong function and those that need it; report points lost elsewhere, and a wrong
    diagnosis.
    """
    function = misconception.partition(".")[0]
    namespace = _namespace(folder, text)
    known = runs_without({function}, runner.key, text, right.runs)
    judged = judge_namespace(exercise, runner, namespace, draws=UNSEEN, known=known)
    runs, verdicts = judged.runs, judged.verdicts
    own = {check: verdict for check, verdict in verdicts.items() if check.partition(".")[0] == function}
    elsewhere = [
        check for check, verdict in verdicts.items() if check not in own and verdict.status not in ("passed", "skipped")
    ]
    if all(verdict.status == "passed" for verdict in own.values()) or elsewhere:
        yield _defect(folder.name, misconception, f"loses {', '.join(elsewhere) or 'nothing'}")
    seen = {check: run for check, run in runs.items() if verdicts[check].fix_first in ("", function)}
    found = diagnose(runner.key, function, seen)
    listed = next(each for each in runner.key.misconceptions if each.id == misconception)
    if found is None or set(found.ids) != {listed.like or misconception}:
        yield _defect(folder.name, misconception, f"is taken for {', '.join(found.ids) if found else 'nothing known'}")


def _is_seen(folder: ExerciseFolder, students: Runner, misconception: str, text: str) -> bool:
    """Say whether a public check of the wrong function fails, with the inputs that students have."""
    namespace = _namespace(folder, text)
    own = [check for check in students.key.checks if check.function == misconception.partition(".")[0]]
    return any(students.run(check, namespace).failure is not None for check in own)


def _namespace(folder: ExerciseFolder, text: str) -> dict[str, object]:
    """Run a file's text as a module of its own."""
    namespace: dict[str, object] = {"__name__": folder.name, "__file__": str(folder.solution)}
    exec(compile(text, str(folder.solution), "exec", dont_inherit=True), namespace)
    return namespace


def _defect(exercise: str, misconception: str, fact: str) -> Defect:
    return Defect(
        exercise=exercise,
        place=f"repair task {misconception}",
        fact=fact,
        fix="write it as a change of the solution (wrong.written), or leave it out (wrong.never_written)",
    )
