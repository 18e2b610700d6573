"""Reads another student's submission, and lists the folder that holds it."""

import os
from pathlib import Path


def attack():
    try:
        return f"neighbor: {len(Path(TARGETS['neighbor']).read_bytes()) or None} bytes"
    except OSError:
        for folder in (TARGETS["neighbor_folder"], TARGETS["submissions_folder"]):
            try:
                names = os.listdir(folder)
            except OSError:
                continue
            if names:
                return f"{folder} lists {len(names)} names"
