"""Makes a folder in a folder, 1500 deep, which whoever cleans up by recursion falls over, and removes it."""

import os


def attack():
    start = os.getcwd()
    for place in (".", TARGETS["open_folder"], "/tmp"):
        depth = 0
        try:
            os.chdir(place)
            while depth < 1500:
                os.mkdir("deep")
                os.chdir("deep")
                depth += 1
        except OSError:
            pass
        for _ in range(depth):
            os.chdir("..")
            os.rmdir("deep")
        os.chdir(start)
        if depth == 1500:
            return f"{depth} folders deep in {place}"
