"""How an exercise's checks are written: a suite of functions that ask, and yield what must hold.

    suite = Suite({"sgd": returns("x_next", opaque("state"))})

    @suite.public("sgd", "reference", "One step goes against the gradient, scaled by the learning rate", points=4)
    def one_step(ask, draw):
        x_next, state = ask.sgd(draw.normal(3, 2), draw.normal(3, 2), {}, lr=0.1)
        yield same("x_next", x_next)

A check's id is `<function>.<name of the Python function>`. It runs when a book is recorded, never when one is graded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.ask.asking import Asking
from autograder.ask.draw import Draw
from autograder.claims import Claim
from autograder.kinds import Kind, Visibility
from autograder.limits import Limits
from autograder.script import Part, Returns

Body = Callable[[Asking, Draw], Iterator[Claim]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A check as its author wrote it."""

    id: str
    function: str
    kind: Kind
    title: str
    visibility: Visibility
    points: float
    body: Body


class Suite:
    """The checks of one exercise, in the order in which they were written."""

    def __init__(self, functions: dict[str, Returns], limits: Limits | None = None) -> None:
        self.functions = functions
        self.limits = limits or Limits()
        self.drafts: list[Draft] = []

    def public(self, function: str, kind: Kind, title: str, *, points: float) -> Callable[[Body], Body]:
        """Add a check that students hold and run themselves."""
        return self._adder(function, kind, title, "public", points)

    def hidden(self, function: str, kind: Kind, title: str, *, points: float) -> Callable[[Body], Body]:
        """Add a check of whose inputs and answers students see nothing."""
        return self._adder(function, kind, title, "hidden", points)

    def _adder(
        self, function: str, kind: Kind, title: str, visibility: Visibility, points: float
    ) -> Callable[[Body], Body]:
        if function not in self.functions:
            raise ValueError(f"check {title!r}: the suite has no function {function!r}")

        def add(body: Body) -> Body:
            name = f"{function}.{getattr(body, '__name__', 'check')}"
            if any(draft.id == name for draft in self.drafts):
                raise ValueError(f"check {name}: there is one of this id already; rename one of the two")
            self.drafts.append(
                Draft(
                    id=name,
                    function=function,
                    kind=kind,
                    title=title,
                    visibility=visibility,
                    points=points,
                    body=body,
                )
            )
            return body

        return add


def returns(*parts: str | Part) -> Returns:
    """Say what a function returns: one part as it is, several as a tuple; a plain name stands for an array."""
    named = tuple(Part(part) if isinstance(part, str) else part for part in parts)
    return Returns(named, several=len(named) > 1)


def opaque(name: str) -> Part:
    """Name a part that is the student's own and only handed on."""
    return Part(name, "opaque")


def mapping(name: str, *keys: str) -> Part:
    """Name a part that is a dict of arrays with exactly these keys."""
    return Part(name, "mapping", keys)


def arrays(name: str) -> Part:
    """Name a part that is a list of arrays."""
    return Part(name, "list")
