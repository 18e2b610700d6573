"""Looks at what lies beside its own folder: other sandboxes, other submissions."""

import os


def attack():
    here = os.getcwd()
    above = os.path.dirname(here)
    for place in ("..", above, "../..", os.path.dirname(above)):
        try:
            names = [name for name in os.listdir(place) if name != os.path.basename(here)]
        except OSError:
            continue
        if names:
            return f"{place} holds {names[:3]}"
