"""Read dates as systems write them for people, in many languages."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime, tzinfo

# By the first letters of its names in English, German, French, Spanish, Italian, Dutch, Portuguese.
MONTHS = {
    1: ("jan", "ene", "gen", "jän"),
    2: ("feb", "fév", "fev"),
    3: ("mar", "mär", "maa", "mrt"),
    4: ("apr", "avr", "abr"),
    5: ("may", "mai", "mei", "mag"),
    6: ("jun", "juin", "giu"),
    7: ("jul", "juil", "lug"),
    8: ("aug", "aoû", "ago"),
    9: ("sep", "set"),
    10: ("oct", "okt", "ott", "out"),
    11: ("nov",),
    12: ("dec", "dez", "déc", "dic"),
}
TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?\s*([AaPp])?\.?\s?[Mm]?")
NUMERIC = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")


def read_date(text: str, zone: tzinfo) -> datetime | None:
    """Return the date and time in a text, or None if it has none.

    Examples
    --------
    >>> from datetime import UTC
    >>> read_date("Wednesday, 10 June 2026, 2:14 PM", UTC) == read_date("Mittwoch, 10. Juni 2026, 14:14", UTC)
    True
    """
    with contextlib.suppress(ValueError):
        found = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
        return found if found.tzinfo is not None else found.replace(tzinfo=zone)
    time = TIME.search(text)
    date = _date(TIME.sub(" ", text))
    if time is None or date is None:
        return None
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    if time[4]:
        hour = hour % 12 + 12 * (time[4] in "Pp")
    with contextlib.suppress(ValueError):
        return datetime(*date, hour, minute, second, tzinfo=zone)
    return None


def _date(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day; in dates of numbers alone, the day comes first."""
    numeric = NUMERIC.search(text)
    if numeric:
        return int(numeric[3]), int(numeric[2]), int(numeric[1])
    year = re.search(r"\b(\d{4})\b", text)
    day = re.search(r"\b(\d{1,2})\b", text)
    words = [word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text)]
    months = [month for word in reversed(words) for month, names in MONTHS.items() if word.startswith(names)]
    if year is None or day is None or not months:
        return None
    return int(year[1]), months[0], int(day[1])
