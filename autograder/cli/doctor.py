"""`autograder doctor`: how far out of reach student code is here, by what canaries could do in a real slot."""

from __future__ import annotations

import argparse
import sys

from autograder.report.doctor import examination
from autograder.report.style import style_of
from autograder.worker.choose import choose


def run(arguments: argparse.Namespace) -> int:
    """Print the examination; 0 where grading would start without further ado."""
    choice = choose(frozenset(arguments.without))
    print(examination(choice, frozenset(arguments.without), style_of(sys.stdout)), end="")
    return 0 if choice.evidence.level in ("good", "strong") else 1
