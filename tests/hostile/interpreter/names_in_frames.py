"""Looks in callers' locals and globals for what a grader must keep to itself: expected values, keys, points."""

import sys
import types


def attack():
    frame = sys._getframe(1)
    wanted = ("expected", "answer_key", "answerkey", "recorded", "verdict", "tolerance", "points", "misconception", "secret")
    while frame is not None:
        for names in (frame.f_locals, frame.f_globals):
            for name, value in list(names.items()):
                plain = not isinstance(value, (types.FunctionType, types.ModuleType, type)) and value is not None
                if plain and any(word in name.lower() for word in wanted) and name != "TARGETS":
                    return f"{frame.f_code.co_name} holds {name}: {type(value).__name__}"
        frame = frame.f_back
