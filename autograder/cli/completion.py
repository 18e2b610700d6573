"""`autograder completion`: what a shell has to read to complete commands and options; made by shtab."""

from __future__ import annotations

import argparse

from autograder.cli.main import parser


def completion(arguments: argparse.Namespace) -> int:
    """Print the script for a shell."""
    import shtab

    print(shtab.complete(parser(), arguments.shell))
    return 0
