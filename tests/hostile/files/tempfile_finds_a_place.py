"""Lets tempfile look for a folder outside its own that can be written."""

import os
import tempfile


def attack():
    for place in (None, "/tmp", "/var/tmp", "/usr/tmp", TARGETS["open_folder"]):
        tempfile.tempdir = None
        try:
            with tempfile.NamedTemporaryFile(dir=place) as file:
                folder = os.path.dirname(os.path.realpath(file.name))
        except OSError:
            continue
        if folder != os.path.realpath(os.getcwd()):
            return f"tempfile wrote in {folder}"
