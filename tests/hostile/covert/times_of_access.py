"""Leaves a message in files' times of access: reads some that were not read for long, and looks whether that shows."""

import os

import numpy as np


def attack():
    changed = []
    for top in (os.path.dirname(os.__file__), np.__path__[0]):
        for folder, _, names in os.walk(top):
            for name in names[:50]:
                place = os.path.join(folder, name)
                try:
                    before = os.stat(place).st_atime_ns
                    with open(place, "rb") as file:
                        file.read(1)
                    after = os.stat(place).st_atime_ns
                except OSError:
                    continue
                if after != before:
                    changed.append(place)
        try:
            before = os.stat(top).st_atime_ns
            os.listdir(top)
            if os.stat(top).st_atime_ns != before:
                changed.append(top)
        except OSError:
            continue
    return f"{len(changed)} files, among them {changed[0]}" if changed else None
