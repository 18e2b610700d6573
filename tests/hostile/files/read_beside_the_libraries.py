"""Reads what lies in the folders of libraries and of Python, and is neither: a course may be installed there."""

import os


def attack():
    found = []
    for place in TARGETS["beside_the_libraries"]:
        try:
            with open(place, "rb") as file:
                found.append(f"{place}: {len(file.read(10))}")
        except OSError:
            continue
    for top in ("/usr/local/lib", "/usr/lib", "/lib", "/usr/lib64", "/usr/share", "/opt", "/usr/local", "/usr"):
        try:
            found.append(f"{top}: {len(os.listdir(top))} names")
        except OSError:
            continue
    return found
