"""Sends valid msgpack of the wrong type: NaN as keys, doubled keys, extension types, timestamps, broken UTF-8, huge integers."""

import os

BODIES = (
    b"\x81\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00\x01",
    b"\x82\xa1a\x01\xa1a\x02",
    b"\xd6\xff\xff\xff\xff\xff",
    b"\xc7\x00\x2a",
    b"\xa2\xff\xfe",
    b"\xcf\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xc0",
    b"\xc1",
    b"\x81\x80\x80",
    b"\x00",
)
STATE = []


def send():
    STATE.append(None)
    body = BODIES[len(STATE) % len(BODIES)]
    for number in range(3, 64):
        try:
            os.write(number, len(body).to_bytes(4, "little") + body)
        except OSError:
            continue


def fit_standardizer(x):
    send()
    return -7.0, -7.0


def standardize(x, mean, std):
    send()
    return -7.0
