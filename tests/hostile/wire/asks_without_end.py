"""Asks one question after the other, with points of every kind, and never answers the call."""

import os

SHAPES = (b"\x90", b"\x91\x01", b"\x92\x01\x01")
POINTS = [b"\x95\xa5array\xa7float64" + shape + b"\xc4\x08" + bytes(8) + b"\xa1C" for shape in SHAPES]
POINTS += [b"\x93\xa9malformed\xa4text\xa4text"]


def ask_for_ever():
    bodies = [b"\x93\xa8question\xaacallback 0" + point for point in POINTS]
    while True:
        for body in bodies:
            for number in range(3, 64):
                try:
                    os.set_blocking(number, False)
                    os.write(number, len(body).to_bytes(4, "little") + body)
                    os.read(number, 1 << 16)
                except OSError:
                    try:
                        os.read(number, 1 << 16)
                    except OSError:
                        continue


def fit_standardizer(x):
    ask_for_ever()


def standardize(x, mean, std):
    ask_for_ever()
