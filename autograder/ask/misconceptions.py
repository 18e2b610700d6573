"""How an exercise's misconceptions are written: what somebody believes, and the code that comes of it.

    wrong = Misconceptions()

    @wrong(
        "sgd.adds_the_gradient",
        "A step follows the gradient.",
        "Where does the gradient point to: downhill or uphill?",
        "At x = 3 the slope of x² is 6. Where should a small step end: below 3 or above it?",
        "Look at the sign in front of the learning rate.",
    )
    def sgd(x, grad, state, lr=1e-2):
        return x + lr * grad, state

The id begins with the function that loses its points. A class with static methods overrides several functions at once;
all other functions are the solution's, which the file may import (`from . import optimizers as right`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

HINTS = 3  # a question, a property that is violated on a small input, the place to look
Override = TypeVar("Override", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True, slots=True)
class Misconception:
    """A wrong belief, and the functions that come of it by name.

    `combines` are the ids of two others that this one has at once. `like` is the id of another that no submission's
    behaviour can tell from this one, for the reason in `because`.
    """

    id: str
    belief: str
    hints: tuple[str, ...]
    overrides: dict[str, Callable[..., Any]]
    combines: tuple[str, ...] = ()
    like: str = ""
    because: str = ""

    @property
    def function(self) -> str:
        """Return the function that loses points."""
        return self.id.partition(".")[0]


class Misconceptions:
    """The misconceptions about one exercise, in the order in which they were written: common ones first."""

    def __init__(self) -> None:
        self.found: list[Misconception] = []

    def __call__(
        self, name: str, belief: str, *hints: str, like: str = "", because: str = ""
    ) -> Callable[[Override], Override]:
        """Add a misconception: its id, the belief in one sentence, three hints that escalate."""

        def add(override: Override) -> Override:
            overrides = _functions_of(override)
            self._add(
                Misconception(id=name, belief=belief, hints=hints, overrides=overrides, like=like, because=because)
            )
            return override

        return add

    def both(self, first: str, second: str) -> Callable[[Override], Override]:
        """Add the code of somebody who has two misconceptions about one function at once."""

        def add(override: Override) -> Override:
            name = f"{first}+{second.partition('.')[2]}"
            overrides = _functions_of(override)
            self._add(Misconception(id=name, belief="", hints=(), overrides=overrides, combines=(first, second)))
            return override

        return add

    def _add(self, misconception: Misconception) -> None:
        if any(other.id == misconception.id for other in self.found):
            raise ValueError(
                f"misconception {misconception.id}: there is one of this id already; rename one of the two"
            )
        if misconception.function not in misconception.overrides:
            raise ValueError(
                f"misconception {misconception.id}: its code overrides {', '.join(misconception.overrides)}; an id "
                "begins with the function that loses points, and a dot"
            )
        self.found.append(misconception)


def _functions_of(override: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    if not isinstance(override, type):
        return {override.__name__: override}
    return {name: each.__func__ for name, each in vars(override).items() if isinstance(each, staticmethod)}
