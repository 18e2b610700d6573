"""Looks in sys.modules for what the grader left loaded: judge, answers, diagnosis, torch, other submissions."""

import sys


def attack():
    wanted = (
        "autograder.judge",
        "autograder.answers",
        "autograder.diagnose",
        "autograder.book",
        "autograder.grade",
        "autograder.verify",
        "autograder.ask",
        "autograder.catalogue",
        "torch",
        "solutions",
        "checks",
        "reference",
        "misconceptions",
        "submission",
    )
    for name, module in list(sys.modules.items()):
        if module is not None and any(name == word or name.startswith(word + ".") for word in wanted):
            return f"{name} is loaded here"
