"""Makes a file that is a terabyte long and holds nothing, for whoever copies it."""

import os


def attack():
    for place in (".", TARGETS["open_folder"], "/tmp"):
        name = os.path.join(place, f"sparse-{os.getpid()}")
        try:
            with open(name, "xb") as file:
                for size in (1 << 40, 1 << 33):
                    try:
                        os.ftruncate(file.fileno(), size)
                        return f"a file of {size} bytes in {place}"
                    except OSError:
                        continue
        except OSError:
            continue
        finally:
            if os.path.exists(name):
                os.unlink(name)
