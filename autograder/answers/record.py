"""Record an answer book: checks are written down, the reference answers, and its answers take the references' place.

This is the only step that runs anything of `solutions/`, and so the only one that imports torch.
"""

from __future__ import annotations

import inspect
from types import ModuleType

import msgspec
import numpy as np

from autograder.answers.errors import CourseError
from autograder.answers.load import load_module
from autograder.answers.misbehave import with_behaviours
from autograder.answers.rounding import rounded
from autograder.array import pack
from autograder.ask.asking import Asking
from autograder.ask.draw import Draw
from autograder.ask.suite import Draft, Suite
from autograder.book import Book, Check, Shape, seed_of
from autograder.catalogue import Exercise
from autograder.claims import Claim, Close, Holds, Provided, Refuses, formulas
from autograder.formula import Constant, Formula, evaluate, outputs_in, replace_references
from autograder.judge.explain import explain
from autograder.judge.judge import judge
from autograder.judge.results import Results
from autograder.script import Script, calls_behind
from autograder.trace import Arrays, Malformed, Outcome, Returned, Trace, names_class
from autograder.worker.run import run

PUBLIC_SEED = "public"  # students hold these checks: every course asks them alike


def record(exercise: Exercise, seed: int) -> Book:
    """Return the answer book of an exercise for a course seed."""
    suite = _suite(exercise)
    reference = load_module(exercise.folder / "reference.py")
    book = Book(
        exercise=exercise.name,
        version=exercise.version(),
        seed=seed,
        limits=suite.limits,
        parameters={name: _parameters(exercise, reference, name) for name in suite.functions},
        checks=tuple(_record_check(exercise, suite, draft, reference, seed) for draft in suite.drafts),
    )
    return with_behaviours(book, exercise)


def _suite(exercise: Exercise) -> Suite:
    suite = getattr(load_module(exercise.folder / "checks.py"), "suite", None)
    if not isinstance(suite, Suite):
        raise CourseError(f"{exercise.folder / 'checks.py'} defines no `suite = Suite(...)`")
    return suite


def _parameters(exercise: Exercise, reference: ModuleType, function: str) -> tuple[str, ...]:
    """Return a function's parameters as a student writes them, defaults included."""
    found = getattr(reference, function, None)
    if found is None:
        raise CourseError(f"{exercise.folder / 'reference.py'} does not define {function}")
    described = inspect.signature(found).parameters.values()
    return tuple(each.name if each.default is each.empty else f"{each.name}={each.default!r}" for each in described)


def _record_check(exercise: Exercise, suite: Suite, draft: Draft, reference: ModuleType, seed: int) -> Check:
    course = PUBLIC_SEED if draft.visibility == "public" else seed
    asking = Asking(suite.functions)
    claims = tuple(draft.body(asking, Draw(seed_of(course, exercise.name, draft.id))))
    script = asking.script()
    trace = run(script, vars(reference), {str(reference.__file__): ""})
    check = Check(
        id=draft.id,
        function=draft.function,
        title=draft.title,
        kind=draft.kind,
        visibility=draft.visibility,
        points=float(draft.points),
        script=script,
        claims=claims,
        shapes=tuple(_shapes(outcome) for outcome in trace.outcomes),
        required=tuple(_required(script, claim) for claim in claims),
    )
    _require_answers(exercise, check, trace)
    check = msgspec.structs.replace(check, claims=_answered(check, trace))
    verdict = judge(check, trace)
    if verdict.status != "passed":
        raise CourseError(
            f"exercise {exercise.name}: the reference does not pass {check.id}: {explain(verdict, 'public', '')}"
        )
    return check


def _shapes(outcome: Outcome) -> dict[str, tuple[Shape, ...]]:
    if not isinstance(outcome, Returned):
        return {}
    return {
        name: tuple(item.shape for item in (received.items if isinstance(received, Arrays) else (received,)))
        for name, received in outcome.outputs.items()
        if not isinstance(received, Malformed)
    }


def _require_answers(exercise: Exercise, check: Check, trace: Trace) -> None:
    """Make sure that the reference answers every call, except those that it must refuse."""
    refusing = {claim.call for claim in check.claims if isinstance(claim, Refuses)}
    for number, (call, outcome) in enumerate(zip(check.script.calls, trace.outcomes, strict=True)):
        names = {name for part in call.returns.parts for name in part.names()}
        if number in refusing:
            if not names_class(outcome, "ValueError"):
                raise CourseError(f"exercise {exercise.name}, {check.id}: the reference accepts what it must refuse")
        elif check.shapes[number].keys() != names:
            raise CourseError(f"exercise {exercise.name}, {check.id}: the reference's {call.function} gave {outcome}")


def _answered(check: Check, trace: Trace) -> tuple[Claim, ...]:
    """Put the reference's values in the place of every `Reference`."""
    results = Results(check, trace)

    def value_of(formula: Formula) -> Constant:
        return Constant(pack(rounded(np.asarray(evaluate(formula, results.look_up), np.float64))))

    return tuple(_replace(claim, value_of) for claim in check.claims)


def _replace(claim: Claim, value_of: object) -> Claim:
    def known(formula: Formula) -> Formula:
        return replace_references(formula, value_of)  # type: ignore[arg-type]  # a closure, see _answered

    if isinstance(claim, Provided):
        inner = _replace(claim.claim, value_of)
        return msgspec.structs.replace(claim, condition=known(claim.condition), claim=inner)
    if isinstance(claim, Holds):
        return msgspec.structs.replace(claim, condition=known(claim.condition))
    if not isinstance(claim, Close):
        return claim
    return msgspec.structs.replace(
        claim,
        actual=known(claim.actual),
        expected=known(claim.expected),
        scale=claim.scale and known(claim.scale),
        otherwise=tuple(
            msgspec.structs.replace(other, expected=known(other.expected), guard=other.guard and known(other.guard))
            for other in claim.otherwise
        ),
    )


def _required(script: Script, claim: Claim) -> tuple[int, ...]:
    """Return the calls without which a claim can't be judged."""
    looked_up = {call for formula in formulas(claim) for call, _ in outputs_in(formula)}
    return calls_behind(script, looked_up | ({claim.call} if isinstance(claim, Refuses) else set()))
