"""Creates files in every place that is often writable for all."""

import os


def attack():
    home = os.path.expanduser("~")
    for place in (
        TARGETS["open_folder"],
        "/tmp",
        "/var/tmp",
        "/dev/shm",
        home,
        "/run/lock",
        "/run/user/0",
        "/var/crash",
        "/dev/mqueue",
        TARGETS["submissions_folder"],
        TARGETS["neighbor_folder"],
        TARGETS["checkout"],
        "/",
    ):
        path = os.path.join(place, f"left-{os.getpid()}")
        try:
            with open(path, "x") as file:
                file.write("x")
        except OSError:
            continue
        os.unlink(path)
        return f"wrote in {place}"
