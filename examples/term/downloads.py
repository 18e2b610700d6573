"""Write what Moodle and Canvas would give out: three downloads, a grading worksheet, and the course's roster.

python downloads.py DIR
"""

import csv
import sys
import unicodedata
import zipfile
from pathlib import Path

CLASS = Path(__file__).resolve().parents[1] / "class"
PEOPLE = {  # login: first name, last name
    "ada": ("Ada", "Lovelace"),
    "alan": ("Alan", "Turing"),
    "emmy": ("Emmy", "Noether"),
    "grace": ("Grace", "Hopper"),
    "jean-pierre o'neill": ("Jean-Pierre", "O'Neill"),
    "john": ("John", "von Neumann"),
    "kurt": ("Kurt", "Gödel"),
    "lise": ("Lise", "Meitner"),
    "marie": ("Marie", "Curie"),
    "noor": ("Noor", "Inayat"),
    "rosalind": ("Rosalind", "Franklin"),
    "sofia": ("Sofia", "Kowalewskaja"),
    "zoë": ("Zoë", "Müller"),
    "zoe2": ("Zoë", "Müller"),  # another student of the same name
    "hedy": ("Hedy", "Lamarr"),  # submits nothing
}
LATE = ("sofia",)


def work(login: str, exercise: str) -> bytes:
    """Return what a student submits."""
    file = CLASS / {"zoe2": "ada"}.get(login, login) / exercise / f"{exercise}.py"
    return file.read_bytes() if file.is_file() else b""


def moodle(place: Path, exercise: str, name: str, late: tuple[str, ...]) -> None:
    """Write a download of an assignment, and its grading worksheet."""
    rows = []
    with zipfile.ZipFile(place / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number, login in enumerate(PEOPLE, 4711):
            when = "-"
            if work(login, exercise) and (login not in LATE or login in late):
                full = unicodedata.normalize("NFD", " ".join(PEOPLE[login])).replace("'", "")
                packed.writestr(f"{full}_{number}_assignsubmission_file/{exercise}.py", work(login, exercise))
                when = f"{'Samstag, 7' if login in late else 'Mittwoch, 4'}. November 2026, 20:15"
            name_and_mail = [" ".join(PEOPLE[login]), mail(login)]
            rows.append([f"Teilnehmer/in{number}", *name_and_mail, "", "", "100,00", when, "-"])
        packed.writestr("__MACOSX/._x", b"")
    with (place / f"{name}.csv").open("w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        columns = ["Kennung", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung"]
        table.writerow([*columns, "Zuletzt geändert (Abgabe)", "Zuletzt geändert (Bewertung)"])
        table.writerows(rows)


def canvas(place: Path, exercise: str, name: str) -> None:
    """Write a download of an assignment; one file is marked as late, one was submitted twice."""
    with zipfile.ZipFile(place / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number, login in enumerate(PEOPLE, 11):
            if not work(login, exercise):
                continue
            first, last = PEOPLE[login]
            sortable = "".join(each for each in f"{last}{first}".lower() if each.isalnum())
            late = "_LATE" if login in LATE else ""
            packed.writestr(f"{sortable}{late}_{number}_{900 + number}_{exercise}.py", work(login, exercise))
        packed.writestr("strangerperfect_99_999_" + exercise + ".py", work("ada", exercise))


def gradebook(place: Path, exercise: str) -> None:
    """Write the gradebook that Canvas exports."""
    with (place / "gradebook.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{exercise} (4242)", "Final Score"])
        table.writerow(["    Points Possible", "", "", "", "", "100", "(read only)"])
        for number, (login, (first, last)) in enumerate(PEOPLE.items(), 11):
            table.writerow([f"{last}, {first}", number, f"m{number}", login, "Lecture", "", ""])


def roster(place: Path) -> None:
    """Write the roster."""
    with (place / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["folder", "name", "email", "canvas", "section"])
        for number, (login, name) in enumerate(PEOPLE.items(), 11):
            table.writerow([login, " ".join(name), mail(login), number, "Monday" if number % 2 else "Tuesday"])


def mail(login: str) -> str:
    """Return a student's address."""
    return f"{login.replace(' ', '.').encode('ascii', 'ignore').decode()}@example.org"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    roster(target)
    moodle(target, "normalization", "normalization", late=())
    moodle(target, "normalization", "normalization_later", late=LATE)
    canvas(target, "penalties", "penalties")
    gradebook(target, "penalties")
