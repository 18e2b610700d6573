"""An exercise as its author writes it: its functions, and the checks of each.

    exercise = Exercise("optimizers")
    sgd = exercise.function("sgd", returns=("x_next", handle("state")))

    @sgd.check(points=4)
    def one_step(student, inputs, expect):
        '''A step goes against the gradient, scaled by the learning rate'''
        x_next, _ = student.sgd(inputs.normal(3, 2), inputs.normal(3, 2), {}, lr=0.1)
        expect.reference("x_next", x_next)

A check is an ordinary Python function. It runs in the grader: on the reference when an answer key is recorded, and then
on each submission.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from autograder.course import CourseError
from autograder.limits import Limits
from autograder.results import Visibility
from autograder.wire import Part, Returns

Body = Callable[[Any, Any, Any], None]  # (student, inputs, expect)


def handle(name: str) -> Part:
    """Name a returned value that is an object of the student's own, such as `state` or `cache`, and is only passed
    on.
    """
    return Part(name, "handle")


def mapping(name: str, *keys: str) -> Part:
    """Name a returned value that is a dict of arrays with exactly these keys."""
    return Part(name, "mapping", keys)


def arrays(name: str) -> Part:
    """Name a returned value that is a list of arrays."""
    return Part(name, "list")


def tuples(name: str, *items: str) -> Part:
    """Name a returned value that is a list of tuples, and the arrays in each tuple: vectors of any length."""
    return Part(name, "tuples", items)


def word(name: str, *words: str) -> Part:
    """Name a returned value that is one of these words; the check gets the word's number."""
    return Part(name, "word", words)


class Check:
    """One check of one function: its Python function, and its points.

    A check's title, the sentence that a student reads, is its docstring, unless another one is given.
    """

    def __init__(self, function: Function, body: Body, points: float, title: str, needs: Sequence[Check]) -> None:
        self.id = f"{function.name}.{body.__name__}"  # as records have it
        self.function = function
        self.body = body
        self.points = float(points)
        self.title = title
        self.needs = tuple(needs)
        self.visibility: Visibility = "public"
        self.follow: Body | None = None
        self.follow_is_public = False

    def follow_through(self, body: Body) -> Body:
        """Add the follow-through that decides this check if a function that it needs is wrong (decorator).

        The follow-through asks whether this check's function is right for the results of the student's own earlier
        functions. It runs only if the check has failed and a function that it needs has lost points of its own.
        """
        if self.follow is not None:
            raise CourseError(f"{place_of(body)}: check {self.id} has a follow-through already; remove one of the two")
        self.follow = body
        self.follow_is_public = self.function.exercise.loading_public
        return body


class Function:
    """A function that students write: its results, and the functions that its checks need."""

    def __init__(self, exercise: Exercise, name: str, returns: Returns, needs: Sequence[Function]) -> None:
        self.exercise = exercise
        self.name = name
        self.returns = returns
        self.needs = tuple(needs)
        self.parts = tuple((part, part.names()) for part in returns.parts)
        self.outputs = frozenset(name for _, names in self.parts for name in names)

    def check(self, *, points: float, title: str = "", needs: Iterable[Check] = ()) -> Callable[[Body], Check]:
        """Add a check of this function (decorator).

        Parameters
        ----------
        points
            The points for passing it.
        title
            The sentence that a student reads; by default, the docstring.
        needs
            Other checks of the same function on which this one is built, in addition to the functions that it needs.
        """
        if isinstance(points, bool) or not isinstance(points, int | float) or not points > 0:
            raise CourseError(
                f"exercise {self.exercise.name}: a check of {self.name} has {points!r} points, expected > 0"
            )

        def add(body: Body) -> Check:
            sentence = title or inspect.cleandoc(body.__doc__ or "").replace("\n", " ")
            check = Check(self, body, points, sentence.removesuffix("."), tuple(needs))
            if not all(isinstance(other, Check) for other in check.needs):
                raise CourseError(
                    f"{place_of(body)}: check {check.id} needs something that is not a check; list decorated functions"
                )
            if not sentence:
                raise CourseError(f"{place_of(body)}: check {check.id} has no docstring; write what it expects there")
            self.exercise.add(check)
            return check

        return add


class Exercise:
    """An exercise: functions in the order in which students read them, and their checks.

    Parameters
    ----------
    name
        The name of the exercise's folder.
    limits
        The limits of one submission, if they differ from the defaults.
    """

    def __init__(self, name: str, limits: Limits | None = None) -> None:
        self.name = name
        self.limits = limits or Limits()
        self.functions: dict[str, Function] = {}
        self.files: dict[str, bytes] = {}
        self.loading_public = True
        self._checks: list[Check] = []

    def function(
        self, name: str, *, returns: str | Part | tuple[str | Part, ...], needs: Iterable[Function] = ()
    ) -> Function:
        """Declare a function that students write.

        Parameters
        ----------
        name
            Its name in the student's file.
        returns
            The name of its result, or a tuple of names if it returns a tuple. A plain name is an array or a number;
            `handle`, `mapping`, `arrays`, `tuples` and `word` name other results.
        needs
            Functions that have to be right for this one's checks to be meaningful.
        """
        if name in self.functions:
            raise CourseError(f"{place_of_caller()}: function {name} is declared twice; remove one of the two")
        needed = tuple(needs)
        if not all(isinstance(other, Function) for other in needed):
            raise CourseError(
                f"{place_of_caller()}: {name} needs something that is not a function; "
                "list what `exercise.function` returned"
            )
        parts = returns if isinstance(returns, tuple) else (returns,)
        named = tuple(Part(part) if isinstance(part, str) else part for part in parts)
        declared = Returns(named, several=isinstance(returns, tuple))
        self.functions[name] = Function(self, name, declared, needed)
        return self.functions[name]

    def add(self, check: Check) -> None:
        """Add a check; `Function.check` calls this."""
        if any(other.id == check.id for other in self._checks):
            raise CourseError(
                f"{place_of(check.body)}: there is a check {check.id} already; rename one of the two Python functions"
            )
        check.visibility = "public" if self.loading_public else "hidden"
        self._checks.append(check)

    def data(self, name: str) -> bytes:
        """Return the content of a file in the exercise's `data/` folder; called inside checks."""
        try:
            return self.files[f"data/{name}"]
        except KeyError:
            raise FileNotFoundError(f"there is no data/{name}, or it is read outside of a check") from None

    def checks(self) -> tuple[Check, ...]:
        """Return all checks, function by function, public ones first."""
        order = {name: number for number, name in enumerate(self.functions)}
        return tuple(sorted(self._checks, key=lambda check: (order[check.function.name], check.visibility == "hidden")))

    def needed(self, check: Check) -> tuple[Check, ...]:
        """Return the checks that a check needs, directly or through others, each after those that it needs itself."""
        found: dict[str, Check] = {}

        def visit(needed: Iterator[Check]) -> None:
            for other in needed:
                if other.id not in found and other.id != check.id:
                    visit(self._directly_needed(other))
                    found[other.id] = other

        visit(self._directly_needed(check))
        return tuple(found.values())

    def _directly_needed(self, check: Check) -> Iterator[Check]:
        for function in check.function.needs:
            yield from (other for other in self.checks() if other.function is function)
        yield from check.needs


def place_of_caller() -> str:
    """Return the file and line from which the calling function was called."""
    frame = inspect.currentframe()
    caller = frame and frame.f_back and frame.f_back.f_back
    return f"{caller.f_code.co_filename}:{caller.f_lineno}" if caller else "?"


def place_of(body: Callable[..., object]) -> str:
    """Return file and line of a Python function, for messages to its author."""
    code = getattr(body, "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else repr(body)
