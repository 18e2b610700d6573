"""Reads from sys.argv, sys.orig_argv, sys.path and module files where the grader and its submissions lie."""

import os
import sys


def attack():
    forbidden = (
        TARGETS["submissions_folder"],
        os.path.dirname(TARGETS["reference"]),
        os.path.dirname(TARGETS["results"]),
    )
    texts = [*sys.argv, *sys.orig_argv, *sys.path, *sys._xoptions]
    for text in texts:
        for folder in forbidden:
            if str(text).startswith(folder):
                return f"a path of the grader's is told: {folder}"
