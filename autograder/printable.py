"""Make students' texts and names safe to show: on a terminal, in a text file, in a table.

Every student's name and text that is printed or written goes through `printable`, and through `csv_cell` if a
spreadsheet opens it. Only `results.jsonl` has them unchanged, since JSON escapes them.
"""

from __future__ import annotations

import re
import unicodedata

DIGITS = re.compile(r"(\d+)")
# Characters that begin a formula, also after a separator of spreadsheets in other languages.
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


def printable_text(text: str) -> str:
    """Return a text whose lines are printable, each on its own."""
    return "\n".join(map(printable, text.split("\n")))


def csv_cell(name: str) -> str:
    """Return a name for a cell of a table that no spreadsheet takes for a formula.

    Examples
    --------
    >>> csv_cell("=1+1"), csv_cell("o'neill; jean-pierre")
    ("'=1+1", "o'neill; jean-pierre")
    """
    return FORMULA.sub(r"\1'", printable(name))


def natural_order(name: str) -> tuple[tuple[str | int, ...], str]:
    """Return a key to sort names as people do: "student2" before "student10", "Émile" between "emil" and "eva".

    Examples
    --------
    >>> sorted(["student10", "Zoë", "student2", "adam", "Émile", "eva"], key=natural_order)
    ['adam', 'Émile', 'eva', 'student2', 'student10', 'Zoë']
    """
    decomposed = unicodedata.normalize("NFKD", name)
    base = "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
    # Split at digits, texts and numbers alternate, so that texts are compared with texts, and numbers with numbers.
    return tuple(int(part) if index % 2 else part for index, part in enumerate(DIGITS.split(base))), name
