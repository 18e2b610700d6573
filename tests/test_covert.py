"""What one submission's process can tell a later one by what it leaves in the machine's memory: nothing.

A sender gets random bits and leaves them in caches of the file system; a receiver, in another process of the same
sandbox, measures them. Bits that are guessed agree by half. Between the two, somebody uses more memory than the
processor's own caches hold: what these tell is another matter, which docs/security.md is frank about.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import msgspec
import numpy as np
import pytest

from autograder.cells import Cell
from autograder.limits import Limits
from autograder.sandbox import BARE, OuterSandbox, Sandbox, Session, confinement
from autograder.wire import Call, Items, Load, Part, Reply, Returned, Returns, unpack

ENCODE = msgspec.msgpack.encode
BITS = 256
GUESSED = 0.7  # of the bits may agree: more happens once in 10¹⁰ times
COMMON = """
import os, time
import numpy as np

def files():
    found = []
    for top in (os.path.dirname(os.__file__), np.__path__[0]):
        for folder, folders, names in os.walk(top):
            folders[:] = [name for name in folders if name not in ("site-packages", "__pycache__")]
            found += [os.path.join(folder, name) for name in names if name.endswith((".py", ".pyi", ".so"))]
    return [place for place in sorted(found) if os.access(place, os.R_OK)]

def took(action, place):
    started = time.perf_counter_ns()
    try:
        action(place)
    except OSError:
        pass
    return float(time.perf_counter_ns() - started)

def read(place):
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.pread(descriptor, 1, os.fstat(descriptor).st_size // 2)
    finally:
        os.close(descriptor)
"""
# Leaves pages in memory that were not there, and times of access.
READS = """
def send(bits):
    for place, bit in zip(files(), bits):
        if bit:
            try: read(place)
            except OSError: pass
    return 0.0

def receive(count):
    return np.array([took(read, place) for place in files()[:int(count)]])
"""
# Leaves names in memory that were asked for in vain.
ASKS = """
def names(number):
    return [f"{os.path.dirname(os.__file__)}/{TAG}-{number}-{copy}" for copy in range(5)]

def send(bits):
    for number, bit in enumerate(bits):
        for place in names(number) * bit:
            os.path.exists(place)
    return 0.0

def receive(count):
    return np.array([np.median([took(os.stat, place) for place in names(i)]) for i in range(int(count))])
"""


# Leaves nothing of the sender's in the caches of the processor.
BETWEEN = """
import numpy as np

def forget(size):
    values = np.zeros(int(size))
    for step in range(3):
        values += step
    return values[-1]
"""
PROCESSORS_CACHES = 2**23  # numbers: more than processors have


def make_cold() -> None:
    """Drop from memory what can be dropped of Python's and NumPy's files, as after a start of the machine."""
    for top in (Path(os.__file__).parent, Path(np.__file__).parent):
        for file in top.rglob("*"):
            if "site-packages" not in file.relative_to(top).parts and file.is_file():
                descriptor = os.open(file, os.O_RDONLY)
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(descriptor)


def agreement(outer: OuterSandbox, source: str) -> float:
    """Return which share of random bits a receiver gets right, or wrong, from a sender before it."""
    generator = random.Random(7)
    bits = [generator.getrandbits(1) for _ in range(BITS)]
    text = f"{COMMON}\nTAG = 'asked-{os.urandom(4).hex()}'\n{source}"
    with Sandbox(Limits(), outer) as sandbox:
        with sandbox.session() as session:
            call(session, text, "send", Items(tuple(bits)))
        with sandbox.session() as session:
            call(session, BETWEEN, "forget", PROCESSORS_CACHES)
        with sandbox.session() as session:
            times = call(session, text, "receive", BITS)
    received = times > np.median(times)
    share = float(np.mean(received == np.array(bits, bool)))
    return max(share, 1 - share)


def call(session: Session, source: str, function: str, argument: object) -> np.ndarray:
    """Import a file and call one of its functions."""
    returns = Returns((Part("value"),), several=False)
    session.exchange(ENCODE(Load("covert", Cell(label="covert.py", source=source.encode(), required=True))))
    reply = session.exchange(ENCODE(Call(0, 0, function, (argument,), {}, returns)))
    outcome = msgspec.msgpack.decode(reply, type=Reply).outcome
    assert isinstance(outcome, Returned), outcome
    return unpack(outcome.outputs["value"])


def test_files_that_were_read_tell_nothing_at_good(monkeypatch):
    """Without bubblewrap, a run first reads everything that can be read: no page is left to bring into memory."""
    make_cold()
    monkeypatch.setenv("PATH", "/nowhere")  # where there is no bubblewrap
    confined = confinement("good")
    assert confined.level == "good"
    assert agreement(confined.outer, READS) < GUESSED


@pytest.mark.parametrize("source", [READS, ASKS])
def test_files_and_names_tell_nothing_at_strong(source):
    """In bubblewrap, all files are in memory, and names that were looked for in vain are not remembered."""
    make_cold()
    confined = confinement("strong")
    assert confined.outer.device_in_memory() >= 0
    assert agreement(confined.outer, source) < GUESSED


def test_channel_is_open_where_nothing_is_done_about_it():
    """The measurement finds bits where there are some: in names in the folders of a disk, without bubblewrap."""
    assert agreement(BARE, ASKS) > GUESSED
