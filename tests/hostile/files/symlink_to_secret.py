"""Makes a symbolic link to a forbidden file in every writable place and reads through it."""

import os


def attack():
    for place in (".", TARGETS["open_folder"], "/tmp", "/dev/shm"):
        link = os.path.join(place, f"link-{os.getpid()}")
        for make in (os.symlink, lambda target, name: os.symlink(os.path.relpath(target, place), name)):
            try:
                make(TARGETS["readable_secret"], link)
            except OSError:
                continue
            try:
                with open(link, "rb") as file:
                    data = file.read()
                return f"read {len(data)} bytes through {link}"
            except OSError:
                pass
            finally:
                os.unlink(link)
