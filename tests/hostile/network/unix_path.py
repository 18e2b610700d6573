"""Connects to a stream socket that has a path."""

import socket


def attack():
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(1)
        line.connect(TARGETS["unix_path"])
        return "connected to the path"
