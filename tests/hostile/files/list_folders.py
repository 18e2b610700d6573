"""Lists folders that tell who else is there: submissions, checkout, home, root, tmp."""

import os


def attack():
    places = [TARGETS["submissions_folder"], TARGETS["checkout"], os.path.dirname(TARGETS["key"])]
    for place in [*places, "/", "/home", "/root", "/tmp", "/etc", "/var", "/mnt"]:
        try:
            names = os.listdir(place)
        except OSError:
            continue
        if names:
            return f"{place} holds {names[:3]}"
