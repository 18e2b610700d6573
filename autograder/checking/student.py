"""The `student` of a check: `student.adam(x, grad, {}, lr=0.1)` makes one call, wherever the function runs.

Arguments are sent as plain data. Results come back as NumPy arrays, after they were compared with the reference's: they
must be present, numeric, of the same shape, and finite where it is. A result that is not becomes a failure of the
called function as soon as the check uses it, so that a check's code never sees an unexpected type or shape.

Two kinds of students make the calls: `grading.SandboxedStudent` in a confined process, and `InProcessStudent` here, for
references, misconceptions, and a student's own check where there are no processes.
"""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from autograder import wire
from autograder.authoring import Exercise, Function
from autograder.checking.failures import (
    Failure,
    NotFinite,
    Stopped,
    Undefined,
    WrongCount,
    WrongForm,
    WrongShape,
    failure_of_raised,
)
from autograder.checking.watchdog import Watch
from autograder.key import CallShapes, Shape
from autograder.worker import SILENT, Caller, Settings

Answerer = Callable[[wire.Question], wire.Answer]
PLAIN = frozenset({type(None), bool, int, float, str, wire.Handle})  # arguments that are sent unchanged
FINER_BITS = 2**29 - 1  # bits of a double beyond the 23 of a single
SINGLE_BITS = 24  # the most bits of a single that are not zero
CHANCE_BITS = 16  # a number that is exact anyway, such as a quarter or a count, has only so many
ROOM, ROOM_TIMES = 2**17, 4  # bytes that any answer may take, and how many times the size of the reference's
MAX_QUESTIONS = 10_000  # calls of callbacks in one call


class Student(Protocol):
    """The object that makes a student's calls."""

    @property
    def stopped(self) -> Mapping[str, wire.Fault]:
        """Return functions that other functions' checks must not call, since they have stopped a process."""

    def call(self, call: wire.Call, answer: Answerer) -> wire.Reply | wire.Fault:
        """Make one call; `answer` answers the callbacks that it calls."""


class InProcessStudent:
    """Makes calls in this process, in a namespace of functions that is trusted, or the user's own."""

    def __init__(
        self, namespace: Mapping[str, object], texts: Mapping[str, str] | None = None, settings: Settings = SILENT
    ) -> None:
        self.stopped: Mapping[str, wire.Fault] = {}
        self._namespace = namespace
        self._texts = texts or {}
        self._settings = settings
        self._caller = Caller(lambda: self._namespace, self._texts, self._ask)
        self._answer: Answerer | None = None

    def call(self, call: wire.Call, answer: Answerer) -> wire.Reply:
        """Make one call; its output does not appear on the terminal."""
        self._answer = answer
        printed = io.StringIO()
        with (
            self._settings.hold(),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            return wire.Reply(self._caller.make(call), printed.getvalue())

    def _ask(self, question: wire.Question) -> wire.Answer:
        if self._answer is None:
            raise RuntimeError("a callback was called outside of the call that it was given to")
        return self._answer(question)


class CallFailed(Exception):
    """A call returned nothing with which the check can continue; the failure is that of the called function.

    `values` is what it returned instead, if that is an array: for the diagnosis alone.
    """

    def __init__(self, function: str, failure: Failure, values: np.ndarray | None = None) -> None:
        super().__init__(failure)
        self.function = function
        self.failure = failure
        self.values = values


class Unusable(np.lib.mixins.NDArrayOperatorsMixin):
    """Replaces an unusable output until the check uses it.

    A check may unpack it. An expectation about it fails; computing with it, or passing it on, ends the check.
    """

    def __init__(self, failed: CallFailed) -> None:
        self.failed = failed

    def _raise(self, *_args: object, **_options: object) -> Any:
        raise self.failed

    __array__ = __array_ufunc__ = __array_function__ = __getattr__ = _raise
    __getitem__ = __setitem__ = __iter__ = __contains__ = __len__ = __hash__ = _raise
    __bool__ = __int__ = __float__ = __complex__ = __index__ = __round__ = _raise


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The questions to a callback in one call, and its answers."""

    call: int
    callback: str
    point: wire.Array
    answer: wire.Answer


Result = tuple[wire.Call, tuple[str, ...], list[Any]]  # a call, and the arrays that it returned with their names


@dataclass(kw_only=True, slots=True)
class CallLog:
    """The outcomes of the calls in one run so far."""

    watch: Watch
    own: str  # the function that the check is about
    calls: list[CallShapes] = field(default_factory=list)
    made: list[wire.Call] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    changed: dict[str, dict[str, None]] = field(default_factory=dict)  # arguments changed in place, by function
    raised: list[str] = field(default_factory=list)
    raising: list[wire.Call] = field(default_factory=list)  # the calls that raised
    printed: list[str] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    single: bool = False
    random: bool = False  # a random generator was passed
    fault: wire.Fault | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """The settings for the calls of one run."""

    exercise: Exercise  # what each function returns
    own: str  # the function that the check is about
    number: int  # the number of this run among all runs of this student
    # the results of the reference's calls, in order; None while they are being recorded
    expected: Sequence[CallShapes] | None
    parameters: Mapping[str, tuple[str, ...]]  # each function's parameters, defaults included


class StudentFunctions:
    """The `student` of a check: every function of the exercise is an attribute."""

    def __init__(self, student: Student, terms: Terms, log: CallLog) -> None:
        self._student = student
        self._terms = terms
        self._log = log
        self._label = ""
        self._goes_on = False
        self._callbacks: dict[str, Callable[[np.ndarray], object]] = {}

    def at(self, label: str) -> StudentFunctions:
        """Return the same functions for calls with a label ("step 3"), which messages about them show."""
        other = StudentFunctions.__new__(StudentFunctions)
        other.__dict__.update(self.__dict__)
        other._label = label  # noqa: SLF001  # the same class
        return other

    @property
    def going_on(self) -> StudentFunctions:
        """Return the same functions for a follow-through that goes on after calls that fail.

        One that raises gives outputs that are not usable, and so does one that would be given such an output. Which
        are usable, `expect.usable` says.
        """
        other = self.at(self._label)
        other._goes_on = True  # noqa: SLF001  # one of our own
        return other

    def call(self, function: Function, *args: object, **kwargs: object) -> Any:
        """Call a function by its declaration in the exercise, for checks that several functions share."""
        return self._call(function.name, args, kwargs)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        exercise = self._terms.exercise
        if name not in exercise.functions:
            raise AttributeError(
                f"exercise {exercise.name} has no function {name!r}; it has {', '.join(exercise.functions)}"
            )
        return lambda *args, **kwargs: self._call(name, args, kwargs)

    def _call(self, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> Any:
        """Make a call; where it fails, end the check, or go on if a process is left to go on with."""
        number = len(self._log.calls)
        try:
            return self._make_call(name, args, kwargs)
        except CallFailed as failed:
            if not self._goes_on or isinstance(failed.failure, Stopped):
                raise
            if len(self._log.calls) == number:  # an argument was not usable: calls that follow are counted on
                self._log.calls.append(self._expected_of(name, number) or CallShapes(name, {}))
            returns = self._terms.exercise.functions[name].returns
            return (Unusable(failed),) * len(returns.parts) if returns.several else Unusable(failed)

    def _make_call(self, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> Any:
        log, number = self._log, len(self._log.calls)
        expected = self._expected_of(name, number)
        if name != self._terms.own and name in self._student.stopped:
            fault = self._student.stopped[name]
            raise CallFailed(name, Stopped(function=name, kind=fault.kind, detail=fault.detail))
        function = self._terms.exercise.functions[name]
        returns = function.returns
        points: list[Shape] = []
        call = wire.Call(
            self._terms.number,
            number,
            name,
            tuple(map(self._to_value, args)),
            {key: self._to_value(value) for key, value in kwargs.items()},
            returns,
            *(() if expected is None else (_room(expected),)),
        )
        log.calls.append(expected or CallShapes(name, {}))  # replaced below while recording
        log.made.append(call)
        reply = self._make(call, expected, points)
        if isinstance(reply, wire.Fault):
            log.fault = reply
            raise CallFailed(name, Stopped(function=name, kind=reply.kind, detail=reply.detail))
        if reply.printed and sum(map(len, log.printed)) < wire.MAX_PRINTED:  # the process itself may have no limit
            log.printed.append(reply.printed)
        outcome = reply.outcome
        if isinstance(outcome, wire.Absent):
            raise CallFailed(name, Undefined(function=name, found=outcome.found))
        if isinstance(outcome, wire.Raised):
            log.raised.append(f"{outcome.ancestry[0]}: {outcome.text}")
            log.raising.append(call)
            if expected is None:
                log.calls[number] = CallShapes(name, {}, raised=True)
            raise CallFailed(name, failure_of_raised(name, self._label, outcome))
        if outcome.changed:
            self._note_changes(name, call, outcome)
        if expected is None:
            log.calls[number] = _shapes_of(name, outcome, tuple(dict.fromkeys(points)))
            expected = log.calls[number]
        elif expected.raised:
            # The check expects an exception that was not raised; there is nothing to compare this with.
            return (None,) * len(returns.parts) if returns.several else None
        return self._take(function, call, outcome, expected)

    def _make(self, call: wire.Call, expected: CallShapes | None, points: list[Shape]) -> wire.Reply | wire.Fault:
        """Make a call, and answer its callbacks; only the time in callbacks counts as the check's own."""
        mistakes: list[Exception] = []  # in the check's own callbacks, which are never blamed on the student
        log, watch = self._log, self._log.watch

        def answer(question: wire.Question) -> wire.Answer:
            watch.resume()
            try:
                answered = self._answer(question, expected, points)
                if isinstance(question.point, wire.Array):
                    log.asked.append(
                        Asked(call=call.number, callback=question.callback, point=question.point, answer=answered)
                    )
                return answered
            except Exception as error:  # noqa: BLE001  # raised below, after the student's function has ended
                mistakes.append(error)
                return wire.Answer(None, "this function has failed")
            finally:
                watch.pause()

        watch.pause()
        reply = self._student.call(call, answer)
        watch.resume()
        if mistakes:
            raise mistakes[0]
        return reply

    def _expected_of(self, name: str, number: int) -> CallShapes | None:
        if self._terms.expected is None:
            return None
        if number >= len(self._terms.expected) or self._terms.expected[number].function != name:
            raise RuntimeError(
                f"call {number} of {name} was not made for the reference: the calls that a check makes must not "
                "depend on what the student's functions return"
            )
        return self._terms.expected[number]

    # ---- arguments

    def _to_value(self, value: object) -> wire.Value:
        kind = type(value)
        if kind is np.ndarray:
            return wire.pack(value, wire.layout_of(value))  # type: ignore[arg-type]  # it is an array
        if kind in PLAIN:
            return value  # type: ignore[return-value]  # it is one of these
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return wire.Mapping({key: self._to_value(item) for key, item in value.items()})
        if isinstance(value, list | tuple):
            return wire.Items(tuple(value if PLAIN.issuperset(map(type, value)) else map(self._to_value, value)))
        if isinstance(value, wire.Generator):
            self._log.random = True
            return value
        if isinstance(value, np.generic | np.ndarray):
            return self._to_value(value.item() if isinstance(value, np.generic) else np.asarray(value))
        if isinstance(value, Unusable):
            raise value.failed
        if callable(value):
            known = next((name for name, function in self._callbacks.items() if function is value), None)
            name = known or f"callback {len(self._callbacks)}"
            self._callbacks[name] = value
            return wire.Callback(name)
        raise TypeError(f"an argument of type {kind.__name__} can't be sent to a student's function")

    def _answer(self, question: wire.Question, expected: CallShapes | None, points: list[Shape]) -> wire.Answer:
        """Answer a student's call of a callback, if the point has a shape that the reference uses, and not too
        often.
        """
        callback = self._callbacks.get(question.callback)
        if callback is None:
            return wire.Answer(None, "there is no such function")
        if len(points) >= MAX_QUESTIONS:
            return wire.Answer(None, f"this function was called more than {MAX_QUESTIONS} times in one call of yours")
        if isinstance(question.point, wire.Malformed):
            return wire.Answer(None, f"this function takes an array of numbers, not {question.point.found}")
        shape = question.point.shape
        points.append(shape)
        known = self._known_points(expected)
        if known is not None and shape not in known:  # before unpacking what may be megabytes
            shapes = " or ".join(map(str, known)) or "nothing: it is not called here"
            return wire.Answer(None, f"this function takes an array of shape {shapes}, not {shape}")
        try:
            point = wire.unpack(question.point).astype(np.float64)
        except ValueError as error:
            return wire.Answer(None, str(error))
        return wire.Answer(wire.pack(np.array(callback(point), np.float64)))

    def _known_points(self, expected: CallShapes | None) -> tuple[Shape, ...] | None:
        """Return the shapes that a callback takes; if the reference has refused the call, those of the whole check.

        So a function that accepts what it should refuse can return, instead of failing with an error of the callback.
        """
        if expected is None:
            return None
        if not expected.raised:
            return expected.points
        return tuple(dict.fromkeys(shape for call in self._terms.expected or () for shape in call.points))

    # ---- results

    def _note_changes(self, name: str, call: wire.Call, outcome: wire.Returned) -> None:
        """Record which arguments the call changed in place; unknown names from a worker are ignored."""
        parameters = [parameter.partition("=")[0] for parameter in self._terms.parameters.get(name, ())]
        named = dict(zip(map(str, range(len(call.args))), parameters, strict=False)) | {key: key for key in call.kwargs}
        for place in outcome.changed:
            if place in named:
                self._log.changed.setdefault(name, {})[named[place]] = None

    def _take(self, function: Function, call: wire.Call, outcome: wire.Returned, expected: CallShapes) -> Any:
        """Return the results of the call as arrays, with an `Unusable` for each output that is not as it must be."""
        outputs = outcome.outputs
        if outputs.keys() != function.outputs:
            self._fail_protocol(call, "outputs of other names than were asked for")
        values: list[Any] = []
        for part, names in function.parts:
            if part.kind == "handle":
                values.append(wire.Handle(call.number, part.name))
                continue
            taken = [self._usable(call, part, name, outputs[name], expected) for name in names]
            self._log.results.append((call, names, taken))
            values.append(_put_together(part, taken))
        return tuple(values) if function.returns.several else values[0]

    def _usable(
        self, call: wire.Call, part: wire.Part, name: str, received: wire.Received, expected: CallShapes
    ) -> Any:
        """Return one output as an array or a list of arrays, or as an `Unusable` if it is not as it must be."""
        try:
            return self._values(call, part, name, received, expected)
        except CallFailed as failed:
            if isinstance(failed.failure, Stopped) or _is_no_tuple(received):
                raise
            return Unusable(failed.with_traceback(None))  # whose frames would keep the data in memory

    def _values(
        self, call: wire.Call, part: wire.Part, name: str, received: wire.Received, expected: CallShapes
    ) -> Any:
        if isinstance(received, wire.Malformed):
            raise CallFailed(call.function, self._wrong_form(call.returns, part, name, received))
        shapes = expected.outputs[name]
        finite = name not in expected.infinite
        if isinstance(received, wire.Arrays) != (part.kind in ("list", "tuples")):
            self._fail_protocol(call, f"{name} is of the wrong kind")
        if not isinstance(received, wire.Arrays):
            return self._array(call, name, received, shapes[0], finite=finite)
        if len(received.items) != len(shapes):
            raise CallFailed(
                call.function,
                WrongCount(output=name, label=self._label, actual=len(received.items), expected=len(shapes)),
            )
        return [
            self._array(call, name, item, _or_own_length(part, item, shape), finite=finite, item=number)
            for number, (item, shape) in enumerate(zip(received.items, shapes, strict=True))
        ]

    def _array(
        self, call: wire.Call, name: str, array: wire.Array, shape: Shape, *, finite: bool, item: int | None = None
    ) -> np.ndarray:
        try:
            values = wire.unpack(array)
        except ValueError as error:
            self._fail_protocol(call, str(error))
        if values.shape != shape:
            raise CallFailed(
                call.function,
                WrongShape(output=name, label=self._label, actual=values.shape, expected=shape, item=item),
                values.astype(np.float64) if item is None else None,
            )
        if finite and values.dtype.kind == "f" and not (are_finite := np.isfinite(values)).all():
            index = np.unravel_index(np.argmin(are_finite), are_finite.shape)
            failure = NotFinite(
                output=name,
                label=self._label,
                count=int((~are_finite).sum()),
                size=values.size,
                index=tuple(int(place) for place in index),
                value=float(values[index]),
                given=tuple(self._given(call, values.shape, index)),
            )
            raise CallFailed(call.function, failure, values.astype(np.float64) if item is None else None)
        if not self._log.single:
            self._log.single = not _is_surely_double(array) and shows_single_precision(values)
        return values.astype(np.float64)

    def _given(self, call: wire.Call, shape: Shape, index: tuple[np.intp, ...]) -> Iterator[tuple[str, float]]:
        """Yield a call's arguments at a place of its result: elements of arrays of the same shape, and numbers."""
        names = [parameter.partition("=")[0] for parameter in self._terms.parameters.get(call.function, ())]
        given = dict(zip(names, call.args, strict=False)) | call.kwargs
        arrays = {name: wire.unpack(value) for name, value in given.items() if isinstance(value, wire.Array)}
        beside = {name: float(array[index]) for name, array in arrays.items() if array.shape == shape}
        numbers = {
            name: float(value)
            for name, value in given.items()
            if isinstance(value, int | float) and not isinstance(value, bool)
        }
        yield from (beside or numbers).items()

    def _fail_protocol(self, call: wire.Call, detail: str) -> Any:
        self._log.fault = wire.Fault("protocol", detail)
        raise CallFailed(call.function, Stopped(function=call.function, kind="protocol", detail=detail))

    def _wrong_form(self, returns: wire.Returns, part: wire.Part, name: str, malformed: wire.Malformed) -> WrongForm:
        if malformed.problem == "keys":
            return WrongForm(
                output=part.name, label=self._label, malformed=malformed, expected=", ".join(map(repr, part.keys))
            )
        if malformed.problem == "word":
            return WrongForm(output=name, label=self._label, malformed=malformed, expected=", ".join(part.keys))
        if malformed.problem == "count" and part.kind == "tuples":
            expected = f"a tuple ({', '.join(part.keys)})"
            return WrongForm(output=part.name, label=self._label, malformed=malformed, expected=expected)
        names = ", ".join(part.name for part in returns.parts)
        expected = f"({names}{',' * (len(returns.parts) == 1)})" if returns.several else names
        return WrongForm(output=name, label=self._label, malformed=malformed, expected=expected)


def _room(expected: CallShapes) -> int:
    """Return how many bytes of arrays a call may return: several times those of the reference, and some more.

    So a wrong answer of another shape can be reported, and no answer fills the grader's memory.
    """
    shapes = [shape for each in expected.outputs.values() for shape in each]
    shapes += expected.points
    right = sum(math.prod(shape) * wire.NUMBER + wire.ARRAY_HEAD for shape in shapes)
    return min(wire.MAX_ROOM, ROOM + ROOM_TIMES * right)


def _or_own_length(part: wire.Part, item: wire.Array, shape: Shape) -> Shape:
    """Return the shape that an item of a list must have; a vector in a tuple may have any length."""
    return item.shape if part.kind == "tuples" and len(item.shape) == len(shape) == 1 else shape


def _put_together(part: wire.Part, taken: list[Any]) -> Any:
    """Return a part as a check sees it, put together from its outputs."""
    if part.kind == "mapping":
        return dict(zip(part.keys, taken, strict=True))
    if part.kind == "tuples":
        unusable = next((each for each in taken if isinstance(each, Unusable)), None)
        return list(zip(*taken, strict=True)) if unusable is None else unusable
    return taken[0]


def _is_surely_double(array: wire.Array) -> bool:
    """Say whether the first number has bits that single precision lacks, which is quick to see."""
    return array.dtype == "float64" and bool(int.from_bytes(array.data[:8], "little") & FINER_BITS)


def shows_single_precision(values: np.ndarray) -> bool:
    """Say whether values were rounded to single precision: all have few enough bits for it, and one uses them.

    Whole numbers and quarters, which are exact in any precision, show nothing.
    """
    if values.dtype.kind != "f":
        return False
    mantissas = np.ldexp(np.frexp(values.astype(np.float64))[0], SINGLE_BITS)
    if not (mantissas == np.rint(mantissas)).all():
        return False
    return bool(np.any(np.fmod(mantissas, 2.0 ** (SINGLE_BITS - CHANCE_BITS))))


def _is_no_tuple(received: wire.Received) -> bool:
    """Say whether the result as a whole could not be taken apart, so that there are no handles, either."""
    return isinstance(received, wire.Malformed) and received.problem == "count"


def _shapes_of(function: str, outcome: wire.Returned, points: tuple[Shape, ...]) -> CallShapes:
    """Return the result of a call of the reference, to compare students' calls with."""
    outputs: dict[str, tuple[Shape, ...]] = {}
    infinite = []
    for name, received in outcome.outputs.items():
        if isinstance(received, wire.Malformed):
            outputs[name] = ()
            continue
        items = received.items if isinstance(received, wire.Arrays) else (received,)
        outputs[name] = tuple(item.shape for item in items)
        if any(item.dtype.startswith("float") and not np.isfinite(wire.unpack(item)).all() for item in items):
            infinite.append(name)
    return CallShapes(function, outputs, infinite=tuple(infinite), points=points)
