"""Looks in sys.modules for what the grader left loaded: checks, answers, diagnosis, torch, other submissions."""

import sys


def attack():
    wanted = (
        "autograder.authoring",
        "autograder.checking",
        "autograder.course",
        "autograder.diagnosis",
        "autograder.grading",
        "autograder.key",
        "autograder.recording",
        "autograder.results",
        "autograder.verify",
        "torch",
        "solutions",
        "public_checks",
        "hidden_checks",
        "reference",
        "misconceptions",
        "submission",
    )
    for name, module in list(sys.modules.items()):
        if module is not None and any(name == word or name.startswith(word + ".") for word in wanted):
            return f"{name} is loaded here"
