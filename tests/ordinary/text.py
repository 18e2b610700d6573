"""What is done with text and bytes."""

import ast
import base64
import binascii
import csv
import hashlib
import html
import io
import json
import locale
import re
import string
import struct
import textwrap
import unicodedata
import uuid
import zlib
from collections import OrderedDict
from pprint import pformat

import numpy as np


def formatted():
    name, value = "loss", 3.14159
    text = f"{name!r:>8} {value:.3f} {value:10.2e} {1234567:,} {0.25:%} {255:#x} {value=:.1f} {{}}"
    text += "%s %5.2f %03d" % (name, value, 7) + "{:<6}|{:^6}|{n:>6}".format("a", "b", n="c") + format(value, "+.2g")
    return list((text + f"{np.float64(0.1)} {np.arange(3)} {np.float32(0.1)!r}").encode())


def regular_expressions():
    pattern = re.compile(r"(?P<name>\w+)\s*=\s*(?P<value>[-+]?\d+(?:\.\d+)?)", re.IGNORECASE)
    found = {match["name"]: float(match["value"]) for match in pattern.finditer("lr = 0.5, Beta=-2")}
    return [found["lr"], found["Beta"], len(re.split(r"[,;]\s*", "a, b;c")), *re.sub("[aeiou]", "*", "gradient").encode()]


def json_text():
    text = json.dumps({"lr": 1e-3, "steps": [1, 2], "nested": {"ok": True, "none": None}}, indent=2, sort_keys=True)
    back = json.loads(text)
    return [back["lr"], *back["steps"], back["nested"]["ok"], *text.encode()]


def tables_in_memory():
    written = io.StringIO()
    writer = csv.DictWriter(written, ["step", "loss"])
    writer.writeheader()
    writer.writerows({"step": n, "loss": n / 2} for n in range(3))
    rows = list(csv.reader(io.StringIO(written.getvalue())))
    return [float(cell) for row in rows[1:] for cell in row]


def literals():
    return [*ast.literal_eval("[1, 2.5, -3]"), ast.literal_eval("{'a': (1, 2)}")["a"][1], eval("1 + 2"), len(ast.parse("x = 1").body)]


def binary_records():
    packed = struct.pack("<if3s", 7, 0.5, b"abc")
    return [*packed, *struct.unpack("<if3s", packed)[:2], struct.calcsize("d"), *(258).to_bytes(2, "big"), *bytes.fromhex("ff00")]


def digests():
    return [*hashlib.sha256(b"seed").digest(), *hashlib.md5(b"x", usedforsecurity=False).digest(), *hashlib.blake2b(b"x", digest_size=4).digest()]


def encodings():
    text = "naïve Größe ∂L/∂w"
    return [*base64.b64encode(text.encode()), *zlib.decompress(zlib.compress(b"a" * 9)), zlib.crc32(b"abc"), *binascii.hexlify(b"ab"),
            *unicodedata.normalize("NFD", text).encode("utf-16-le"), len(text.encode("latin-1", "replace")), *html.escape("<&>").encode()]


def identifiers():
    return [uuid.UUID(int=5).int, uuid.uuid5(uuid.NAMESPACE_DNS, "course").fields[1], uuid.uuid4().version, len(str(uuid.uuid4()))]


def wrapped():
    text = textwrap.dedent("""
        Momentum smooths
        the gradient.
    """)
    parts = [textwrap.fill(text, 12), textwrap.indent(text, "> "), textwrap.shorten(text, 16), string.capwords("a bc"),
             string.Template("$a of $b").substitute(a=1, b=2), string.ascii_lowercase, pformat({"b": [1] * 40, "a": 2})]
    return list("|".join(parts).encode())


def methods_of_text():
    words = "The quick brown fox".split()
    return [len(words), *"-".join(reversed(words)).casefold().encode(), *"a".zfill(3).encode(), *"x".center(5, "*").encode(),
            "abcabc".rfind("b"), *"tab\tbed".expandtabs(4).encode(), *"abc".translate(str.maketrans("ab", "xy")).encode(),
            "12".isdigit(), *"k=v".partition("=")[2].encode(), *"pre_x".removeprefix("pre_").encode(), "a" in "cat"]


def numbers_by_locale():
    return [*locale.str(1.5).encode(), locale.atof("2.5"), *OrderedDict(b=1, a=2).values()]


def streams_in_memory():
    lines, raw = io.StringIO("one\ntwo\nthree"), io.BytesIO(b"\x01\x02")
    return [sum(map(len, lines)), raw.read(1)[0], raw.tell(), len(raw.getvalue())]
