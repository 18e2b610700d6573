"""What a student wrote or is called, made safe to show: on a terminal, in a text file, in a table.

Every name and text of a student's that is printed or written goes through `printable`, and `csv_cell` where a
spreadsheet opens it. Only `results.jsonl`, where JSON escapes what has to be, has it as it is.
"""

from __future__ import annotations

import re
import unicodedata

DIGITS = re.compile(r"(\d+)")
# What begins a formula, also behind a separator by which a spreadsheet of another language splits the line.
FORMULA = re.compile(r"(^|[;,|])(?=\s*[-=+@－＝＋＠])")


def printable(line: str) -> str:
    r"""Return a line with a question mark for every character that is not printable, line breaks included.

    Examples
    --------
    >>> printable("a\x1b[31mb\n")
    'a?[31mb?'
    """
    if line.isprintable():
        return line
    return "".join(character if character.isprintable() else "?" for character in line)


def csv_cell(name: str) -> str:
    """Return a name for a cell of a table; a spreadsheet shows it, and computes nothing.

    Examples
    --------
    >>> csv_cell("=1+1"), csv_cell("o'neill; jean-pierre")
    ("'=1+1", "o'neill; jean-pierre")
    """
    return FORMULA.sub(r"\1'", printable(name))


def natural_order(name: str) -> tuple[tuple[str | int, ...], str]:
    """Return what to sort names by as a person does: "student2" before "student10", "Émile" between "emil" and "eva".

    Examples
    --------
    >>> sorted(["student10", "Zoë", "student2", "adam", "Émile", "eva"], key=natural_order)
    ['adam', 'Émile', 'eva', 'student2', 'student10', 'Zoë']
    """
    decomposed = unicodedata.normalize("NFKD", name)
    base = "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
    # Split at digits, texts and numbers take turns, so that like is compared with like.
    return tuple(int(part) if index % 2 else part for index, part in enumerate(DIGITS.split(base))), name
