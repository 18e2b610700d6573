"""Makes sockets of families that guards forget: vsock, netlink, packet, raw, AF_ALG, Bluetooth, CAN, TIPC, XDP, SMC."""

import socket


def attack():
    families = (
        (40, 1, 0),
        (16, 3, 0),
        (16, 3, 9),
        (16, 3, 15),
        (17, 3, 768),
        (17, 2, 768),
        (2, 3, 1),
        (2, 3, 255),
        (2, 2, 1),
        (2, 1, 132),
        (2, 5, 132),
        (2, 6, 33),
        (10, 1, 0),
        (10, 3, 58),
        (38, 5, 0),
        (31, 3, 1),
        (29, 3, 1),
        (30, 4, 0),
        (44, 3, 0),
        (43, 1, 0),
        (15, 3, 2),
        (21, 5, 0),
        (41, 2, 0),
        (42, 2, 0),
        (2, 1, 262),
    )
    for family, kind, protocol in families:
        try:
            line = socket.socket(family, kind, protocol)
        except (OSError, ValueError):
            continue
        line.close()
        return f"socket of family {family}, kind {kind}, protocol {protocol}"
