"""The example for a failed check: the failing call, or one with simpler inputs that shows the same mistake."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder import wire
from autograder.authoring import Check
from autograder.checking import Run, Verdict, WrongValues, explain
from autograder.debugging.calls import FailingCall, find_failing_call
from autograder.debugging.code import WIDTH, code_of

MAX_TOLD = 160  # characters of arguments in a sentence
ROUNDER = 0.75  # of the digits
BY_HAND = 8  # numbers with which somebody may compute by hand


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """The failing call of a check.

    Attributes
    ----------
    failing
        The simplest call that was found.
    original
        The call with the check's own inputs.
    parameters
        The parameters of every function, as a student writes them.
    simpler
        The number of the simpler inputs in the check's list, or None for its own.
    """

    failing: FailingCall
    original: FailingCall
    parameters: Mapping[str, Sequence[str]]
    simpler: int | None = None

    @property
    def is_simpler(self) -> bool:
        """Say whether simpler inputs than the check's own were found."""
        return self.simpler is not None

    def as_checked(self) -> Example:
        """Return the same with the check's own inputs."""
        return replace(self, failing=self.original, simpler=None)

    def code(self) -> str:
        """Return the call as code to copy."""
        return code_of(self.failing, self.parameters)

    def told(self) -> str:
        """Return the call as a student reads it: its function, and the code to copy."""
        lines = [f"    {line}" for line in self.code().splitlines()]
        simpler = textwrap.wrap(self.words(), WIDTH)
        return "\n".join([*simpler, f"The failing call of {self.failing.check}:", *lines])

    def words(self) -> str:
        """Return what is wrong already with simpler inputs, in one line, or nothing."""
        if not self.is_simpler:
            return ""
        call = self.failing.last
        names = [name.partition("=")[0] for name in self.parameters.get(call.function, ())]
        arguments = {**dict(zip(names, call.args, strict=False)), **call.kwargs}
        told = [f"{name} = {_plain(value)}" for name, value in arguments.items() if _is_told(value)]
        given = ", ".join(told)
        verdict = Verdict(status="failed", failure=self.failing.failure, function=call.function)
        fact = explain(verdict, call.function, "public", "").splitlines()[0]
        return f"Already with {given}: {fact}" if given and len(given) <= MAX_TOLD else f"Already with less: {fact}"


def with_simplest(example: Example, check: Check, runs: Iterable[Run]) -> Example:
    """Return the example with the simplest of the calls that fail in the same way in runs with simpler inputs."""
    best = example
    for number, run in enumerate(runs):
        found = find_failing_call(check, run)
        if found is not None and _is_same(found, example.original) and _is_simpler(found, best.failing):
            best = replace(example, failing=found, simpler=number)
    return best


def simpler_words(examples: Mapping[str, Example]) -> dict[str, str]:
    """Return what is wrong already with simpler inputs, by check."""
    return {check: words for check, example in examples.items() if (words := example.words())}


def _is_simpler(found: FailingCall, other: FailingCall) -> bool:
    """Say whether a call has fewer numbers than another one, or as many, with clearly fewer digits."""
    (numbers, digits), (more, longer) = found.size(), other.size()
    by_hand = numbers <= BY_HAND and isinstance(found.failure, WrongValues)
    return numbers < more or (numbers == more and by_hand and digits <= ROUNDER * longer)


def _is_same(found: FailingCall, failing: FailingCall) -> bool:
    """Say whether two calls fail in the same way: the same function, the same kind of failure, the same value."""
    return (
        type(found.failure) is type(failing.failure)
        and found.last.function == failing.last.function
        and found.place == failing.place
        and getattr(found.failure, "name", "") == getattr(failing.failure, "name", "")
    )


def _is_told(value: wire.Value) -> bool:
    return not isinstance(value, wire.Handle | wire.Callback | wire.Generator)


def _plain(value: wire.Value) -> str:
    """Return a value as one writes it by hand."""
    if isinstance(value, wire.Array):
        return str(wire.unpack(value).tolist())
    if isinstance(value, wire.Mapping):
        return f"{{{', '.join(f'{key}: {_plain(item)}' for key, item in value.items.items())}}}"
    if isinstance(value, wire.Items):
        return f"[{', '.join(map(_plain, value.items))}]"
    return repr(value)
