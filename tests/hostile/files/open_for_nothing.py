"""Opens files with the access mode that is neither reading nor writing."""

import os


def attack():
    for name in ("readable_secret", "neighbor", "reference"):
        try:
            os.close(os.open(TARGETS[name], 3))
        except OSError:
            continue
        return f"{name} is open"
