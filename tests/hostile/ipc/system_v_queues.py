"""Makes semaphores and message queues of System V, and lists those of the machine."""

import ctypes


def attack():
    room = ctypes.create_string_buffer(512)
    ways = (
        (lambda: c(64, 0, 1, 0o600 | 0o1000), lambda number: c(66, number, 0, 0)),
        (lambda: c(68, 0, 0o600 | 0o1000), lambda number: c(71, number, 0, 0)),
        (lambda: c(71, 0, 3, room), lambda number: None),
        (lambda: c(31, 0, 14, room), lambda number: None),
    )
    for index, (make, remove) in enumerate(ways):
        try:
            remove(make())
            return f"way {index} worked"
        except OSError:
            continue
