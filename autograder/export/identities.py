"""The names, logins and numbers of a student in other systems.

They are the student's folder and, with a roster, the name, the mail address and the IDs in it. Two names count as the
same if they differ only in case, in the encoding of accents, or in which of their parts comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from autograder.term import Roster, alike

Identities = Mapping[str, frozenset[str]]  # by student, the keys of all their names
# What Moodle adds to a name: "Ada Lovelace_4711_assignsubmission_file".
DOWNLOADED = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assign(?:submission|feedback)_\w+")

PARTICIPANT = "participant {}"  # a number that belongs to the assignment, unlike all other numbers


def identities_of(name: str) -> frozenset[str]:
    """Return the keys of one name of a student: a login, a number, or a name in any order.

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
    """Return the keys of each student: those of the folder, and all from the roster."""
    found = {}
    for student in students:
        keys = identities_of(student)
        known = roster.of_folder(student)
        if known is not None:
            keys = keys.union(*map(identities_of, (known.folder, known.name, known.email, *known.ids)))
        found[student] = keys
    return found
