"""Asks the kernel by netlink for the machine's addresses."""

import socket
import struct


def attack():
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as line:
        line.settimeout(1)
        line.bind((0, 0))
        line.send(struct.pack("=IHHIIBxxxI", 24, 22, 0x301, 1, 0, 0, 0))
        return f"{len(line.recv(65536))} bytes of addresses"
