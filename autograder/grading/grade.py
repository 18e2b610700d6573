"""Grade one submission: what was submitted and an answer key go in, a complete record comes out."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from autograder.authoring import Check, Exercise, load_exercise
from autograder.authoring.inputs import Drawn, Simpler
from autograder.checking import (
    STOPPED,
    NotWritten,
    Run,
    Setting,
    Stopped,
    Student,
    Undefined,
    Verdict,
    Watchdog,
    expected_of,
    explain,
    judge,
    plain,
    run_check,
)
from autograder.course import CourseError
from autograder.course_key import marked
from autograder.grading.listener import NOBODY, JudgedFunction, Listener
from autograder.grading.students import OwnStudent, Problem, SandboxedStudent, SubmittedStudent
from autograder.grading.submission import Submission
from autograder.key import AnswerKey, KeyCheck, hash_source
from autograder.limits import Limits
from autograder.results import CheckRecord, Error, Level, Note, Record
from autograder.version import VERSION
from autograder.wire import MAX_PRINTED, Fault, Refused

if TYPE_CHECKING:  # sandboxes exist on Linux only, and the others are needed only if something fails
    from autograder.debugging import Example
    from autograder.diagnosis import Diagnosis
    from autograder.sandbox import Sandbox

SIMPLER_SECONDS = 1.0  # the time for finding a simpler call that fails, too
DIAGNOSED = ("failed", "error")
AGAIN = "it could be imported at first, but not again after a check had ended its process"
OTHER_NUMBERS = "With the inputs that you have at home, it passes. Grading draws other inputs."


@dataclass(frozen=True, kw_only=True, slots=True)
class Graded:
    """A submission's record, and a note on each check in which the student's code printed or raised something.

    `examples` are the failing calls of failed checks, if they were asked for: only for a student's own file.
    """

    record: Record
    notes: tuple[Note, ...]
    examples: Mapping[str, Example] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judged:
    """A check of a submission, its run and its verdict, and the run of its follow-through, if there was one."""

    check: KeyCheck
    run: Run
    verdict: Verdict
    followed: Run | None
    shown: Run | None = None  # of a public check with the inputs that students have


def open_grader(
    key: AnswerKey,
    sources: Mapping[str, bytes] | None = None,
    origin: Path | None = None,
    *,
    revealed: bool = False,
) -> Grader:
    """Return a grader for an answer key.

    Parameters
    ----------
    key
        The answers, with the sources of the checks in it.
    sources
        The checks' files by name, if the key does not hold them: a student's `public_checks.py`.
    origin
        The folder that these files are from.
    revealed
        Whether messages of hidden checks show values, as those of public ones do: for use after the deadline.

    Raises
    ------
    CourseError
        If the checks are not those that the key was recorded from.
    """
    found = key.sources if sources is None else sources
    wrong = [name for name, digest in key.hashes.items() if name not in found or hash_source(found[name]) != digest]
    if wrong:
        raise CourseError(
            f"exercise {key.exercise}: {', '.join(wrong)} is not the file that the answer key was recorded from; get "
            "the exercise's folder again, or record the key again"
        )
    return Grader(
        key, load_exercise(key.exercise, {name: found[name] for name in key.hashes}, origin), revealed=revealed
    )


class Grader:
    """Grades submissions to one exercise, with its checks, their answers, and inputs that are drawn once for all.

    Records hold the checks of `functions`, or all. Checks of functions that these need are run as well, to decide which
    function is to blame.
    """

    def __init__(
        self, key: AnswerKey, exercise: Exercise, functions: Sequence[str] = (), *, revealed: bool = False
    ) -> None:
        self.key = key
        self._revealed = revealed
        self._exercise = exercise
        chosen = functions or key.parameters
        self._functions = tuple(dict.fromkeys(each.function for each in key.checks if each.function in chosen))
        self._checks: dict[str, Check] = {check.id: check for check in exercise.checks()}
        self._answers = {check.id: check for check in key.checks}
        self._handed_out = {check.id: check for check in key.handed_out if check.id in self._answers}
        both = (*key.checks, *key.handed_out)  # keyed by the secret of their draws
        self._drawn: dict[bytes, Drawn] = {check.draws_from: {} for check in both}
        self._expected = {check.draws_from: expected_of(check.recorded) for check in both}
        self._followed = {check.draws_from: expected_of(check.follow_through) for check in both}
        self._watchdog = Watchdog()
        missing = self._answers.keys() - self._checks.keys()
        if missing:
            raise CourseError(f"exercise {key.exercise}: the checks lack {', '.join(sorted(missing))}")
        # By function, its own checks and those that they need: everything that its verdicts depend on.
        self._rests_on: dict[str, set[str]] = {function: set() for function in self._functions}
        for check in self._checks.values():
            if check.id in self._answers and check.function.name in self._rests_on:
                needed = {other.id for other in exercise.needed(check)} & self._answers.keys()
                self._rests_on[check.function.name] |= {check.id, *needed}

    @property
    def exercise(self) -> str:
        """Return the exercise's name."""
        return self.key.exercise

    @property
    def limits(self) -> Limits:
        """Return what one submission may use."""
        return self.key.limits

    @property
    def data(self) -> Mapping[str, bytes]:
        """Return the data files that were released with the exercise, which a submission may read, by name."""
        return {name: content for name, content in self._exercise.files.items() if name.startswith("data/")}

    def only(self, functions: Sequence[str]) -> Grader:
        """Return a grader whose records hold the checks of some functions alone."""
        chosen = [check for check in self._exercise.checks() if check.function.name in functions]
        run = {each.id for check in chosen for each in (check, *self._exercise.needed(check))}
        checks = tuple(check for check in self.key.checks if check.id in run)
        return Grader(
            msgspec.structs.replace(self.key, checks=checks), self._exercise, functions, revealed=self._revealed
        )

    def grade(
        self,
        submission: Submission,
        sandbox: Sandbox | None,
        isolation: Level = "none",
        *,
        listener: Listener = NOBODY,
        first: Collection[str] = (),
        examples: bool = False,
    ) -> Graded:
        """Grade one submission.

        Parameters
        ----------
        submission
            What was submitted.
        sandbox
            Where its code runs; None runs it in this process, unconfined, which is only for its author.
        isolation
            The level that the sandbox has proven.
        listener
            Is told about progress.
        first
            Functions whose checks run before all others, with those that need them.
        examples
            Whether to find the simplest failing call of each failed check: for the student alone.
        """
        if submission.error is not None:
            return self._ungraded(submission, submission.error, isolation)
        student: SubmittedStudent
        if sandbox is None:
            student = OwnStudent(self.exercise, submission.cells, self.data)
        else:
            student = SandboxedStudent(sandbox, self.exercise, submission.cells, listener.waiting)
        with student:
            problem = student.open()
            judged = problem or self._judge(student, listener, first, examples=examples)
            problem = student.close()
        if isinstance(judged, Refused):
            error = Error(
                kind=judged.kind, message=plain(judged.message), line=judged.line, source=plain(judged.source)
            )
            return self._ungraded(submission, error, isolation)
        if problem is not None or isinstance(judged, Fault):
            fault = problem if isinstance(problem, Fault) else judged
            return self._ungraded(submission, _stopped(fault), isolation)  # type: ignore[arg-type]  # one of the two
        told = [function for _, function in judged]
        record = self._record(
            submission,
            isolation,
            checks=tuple(check for function in told for check in function.records),
            error=None,
            advice=(*self._advice([each for checks, _ in judged for each in checks]), *(student.advice or ())),
        )
        return Graded(
            record=record,
            notes=tuple(note for function in told for note in function.notes),
            examples={name: example for function in told for name, example in function.examples.items()},
        )

    def explain_run(self, student: Student, check: str, simpler: int | None) -> str:
        """Run one check on a student, with simpler inputs or its own, and return in words what is wrong, or nothing."""
        answers = self._answers[check]
        setting = self._setting(answers, 0) if simpler is None else self._simpler_setting(answers, 0, simpler)
        run = run_check(self._checks[check], student, setting)
        if run.failure is None:
            return ""
        failed = Verdict(status="failed", failure=run.failure, function=run.function)
        return explain(failed, answers.function, "public", self._signature(answers.function))

    # ---- running and judging

    def _judge(
        self, student: SubmittedStudent, listener: Listener, first: Collection[str], *, examples: bool
    ) -> list[tuple[list[_Judged], JudgedFunction]] | Problem:
        """Run all checks and judge them, function by function, or say why the submission can't be graded as a whole."""
        # First the public checks with the inputs that students have. These results may be shown in full, since no
        # process of this submission has seen an input of the course yet.
        shown: dict[str, Run] = {}
        runs: dict[str, Run] = {}
        followed: dict[str, Run] = {}
        verdicts: dict[str, Verdict] = {}
        checks: dict[str, list[_Judged]] = {}  # by function
        told: dict[str, JudgedFunction] = {}
        faults: list[Problem | None] = []
        numbers = count()

        def follow(check: Check) -> Run:
            answers = self._answers[check.id]
            problem = student.start_check()
            run = self._run(student, answers, next(numbers), follow_through=True)
            followed[check.id] = run if problem is None else replace(run, undecided=True)
            faults.extend((problem, run.fault))
            return followed[check.id]

        handed_out = [(check, shown) for check in self._handed_out.values()]
        for check, kept in (*handed_out, *((check, runs) for check in self._in_order(first))):
            listener.running(check.function)
            if kept is runs and (earlier := shown.get(check.id)) is not None and earlier.fault is not None:
                runs[check.id] = earlier  # it stops a process with any inputs
            else:
                problem = student.start_check()
                if problem is not None:
                    return _again(problem) if runs else problem
                run = kept[check.id] = self._run(student, check, next(numbers))
                if run.fault is not None:
                    if run.fault.kind == "protocol":
                        return run.fault
                    if run.function == check.function:
                        student.stopped.setdefault(check.function, run.fault)
            for function in self._complete(runs, told):
                decided = {name: runs[name] for name in self._rests_on[function]}
                verdicts |= judge(self._exercise, decided, follow, verdicts)
                checks[function] = self._judged(function, runs, verdicts, followed, shown)
                told[function] = JudgedFunction(
                    records=tuple(self._with_diagnosis(function, checks[function])),
                    notes=tuple(note for each in checks[function] if (note := _note(each, self.limits))),
                    examples=dict(self._examples(student, checks[function], numbers)) if examples else {},
                )
                listener.judged(told[function])
        protocol = next((each for each in faults if isinstance(each, Fault) and each.kind == "protocol"), None)
        return protocol or [(checks[function], told[function]) for function in self._functions if function in told]

    def _examples(
        self, student: SubmittedStudent, judged: Sequence[_Judged], numbers: Iterator[int]
    ) -> Iterator[tuple[str, Example]]:
        """Yield the simplest failing call of each failed check; the search ends when its time is up."""
        for each in judged:
            check, run = self._checks[each.check.id], each.run
            if each.verdict.status == "passed" or isinstance(run.failure, NotWritten | Undefined):
                continue
            from autograder.debugging import Example, find_failing_call, with_simplest

            found = find_failing_call(check, run)
            if found is None:
                continue
            example = Example(failing=found, original=found, parameters=self.key.parameters)
            if run.fault is None and not isinstance(run.failure, Stopped):
                example = with_simplest(example, check, self._simpler_runs(student, each.check, numbers))
            yield check.id, example

    def _simpler_runs(self, student: SubmittedStudent, check: KeyCheck, numbers: Iterator[int]) -> Iterator[Run]:
        """Yield runs of a check with simpler inputs, for as long as there is time."""
        deadline = time.monotonic() + SIMPLER_SECONDS
        for place in range(len(check.simpler)):
            if time.monotonic() > deadline or student.start_check() is not None:
                return
            run = run_check(self._checks[check.id], student, self._simpler_setting(check, next(numbers), place))
            if run.fault is not None:
                return
            yield run

    def _in_order(self, first: Collection[str]) -> list[KeyCheck]:
        """Return all checks in the order in which they run."""
        changed = {name for name in self._answers if self._answers[name].function in first}
        early = {
            name
            for function, needed in self._rests_on.items()
            if function in first or any(name in changed for name in needed)
            for name in needed
        }
        return sorted(self.key.checks, key=lambda check: check.id not in early)

    def _complete(self, runs: Mapping[str, Run], judged: Mapping[str, object]) -> Iterator[str]:
        """Yield each function that is not judged yet and whose checks have all run, with all checks that decide about
        it.
        """
        for function in self._functions:
            needed = self._rests_on[function]
            if function not in judged and needed and runs.keys() >= needed:
                yield function

    def _judged(
        self,
        function: str,
        runs: Mapping[str, Run],
        verdicts: Mapping[str, Verdict],
        followed: Mapping[str, Run],
        shown: Mapping[str, Run],
    ) -> list[_Judged]:
        return [
            _Judged(
                check=check,
                run=runs[check.id],
                verdict=verdicts[check.id],
                followed=followed.get(check.id),
                shown=shown.get(check.id),
            )
            for check in self.key.checks
            if check.function == function
        ]

    def _run(self, student: SubmittedStudent, check: KeyCheck, number: int, *, follow_through: bool = False) -> Run:
        setting = self._setting(check, number, follow_through=follow_through)
        return run_check(self._checks[check.id], student, setting, follow_through=follow_through)

    def _setting(self, check: KeyCheck, number: int, *, follow_through: bool = False) -> Setting:
        return Setting(
            draws_from=check.draws_from,
            number=number,
            recorded=(self._followed if follow_through else self._expected)[check.draws_from],
            parameters=self.key.parameters,
            drawn=self._drawn[check.draws_from],
            watchdog=self._watchdog,
        )

    def _simpler_setting(self, check: KeyCheck, number: int, place: int) -> Setting:
        simpler = check.simpler[place]
        return replace(
            self._setting(check, number),
            recorded=expected_of(simpler.recorded),
            drawn={},
            simpler=Simpler(sizes=dict(simpler.sizes), decimals=simpler.decimals),
        )

    # ---- the record

    def _with_diagnosis(self, function: str, judged: Sequence[_Judged]) -> Iterator[CheckRecord]:
        """Yield the records of a function's checks; the first failed one names the mistake in words."""
        diagnosis, first = None, True
        for each in judged:
            if each.verdict.status not in DIAGNOSED:
                yield self._check_record(each, None, first=False)
                continue
            if first:
                # Checks that another function's mistake decided say nothing about this function's.
                runs = {other.check.id: other.run for other in judged if other.verdict.fix_first in ("", function)}
                diagnosis = _diagnose(self.key, function, runs)
            yield self._check_record(each, diagnosis, first=first)
            first = False

    def _check_record(self, judged: _Judged, diagnosis: Diagnosis | None, *, first: bool) -> CheckRecord:
        check, verdict = judged.check, judged.verdict
        message = self._message(judged)
        if diagnosis is not None and first:
            message = f"{message}\n{diagnosis.words()}"
        return CheckRecord(
            id=check.id,
            function=check.function,
            title=check.title,
            kind=check.kind,
            visibility=check.visibility,
            status=verdict.status,
            points=check.points if verdict.status == "passed" else 0.0,
            max_points=check.points,
            message=message,
            diagnosis=diagnosis.ids if diagnosis else (),
            seconds=round(judged.run.seconds, 6),
        )

    def _message(self, judged: _Judged) -> str:
        """Put a verdict into words; a result with inputs of the course is told like that of a hidden check."""
        check, verdict, shown = judged.check, judged.verdict, judged.shown
        signature = self._signature(check.function)
        if check.id not in self._handed_out:
            return explain(verdict, check.function, "public" if self._revealed else check.visibility, signature)
        wrong = verdict.failure is not None and not isinstance(verdict.failure, Stopped)
        if wrong and shown is not None and shown.failure is not None and shown.fault is None:
            seen = replace(verdict, failure=shown.failure, function=shown.function)
            return explain(seen, check.function, "public", signature)
        words = explain(verdict, check.function, "public" if self._revealed else "hidden", signature)
        holds = shown is not None and shown.failure is None and verdict.status in DIAGNOSED
        return f"{words}\n{OTHER_NUMBERS}" if holds else words

    def _signature(self, function: str) -> str:
        return f"{function}({', '.join(self.key.parameters[function])})"

    def _ungraded(self, submission: Submission, error: Error, isolation: Level) -> Graded:
        checks = tuple(
            CheckRecord(
                id=check.id,
                function=check.function,
                title=check.title,
                kind=check.kind,
                visibility=check.visibility,
                status="skipped",
                points=0.0,
                max_points=check.points,
                message="",
                diagnosis=(),
                seconds=0.0,
            )
            for check in self.key.checks
            if check.function in self._functions
        )
        return Graded(record=self._record(submission, isolation, checks=checks, error=error, advice=()), notes=())

    def _record(
        self,
        submission: Submission,
        isolation: Level,
        *,
        checks: tuple[CheckRecord, ...],
        error: Error | None,
        advice: tuple[str, ...],
    ) -> Record:
        repair = marked(
            self.key.repairs,
            (cell.source for cell in submission.cells),
            (each.id for each in self.key.misconceptions),
        )
        if repair and checks and all(check.status == "passed" for check in checks):
            advice = (*advice, self._was_wrong(repair))
        return Record(
            student=submission.student,
            exercise=self.exercise,
            status="error" if error else "graded",
            score=sum(check.points for check in checks),
            max_score=sum(check.max_points for check in checks),
            error=error,
            checks=checks,
            advice=(*advice, submission.note) if submission.note else advice,
            submission_sha256=submission.digest(),
            exercise_version=self.key.version,
            grader_version=VERSION,
            seed=self.key.seed,
            course_key=self.key.course_key,
            isolation=isolation,
            files=submission.files,
            note=submission.note,
            numpy=np.__version__,
            repair=repair,
        )

    def _was_wrong(self, repair: str) -> str:
        """Return what a student reads after repairing a task."""
        known = next(each for each in self.key.misconceptions if each.id == repair)
        belief = known.belief.rstrip(".")
        return f'this was a repair task, and all of it is right now. {known.function} was wrong: "{belief}"'

    def _advice(self, judged: Sequence[_Judged]) -> tuple[str, ...]:
        """Return one line for each function that changes arguments in place, in the order of the checks."""
        changed: dict[str, dict[str, None]] = {}
        for each in judged:
            for function, names in each.run.changed.items():
                changed.setdefault(function, {}).update(dict.fromkeys(names))
        return tuple(
            f"{function} changes its argument{'s' * (len(names) > 1)} {' and '.join(names)} in place; "
            "return new values instead"
            for function, names in changed.items()
        )


def _diagnose(key: AnswerKey, function: str, runs: Mapping[str, Run]) -> Diagnosis | None:
    from autograder.diagnosis import diagnose  # only now: a right submission needs none

    try:
        return diagnose(key, function, runs)
    except ArithmeticError:  # on extreme numbers: the verdict stays, without a diagnosis
        return None


def _again(problem: Problem) -> Problem:
    """Say of a later import only that it failed: its text may come from a process that had seen hidden inputs."""
    if isinstance(problem, Fault) and problem.kind == "protocol":
        return problem
    return Refused(AGAIN, None, "import")


def _stopped(fault: Fault) -> Error:
    what = "The file" if fault.kind == "protocol" else "Importing the file"
    return Error(kind=fault.kind, message=f"{what} {STOPPED[fault.kind]}.")


def _note(judged: _Judged, limits: Limits) -> Note | None:
    runs = [run for run in (judged.run, judged.followed) if run is not None]
    raised = [text for run in runs for text in run.raised]
    raised += [f"{run.failure.kind}: {run.failure.detail}" for run in runs if isinstance(run.failure, Stopped)]
    printed = "".join(run.printed for run in runs)[: min(limits.output_bytes, MAX_PRINTED)]
    if not raised and not printed:
        return None
    return Note(check=judged.check.id, printed=printed, raised=tuple(raised))
