"""Reads the machine's lists of users."""


def attack():
    for path in ("/etc/passwd", "/etc/shadow", "/etc/group"):
        try:
            with open(path, "rb") as file:
                length = len(file.read())
        except OSError:
            continue
        if length:
            return f"{path}: {length} bytes"
