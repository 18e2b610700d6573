"""Lists what is installed for the grader: folders, entry points, metadata of distributions."""

import importlib.metadata
import os


def attack():
    try:
        names = os.listdir(TARGETS["site_packages"])
        if names:
            return f"{len(names)} packages are listed"
    except OSError:
        pass
    for name in ("torch", "autograder", "pytest", "rich"):
        for place in (None, TARGETS["site_packages"]):
            try:
                found = next(
                    iter(
                        importlib.metadata.distributions(
                            name=name, path=[place] if place else None or __import__("sys").path
                        )
                    )
                )
            except (StopIteration, OSError):
                continue
            if found.version:
                return f"{name} {found.version} told by its metadata"
