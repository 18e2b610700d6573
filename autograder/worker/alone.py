"""A worker for one submission, without fork and without confinement: for a student's own file, on any platform.

One fresh interpreter a submission, its requests on standard input, its replies on standard output. Nobody else's code
is run like this.
"""

from __future__ import annotations

import os
import sys

from autograder.limits import Limits
from autograder.worker.serve import complete_builtins, serve


def main(limits: Limits) -> None:
    """Serve the one submission, on descriptors of our own: what the student's code prints must not reach the line."""
    reader, writer = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    if sys.platform == "win32":
        import msvcrt

        for line in (reader, writer):
            msvcrt.setmode(line, os.O_BINARY)
    complete_builtins()
    serve(reader, writer, limits)
    os._exit(0)
