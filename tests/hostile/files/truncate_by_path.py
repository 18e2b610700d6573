"""Cuts another student's file by truncate(2), to the length that it has anyway."""

import os


def attack():
    for path in (TARGETS["neighbor"], TARGETS["results"], TARGETS["readable_secret"]):
        try:
            os.truncate(path, os.stat(path).st_size)
        except OSError:
            continue
        return f"truncate worked on {path}"
