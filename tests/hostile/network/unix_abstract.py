"""Connects to an abstract socket, which no file's permission guards."""

import socket


def attack():
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(1)
        line.connect("\0" + TARGETS["abstract_name"])
        return "connected to the abstract name"
