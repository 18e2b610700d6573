"""Misconceptions as an exercise's author writes them: a belief, and the code that follows from it.

    wrong = Misconceptions()

    @wrong(
        "sgd.adds_the_gradient",
        "A step follows the gradient.",
        "Where does the gradient point: downhill or uphill?",
        "At x = 3 the slope of x² is 6. Where should a small step end: below 3 or above it?",
        "Look at the sign in front of the learning rate.",
    )
    def sgd(x, grad, state, lr=1e-2):
        return x + lr * grad, state

The id begins with the function that loses its points. A class with static methods replaces several functions at once;
all other functions are the solution's, which the file may import (`from . import optimizers as right`). If the mistake
is a small change, `wrong.patch(..., replace="x - lr * grad", by="x + lr * grad")` changes the solution's text.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from autograder.authoring.exercise import place_of_caller
from autograder.course import CourseError

HINTS = 3  # a question, a property that is violated on a small input, the place to look
Override = TypeVar("Override", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True, slots=True)
class Patch:
    """A change of the solution's text: `replace` occurs in the function exactly once."""

    replace: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Misconception:
    """A wrong belief, and the wrong functions by name, or the patch that makes them.

    `combines` are the ids of several misconceptions held at once, or of the one of which this is another form. `like`
    is the id of another one that behaves the same in every check, for the reason in `because`. `place` is its file and
    line, for its author.
    """

    id: str
    place: str
    belief: str
    hints: tuple[str, ...]
    overrides: dict[str, Callable[..., Any]]
    patch: Patch | None = None
    combines: tuple[str, ...] = ()
    like: str = ""
    because: str = ""

    @property
    def function(self) -> str:
        """Return the function that loses points."""
        return self.id.partition(".")[0]

    @property
    def touched(self) -> frozenset[str]:
        """Return the functions that differ from the solution's."""
        return frozenset(self.overrides) or frozenset({self.function})


class Misconceptions:
    """The misconceptions about one exercise, in the order in which they were written: common ones first."""

    def __init__(self) -> None:
        self.found: list[Misconception] = []
        self.guarded_checks: tuple[str, ...] = ()
        self.written_as: dict[str, Patch] = {}  # by id
        self.unwritten: set[str] = set()  # ids

    def __call__(
        self, name: str, belief: str, *hints: str, like: str = "", because: str = ""
    ) -> Callable[[Override], Override]:
        """Add a misconception (decorator): its id, the belief in one sentence, three hints that escalate."""
        place = place_of_caller()

        def add(override: Override) -> Override:
            overrides = _functions_of(override)
            if name.partition(".")[0] not in overrides:
                raise CourseError(
                    f"{place}: misconception {name} overrides {', '.join(overrides)}; an id begins with the function "
                    "that loses points, and a dot"
                )
            self._add(
                Misconception(
                    id=name, place=place, belief=belief, hints=hints, overrides=overrides, like=like, because=because
                )
            )
            return override

        return add

    def patch(
        self, name: str, belief: str, *hints: str, replace: str, by: str, like: str = "", because: str = ""
    ) -> None:
        """Add a misconception as a change of the solution's text: in its function, `replace` becomes `by`."""
        self._add(
            Misconception(
                id=name,
                place=place_of_caller(),
                belief=belief,
                hints=hints,
                overrides={},
                patch=Patch(replace=replace, by=by),
                like=like,
                because=because,
            )
        )

    def both(self, *names: str) -> Callable[[Override], Override]:
        """Add the code of somebody with several misconceptions about one function at once (decorator)."""
        place = place_of_caller()

        def add(override: Override) -> Override:
            first, *others = names
            overrides = _functions_of(override)
            name = "+".join([first, *(other.partition(".")[2] for other in others)])
            forms = sum(other.combines == names for other in self.found)
            if forms:
                name = f"{name}~{forms + 1}"
            self._add(Misconception(id=name, place=place, belief="", hints=(), overrides=overrides, combines=names))
            return override

        return add

    def also(self, name: str) -> Callable[[Override], Override]:
        """Add another code for an existing misconception (decorator)."""
        place = place_of_caller()

        def add(override: Override) -> Override:
            number = 2 + sum(other.combines == (name,) for other in self.found)
            self._add(
                Misconception(
                    id=f"{name}~{number}",
                    place=place,
                    belief="",
                    hints=(),
                    overrides=_functions_of(override),
                    combines=(name,),
                )
            )
            return override

        return add

    def written(self, name: str, *, replace: str, by: str) -> None:
        """Give a change of the solution's text for a misconception whose own code could not be in a student's file.

        Repair tasks use it. In the function, `replace` becomes `by`.
        """
        if all(other.id != name for other in self.found):
            raise CourseError(f"{place_of_caller()}: there is no misconception {name} yet; write it above this line")
        self.written_as[name] = Patch(replace=replace, by=by)

    def never_written(self, *names: str) -> None:
        """Name misconceptions whose code is not what a student would write.

        They are not used for repair tasks: a parameter that is overwritten in the first line gives the mistake away.
        """
        self.unwritten.update(names)

    def guarded(self, *checks: str) -> None:
        """Name checks of cases that many treat separately, such as p = 0: their results are no evidence against a
        belief.
        """
        self.guarded_checks += checks

    def _add(self, misconception: Misconception) -> None:
        if any(other.id == misconception.id for other in self.found):
            raise CourseError(
                f"{misconception.place}: there is a misconception {misconception.id} already; rename one of the two"
            )
        self.found.append(misconception)


def _functions_of(override: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    if not isinstance(override, type):
        return {override.__name__: override}
    return {name: each.__func__ for name, each in vars(override).items() if isinstance(each, staticmethod)}


def namespace_of(misconception: Misconception, solution: ModuleType) -> dict[str, object]:
    """Return the functions of the solution, with those of a misconception instead of the right ones.

    The solution's own functions call the wrong ones, too, as they would in a student's file.
    """
    overrides = misconception.overrides or _patched(misconception, solution)
    source = Path(str(solution.__file__))
    namespace: dict[str, object] = {name: value for name, value in vars(solution).items() if name.startswith("__")}
    exec(compile(source.read_text("utf-8"), str(source), "exec"), namespace)
    namespace.update(overrides)
    return namespace


def patched_text(misconception: Misconception, patch: Patch, solution: ModuleType) -> str:
    """Return the text of a misconception's function, made by a change of the solution's text."""
    name = misconception.function
    file = str(solution.__file__)
    text = Path(file).read_text("utf-8")
    node = next(
        (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == name), None
    )
    source = ast.get_source_segment(text, node) if node else None
    if source is None:
        raise CourseError(f"{misconception.place}: misconception {misconception.id}: {file} defines no function {name}")
    if source.count(patch.replace) != 1:
        raise CourseError(
            f"{misconception.place}: misconception {misconception.id}: {patch.replace!r} occurs "
            f"{source.count(patch.replace)} times in {name} of {file}; expected once"
        )
    return source.replace(patch.replace, patch.by)


def _patched(misconception: Misconception, solution: ModuleType) -> dict[str, Callable[..., Any]]:
    patch, name, file = misconception.patch, misconception.function, str(solution.__file__)
    if patch is None:
        raise CourseError(f"{misconception.place}: misconception {misconception.id} overrides no function")
    namespace = dict(vars(solution))
    try:
        exec(compile(patched_text(misconception, patch, solution), file, "exec"), namespace)
    except SyntaxError as error:
        raise CourseError(
            f"{misconception.place}: misconception {misconception.id}: {patch.by!r} is not valid Python in place "
            f"of {patch.replace!r}: {error.msg}"
        ) from error
    function: Any = namespace[name]
    return {name: function}
