"""Leaves a symbolic link where the grader may follow it later."""

import os


def attack():
    for place in (
        ".",
        os.path.dirname(os.path.abspath(__file__)) if "__file__" in globals() else ".",
        TARGETS["neighbor_folder"],
    ):
        link = os.path.join(place, f"trap-{os.getpid()}")
        try:
            os.symlink("/etc/passwd", link)
        except OSError:
            continue
        os.unlink(link)
        return f"a link was made in {place}"
