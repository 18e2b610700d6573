"""Under which names, logins and numbers other systems know a student.

A student's folder is one; with a roster, the name, the mail address and the IDs in it are others. Two names are the
same where they differ in case, in how accents are encoded, or in which of their parts comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from autograder.term import Roster, alike

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
    plain = alike(name)
    words = plain.replace(",", " ").split()
    keys = {" ".join(words[turn:] + words[:turn]) for turn in range(len(words))}
    if "@" in plain:
        keys.add(plain.partition("@")[0].strip())
    if (downloaded := DOWNLOADED.fullmatch(name)) is not None:
        keys |= identities_of(downloaded["name"]) | {PARTICIPANT.format(downloaded["number"])}
    return frozenset(keys - {""})


def read_identities(students: Iterable[str], roster: Roster) -> Identities:
    """Return the keys of each student: the folder's, and all that the roster says."""
    found = {}
    for student in students:
        keys = identities_of(student)
        known = roster.of_folder(student)
        if known is not None:
            keys = keys.union(*map(identities_of, (known.folder, known.name, known.email, *known.ids)))
        found[student] = keys
    return found
