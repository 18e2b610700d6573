"""Exchanges its own file with another student's by renameat2(RENAME_EXCHANGE), and at once back."""

import os


def attack():
    for place in (TARGETS["neighbor_folder"], TARGETS["open_folder"], "."):
        mine = os.path.join(place, f"bait-{os.getpid()}")
        try:
            with open(mine, "w") as file:
                file.write("x")
        except OSError:
            continue
        swap = (316, -100, mine.encode(), -100, TARGETS["neighbor"].encode(), 2)
        try:
            c(*swap)
            c(*swap)
            return "the neighbor's file was exchanged, and back"
        except OSError:
            continue
        finally:
            os.unlink(mine)
