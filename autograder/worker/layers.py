"""Which layers of confinement a machine has, and what would bring those that it lacks."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass

from autograder.worker import landlock, seccomp
from autograder.worker.choose import Choice

LAYERS = ("bubblewrap", "user", "landlock", "filter", "limits")


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One layer: whether it is there, what that means, and what to do where it is not."""

    name: str
    on: bool
    fact: str
    mend: str = ""


def layers(choice: Choice, without: frozenset[str]) -> list[Layer]:
    """Return all layers, from the outside inwards."""
    found = (_bubblewrap(choice), _user(choice), _landlock(), _filter(), _limits())
    return [_left_out(layer) if layer.name in without else layer for layer in found]


def _left_out(layer: Layer) -> Layer:
    return Layer(name=layer.name, on=False, fact="left out, as was asked")


def _bubblewrap(choice: Choice) -> Layer:
    if choice.surrounding.bubblewrap:
        return Layer(
            name="bubblewrap", on=True, fact="name spaces of its own: processes, files, network, memory, names"
        )
    if shutil.which("bwrap") is None:
        return Layer(name="bubblewrap", on=False, fact="not installed", mend="install it: apt-get install bubblewrap")
    return Layer(
        name="bubblewrap",
        on=False,
        fact=_why(choice, bubblewrap=True),
        mend="allow user name spaces (Ubuntu 24.04: an AppArmor profile for bwrap; Docker: a security profile)",
    )


def _user(choice: Choice) -> Layer:
    if choice.surrounding.user is not None:
        return Layer(name="user", on=True, fact=f"user {choice.surrounding.user}, who owns nothing")
    if os.geteuid() != 0:
        return Layer(name="user", on=False, fact="your own: only root can become another one; no need to")
    mend = "put Python where others can read it, outside of root's home"
    return Layer(name="user", on=False, fact=_why(choice, bubblewrap=False), mend=mend)


def _why(choice: Choice, *, bubblewrap: bool) -> str:
    reasons = [reason for surrounding, reason in choice.refused if bool(surrounding.bubblewrap) == bubblewrap]
    return f"does not work: {reasons[0]}" if reasons else "does not work"


def _landlock() -> Layer:
    version = landlock.version()
    if version:
        return Layer(name="landlock", on=True, fact=f"version {version}: reads Python and NumPy, writes nowhere")
    mend = "use Linux 5.13 or later with Landlock switched on (boot parameter lsm=landlock,...)"
    return Layer(name="landlock", on=False, fact="the kernel does not offer it", mend=mend)


def _filter() -> Layer:
    if seccomp.build() is not None:
        return Layer(
            name="filter", on=True, fact="system calls from a short list: no process, thread, socket or signal"
        )
    mend = "grade on a machine with an x86_64 processor"
    return Layer(name="filter", on=False, fact=f"there is none for {platform.machine()}", mend=mend)


def _limits() -> Layer:
    return Layer(name="limits", on=True, fact="computing time, memory, descriptors, size of files")
