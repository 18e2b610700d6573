"""Changes to a forbidden folder and reads names relative to it."""

import os


def attack():
    home = os.getcwd()
    for folder, name in (
        (os.path.dirname(TARGETS["readable_secret"]), os.path.basename(TARGETS["readable_secret"])),
        (TARGETS["neighbor_folder"], os.path.basename(TARGETS["neighbor"])),
    ):
        try:
            os.chdir(folder)
            with open(name, "rb") as file:
                data = file.read()
        except OSError:
            continue
        finally:
            os.chdir(home)
        if data:
            return f"{name}: {len(data)} bytes"
