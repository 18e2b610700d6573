"""Writes large files, at most 150 MB in all, wherever it can."""

import os


def attack():
    """Success is more than 32 MB that lie on a disk at once."""
    block, names, written = bytes(1 << 20), [], 0
    try:
        for place in (".", TARGETS["open_folder"], "/tmp", "/dev/shm", "/var/tmp"):
            for number in range(6):
                name = os.path.join(place, f"flood-{os.getpid()}-{number}")
                try:
                    with open(name, "xb") as file:
                        names.append(name)
                        for _ in range(25):
                            if written < 150:
                                written += file.write(block) >> 20
                except OSError:
                    continue
    finally:
        for name in names:
            os.unlink(name)
    return f"{written} MB lay on disk" if written > 32 else None
