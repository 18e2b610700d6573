"""What `autograder doctor` prints: the level, each layer, each canary, and what is missing with the next step."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.kinds import Level
from autograder.report.style import Style
from autograder.worker.canaries import Sung
from autograder.worker.choose import Choice
from autograder.worker.layers import Layer, layers

MEANING: dict[Level, str] = {
    "strong": "student code sees nothing but itself, and can reach nothing",
    "good": "student code can read, change and reach nothing that is not its own; it may learn that things exist",
    "weak": "a layer is missing: student code could disturb this machine; grading refuses",
    "none": "student code could read references or change scores; grading refuses",
}


def examination(choice: Choice, without: frozenset[str], style: Style) -> str:
    """Return the text."""
    level = choice.evidence.level
    lines = [style.paint(f"Isolation: {level}", "strong") + f": {MEANING[level]}.", ""]
    lines += ["Layers, from the outside inwards"]
    for layer in layers(choice, without):
        lines += _layer(layer, style)
    lines += ["", "Canaries: what a submission tried in a real worker"]
    lines += [_canary(song, style) for song in choice.evidence.songs]
    return "\n".join([*lines, "", _conclusion(level)]) + "\n"


def _layer(layer: Layer, style: Style) -> Iterator[str]:
    word = style.paint("on     ", "good") if layer.on else style.paint("missing", "bad")
    yield f"  {layer.name:10}  {word}  {layer.fact}"
    if layer.mend:
        yield f"  {'':10}           next step: {layer.mend}"


def _canary(song: Sung, style: Style) -> str:
    if not song.through:
        return f"  {style.paint('held       ', 'good')}  {song.canary.tries}"
    tone = "open" if song.canary.leaves == "good" else "bad"
    return (
        f"  {style.paint('got through', tone)}  {song.canary.tries} "
        f"(kept from it by: {song.canary.held_by}; the level is at best {song.canary.leaves})"
    )


def _conclusion(level: Level) -> str:
    if level in ("strong", "good"):
        return "`autograder grade` runs here as it is."
    return f"`autograder grade` refuses here; `--isolation {level}` would let it run code that you trust."
