"""Moves a file across the border: a forbidden one to its own folder (and back), its own one to outside."""

import os


def attack():
    target = os.path.join(TARGETS["open_folder"], f"moved-{os.getpid()}")
    mine = f"mine-{os.getpid()}"
    try:
        with open(mine, "w") as file:
            file.write("x")
        os.rename(mine, target)
        os.unlink(target)
        return "a file of its own was moved to outside"
    except OSError:
        if os.path.exists(mine):
            os.unlink(mine)
    for source in (TARGETS["readable_secret"], TARGETS["neighbor"]):
        try:
            os.rename(source, mine)
        except OSError:
            continue
        os.rename(mine, source)
        return f"{source} was moved and put back"
