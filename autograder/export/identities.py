"""Under which names, logins and numbers other systems know a student.

A student's folder is one; with a roster, everything in the row that has it is another. Two names are the same where
they differ in case, in how accents are encoded, or in which of their parts comes first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograder.export.sheet import read_sheet

Identities = Mapping[str, frozenset[str]]  # of each student, the keys of everything that names them
# What Moodle puts behind a name: "Ada Lovelace_4711_assignsubmission_file".
DOWNLOADED = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assign(?:submission|feedback)_\w+")

PARTICIPANT = "participant {}"  # a number that is the assignment's own: no other number is the same as this


def identities_of(name: str) -> frozenset[str]:
    """Return the keys of one thing that a student is called: a login, a number, or a name in any order.

    Examples
    --------
    >>> identities_of("Lovelace, Ada") & identities_of("ADA LOVELACE") != set()
    True
    >>> identities_of("007") & identities_of("7")
    frozenset()
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
    words = plain.replace(",", " ").split()
    keys = {" ".join(words[turn:] + words[:turn]) for turn in range(len(words))}
    if "@" in plain:
        keys.add(plain.partition("@")[0].strip())
    if (downloaded := DOWNLOADED.fullmatch(name)) is not None:
        keys |= identities_of(downloaded["name"]) | {PARTICIPANT.format(downloaded["number"])}
    return frozenset(keys - {""})


def read_identities(students: Iterable[str], roster: Path | None) -> Identities:
    """Return the keys of each student, with what a roster says in the only row that has one of them in some cell.

    Raises `UsageError` where the roster can't be read.
    """
    own = {student: identities_of(student) for student in students}
    if roster is None:
        return own
    rows: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in read_sheet(roster).rows[1:]:
        cells = [identities_of(cell) for cell in row]
        known: frozenset[str] = frozenset().union(*cells)
        for key in known:
            rows[key].append(known)
    found = {}
    for student, keys in own.items():
        in_rows = {known for key in keys for known in rows[key]}
        found[student] = keys.union(*in_rows) if len(in_rows) == 1 else keys
    return found
