"""Grade one submission: a file's bytes and a book go in, a record comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec

from autograder.book import Book, Check
from autograder.diagnose.diagnose import Diagnosis, Seen, diagnose, words
from autograder.findings import Needs, Stopped
from autograder.grade.ask import Answer, Question, ask
from autograder.grade.read import Submission
from autograder.judge.explain import STOPPED, explain, plain
from autograder.judge.judge import judge
from autograder.judge.settle import Settled, settle
from autograder.judge.verdict import Verdict, verdict_on
from autograder.results import CheckRecord, CheckStatus, Error, Note, Record
from autograder.script import Call
from autograder.trace import Fault, Outcome, Raised, Refused, Returned, Trace
from autograder.version import VERSION
from autograder.worker.line import Worker

DIAGNOSED = ("failed", "error")


@dataclass(frozen=True, kw_only=True, slots=True)
class Graded:
    """A submission's record, and a note on each check under which its code said something."""

    record: Record
    notes: tuple[Note, ...]


def grade(book: Book, asked: Sequence[Question], submission: Submission, worker: Worker) -> Graded:
    """Grade one submission; the record claims no isolation: whoever opened the worker says what that has proven."""
    if submission.error is not None:
        return _ungraded(book, submission, submission.error)
    answers = ask(asked, book.exercise, submission.parts(book.exercise), worker)
    if isinstance(answers, Refused):
        return _ungraded(book, submission, Error(kind=answers.kind, message=plain(answers.message), line=answers.line))
    if isinstance(answers, Fault):
        return _ungraded(book, submission, Error(kind=answers.kind, message=_stopped_at_import(answers)))
    settled = settle([(each.check, each.trace) for each in answers], [_verdict(each) for each in answers])
    records = [_check_record(book, each, verdict) for each, verdict in zip(answers, settled.verdicts, strict=True)]
    checks = tuple(_with_diagnoses(book, answers, settled, records))
    record = _record(book, submission, checks=checks, error=None, advice=_advice(book, answers))
    return Graded(record=record, notes=tuple(note for each in answers if (note := _note(each))))


def _note(answer: Answer) -> Note | None:
    if isinstance(answer.trace, Fault):
        return Note(check=answer.check.id, printed="", raised=(f"{answer.trace.kind}: {answer.trace.detail}",))
    raised = tuple(f"{each.ancestry[0]}: {each.text}" for each in answer.trace.outcomes if isinstance(each, Raised))
    if not (raised or answer.trace.printed):
        return None
    return Note(check=answer.check.id, printed=answer.trace.printed, raised=raised)


def _with_diagnoses(
    book: Book, answers: Sequence[Answer], settled: Settled, records: Sequence[CheckRecord]
) -> Iterable[CheckRecord]:
    """Name the mistake in the records of failed checks, in words at a function's first; verdicts and points stay."""
    failed = dict.fromkeys(record.function for record in records if record.status in DIAGNOSED)
    pairs = [(answer.check, answer.trace) for answer in answers]
    clean = {answer.check.id for answer, verdict in zip(answers, settled.verdicts, strict=True) if verdict.clean}
    named = {
        function: _diagnose(book, function, pairs, Seen(clean=clean, evidence=settled.evidence)) for function in failed
    }
    told = set()
    for record in records:
        found = named.get(record.function)
        if found is None or record.status not in DIAGNOSED:
            yield record
        elif record.function in told:
            yield msgspec.structs.replace(record, diagnosis=found.ids)
        else:
            told.add(record.function)
            message = f"{record.message}\n{words(found)}"
            yield msgspec.structs.replace(record, diagnosis=found.ids, message=message)


def _diagnose(book: Book, function: str, pairs: Sequence[tuple[Check, Trace | Fault]], seen: Seen) -> Diagnosis | None:
    try:
        return diagnose(book, function, pairs, seen)
    except ArithmeticError:  # on numbers that nobody would compute: the verdict stands without a name for the mistake
        return None


def _ungraded(book: Book, submission: Submission, error: Error) -> Graded:
    checks = tuple(_line(check, status="skipped", points=0.0, message="", seconds=0.0) for check in book.checks)
    return Graded(record=_record(book, submission, checks=checks, error=error, advice=()), notes=())


def _record(
    book: Book,
    submission: Submission,
    *,
    checks: tuple[CheckRecord, ...],
    error: Error | None,
    advice: tuple[str, ...],
) -> Record:
    return Record(
        student=submission.student,
        exercise=book.exercise,
        status="error" if error else "graded",
        score=sum(check.points for check in checks),
        max_score=sum(check.max_points for check in checks),
        error=error,
        checks=checks,
        advice=advice,
        submission_sha256=submission.digest(),
        exercise_version=book.version,
        grader_version=VERSION,
        seed=book.seed,
        isolation="none",
    )


def _verdict(answer: Answer) -> Verdict:
    if answer.blocked_by and isinstance(answer.trace, Fault):
        problem = Stopped(kind=answer.trace.kind, detail=answer.trace.detail)
        verdict = verdict_on(Needs(function=answer.blocked_by, problem=problem))
        return replace(verdict, blames=(frozenset({answer.blocked_by}),))
    return judge(answer.check, answer.trace)


def _check_record(book: Book, answer: Answer, verdict: Verdict) -> CheckRecord:
    check = answer.check
    signature = f"{check.function}({', '.join(book.parameters[check.function])})"
    return _line(
        check,
        status=verdict.status,
        points=check.points if verdict.status == "passed" else 0.0,
        message=explain(verdict, check.visibility, signature),
        seconds=round(answer.seconds, 6),
    )


def _line(check: Check, *, status: CheckStatus, points: float, message: str, seconds: float) -> CheckRecord:
    return CheckRecord(
        id=check.id,
        function=check.function,
        title=check.title,
        kind=check.kind,
        visibility=check.visibility,
        status=status,
        points=points,
        max_points=check.points,
        message=message,
        diagnosis=(),
        seconds=seconds,
    )


def _advice(book: Book, answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return one line for each function that changes arguments in place, in the order of the checks."""
    changed: dict[str, dict[str, None]] = {}
    for answer in answers:
        if isinstance(answer.trace, Trace):
            for call, outcome in zip(answer.check.script.calls, answer.trace.outcomes, strict=True):
                for name in _changed_arguments(call, outcome, book.parameters[call.function]):
                    changed.setdefault(call.function, {})[name] = None
    return tuple(
        f"{function} changes its argument{'s' * (len(names) > 1)} {' and '.join(names)} in place; "
        "return new values instead"
        for function, names in changed.items()
    )


def _changed_arguments(call: Call, outcome: Outcome, parameters: tuple[str, ...]) -> list[str]:
    """Return the names of the arguments that a call changed; what the worker names otherwise does not count."""
    if not isinstance(outcome, Returned):
        return []
    by_place = {str(place): parameters[place].partition("=")[0] for place in range(len(call.args))}
    named = by_place | {name: name for name in call.kwargs}
    return [named[place] for place in outcome.changed if place in named]


def _stopped_at_import(fault: Fault) -> str:
    if fault.kind == "protocol":
        return f"The file {STOPPED[fault.kind]}."
    return f"Importing the file {STOPPED[fault.kind]}."
