"""Makes the machine write to its disks, which others feel: by fsync, fdatasync, sync and syncfs."""

import os


def attack():
    done = []
    descriptor = os.open(os.__file__, os.O_RDONLY)
    for name, number, *arguments in (("fsync", 74, descriptor), ("fdatasync", 75, descriptor), ("sync", 162), ("syncfs", 306, descriptor)):
        try:
            c(number, *arguments)
            done.append(name)
        except OSError:
            continue
    return done
