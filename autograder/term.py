"""A course in one term: its file `course.toml`; what was submitted and when, which attempt counts, and how late it is.

`course.toml` has a course's name, its exercises, due dates and late policy, and where its files are. Commands that are
run in its folder, or below it, take their defaults from it. The course key is not in it, since that is a secret, and
the file may be committed and shown.

`autograder import` writes attempts to SUBMISSIONS/.attempts/. There, `hand_ins.json` has a line for each hand-in, and
<number>/<student>/<exercise>/ has its files, if a student has submitted more than once. The attempt that counts is in
SUBMISSIONS/<student>/<exercise>/.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

import msgspec

from autograder.course import COURSE_FILE, UsageError
from autograder.private import make_private_file, make_private_folder, write_private_file

TERMS = Path(".autograder", "terms")  # in a folder with solutions/: lists the folders below it that have a course file
Keep = Literal["last", "best", "last before due"]
KEEP: tuple[Keep, ...] = get_args(Keep)
PLACES = ("course", "key", "submissions", "output", "store", "roster")
LATE = {"keep": str, "grace_minutes": int, "penalty_per_day": float, "free_days": int, "accepted_days": int}
TOP = {"name": str, "timezone": str, "exercises": list, "due": dict, "late": dict, **dict.fromkeys(PLACES, str)}

TEMPLATE = """\
# Settings for every `autograder` command that is run in this folder or below it; options on the command line override
# them. Paths are relative to this file's folder. The course key is secret, and must never be in a file like this.

name = "Exercises"                     # on reports and feedback
timezone = "{zone}"{space}# for due dates, and for times in downloads without a zone

# ---- places

course = "{course}"                           # holds solutions/
key = ".autograder/course_key"         # the secret behind hidden inputs: keep a copy, give it to nobody
submissions = "submitted"              # <student>/<exercise>/<exercise>.py, as `autograder import` writes them
output = "results"                     # grades.csv, results.jsonl, feedback, report
# store = "store.sqlite"               # all results so far; without this line, in the output folder
# roster = "roster.csv"                # who is in the course: columns folder (or login), name, e-mail, group, section,
                                       # and IDs in Moodle, Canvas, Gradescope or GitHub

# ---- exercises, in the order of the columns of grades.csv

exercises = [
{exercises}]

# ---- due dates; without a date, nothing is late

[due]
{due}
[late]
keep = "last"                          # the attempt that counts: "last", "best", or "last before due"
grace_minutes = 0                      # after the due date, before it counts as late
free_days = 0                          # late days that cost a student nothing, all exercises together
penalty_per_day = 0                    # percent of an exercise's points that each further day takes off
# accepted_days = 7                    # after that, it earns nothing
"""
ATTEMPTS = ".attempts"
INDEX = "hand_ins.json"
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class LatePolicy:
    """Which attempt counts, and what lateness costs."""

    keep: Keep = "last"
    grace_minutes: int = 0
    free_days: int = 0
    penalty_per_day: float = 0.0
    accepted_days: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseFile:
    """The settings in `course.toml`; without a file, nothing is set."""

    file: Path | None = None
    name: str = ""
    timezone: tzinfo = UTC
    places: Mapping[str, Path] = field(default_factory=dict)  # the PLACES that are set
    exercises: tuple[str, ...] = ()
    due: Mapping[str, datetime] = field(default_factory=dict)
    late: LatePolicy = LatePolicy()

    def is_of(self, course: Path) -> bool:
        """Say whether the file belongs to a course: the one that it names, or else the one that it is in."""
        if self.file is None:
            return False
        own = self.places.get("course")
        around = (folder for folder in self.file.resolve().parents if (folder / "solutions").is_dir())
        own = own or next(around, None)
        return own is not None and own.resolve() == course.resolve()


def find_course_file(start: Path) -> CourseFile:
    """Return the nearest course file from a folder upwards, or an empty one.

    A file among the submissions of another course is a student's, and is skipped. A file below a folder with
    `solutions/` may be a student's, too: it is used only if `init` has registered it there, and is a `UsageError`
    otherwise.
    """
    found = CourseFile()
    for folder in (start, *start.parents):
        file = folder / COURSE_FILE
        if not file.is_file():
            continue
        try:
            above = read_course_file(file)
        except UsageError:
            if found.file is None and not is_submitted(start):
                raise
            continue
        submissions = above.places.get("submissions")
        if found.file is None or (submissions and found.file.resolve().is_relative_to(submissions.resolve())):
            found = above
    if found.file is not None:
        _require_known(found.file)
    return found


def _require_known(file: Path) -> None:
    folder = file.parent.resolve()
    for root in _roots_above(folder):
        try:
            known = (root / TERMS).read_text("utf-8").splitlines()
        except FileNotFoundError:
            known = []
        if str(folder) not in known:
            raise UsageError(
                f"{file} is below {root}, which has a folder `solutions/`, and autograder init did not write it: "
                f"is it a student's? Next: autograder init {file.parent}, if it is yours, or run the command elsewhere"
            )


def _roots_above(folder: Path) -> list[Path]:
    return [above for above in folder.parents if (above / "solutions").is_dir()]


def is_submitted(folder: Path) -> bool:
    """Say whether a folder is among the submissions of a course above it."""
    for above in folder.parents:
        file = above / COURSE_FILE
        if file.is_file():
            try:
                submissions = read_course_file(file).places.get("submissions")
            except UsageError:
                continue
            if submissions and folder.resolve().is_relative_to(submissions.resolve()):
                return True
    return False


def read_course_file(file: Path) -> CourseFile:
    """Read a course file.

    Raises `UsageError` if it can't be read, or has a setting that is not understood.
    """
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:  # UnicodeDecodeError and TOMLDecodeError are ValueErrors
        raise UsageError(f"{file}: {error}") from error
    _require(file, "", table, TOP)
    late = table.get("late", {})
    _require(file, "late.", late, LATE)
    exercises = table.get("exercises", [])
    if any(not isinstance(name, str) or not name.isidentifier() for name in exercises):
        raise UsageError(
            f"{file}: exercises has {exercises!r}; expected a list of names, as of the folders in solutions"
        )
    doubled = sorted({name for name in exercises if exercises.count(name) > 1})
    if doubled:
        raise UsageError(f"{file}: exercises has {', '.join(doubled)} twice")
    zone = _zone(file, table.get("timezone", "UTC"))
    return CourseFile(
        file=file,
        name=table.get("name", ""),
        timezone=zone,
        places={name: file.parent / table[name] for name in PLACES if name in table},
        exercises=tuple(exercises),
        due={name: _date(file, name, when, zone) for name, when in table.get("due", {}).items()},
        late=_policy(file, late),
    )


def write_course_file(folder: Path, course: Path, exercises: Sequence[str]) -> Path | None:
    """Write a course file with comments, and return it; None if there is one already.

    It is registered in folders with `solutions/` above it.
    """
    file = folder / COURSE_FILE
    for root in _roots_above(folder.resolve()):
        make_private_folder((root / TERMS).parent)
        make_private_file(root / TERMS)
        with (root / TERMS).open("a", encoding="utf-8") as known:
            known.write(f"{folder.resolve()}\n")
    if file.exists():
        return None
    zone = _zone_here()
    text = TEMPLATE.format(
        zone=zone,
        space=" " * max(1, 25 - len(zone)),
        course=Path(os.path.relpath(course.resolve(), folder.resolve())).as_posix(),
        exercises="".join(f'    "{name}",\n' for name in exercises),
        due="".join(f"# {name} = {datetime.now(UTC):%Y}-12-31T23:59:59\n" for name in exercises),
    )
    file.write_text(text, "utf-8")
    return file


def _require(file: Path, prefix: str, table: Mapping[str, Any], known: Mapping[str, type]) -> None:
    unknown = [name for name in table if name not in known]
    if unknown:
        raise UsageError(f"{file}: {prefix}{unknown[0]} is not known; expected one of {', '.join(known)}")
    for name, value in table.items():
        kinds = (int, float) if known[name] is float else known[name]
        if not isinstance(value, kinds) or (isinstance(value, bool) and known[name] is not bool):
            words = {str: "a text", int: "a whole number", float: "a number", list: "a list", dict: "a table"}
            raise UsageError(f"{file}: {prefix}{name} is {value!r}; expected {words[known[name]]}")


def _policy(file: Path, late: dict[str, Any]) -> LatePolicy:
    policy = LatePolicy(**late)
    if policy.keep not in KEEP:
        expected = ", ".join(f'"{each}"' for each in KEEP)
        raise UsageError(f'{file}: late.keep is "{policy.keep}"; expected one of {expected}')
    negative = [name for name, value in late.items() if name != "keep" and value < 0]
    if negative:
        raise UsageError(f"{file}: late.{negative[0]} is {late[negative[0]]}; expected 0 or more")
    if policy.penalty_per_day > 100:
        raise UsageError(f"{file}: late.penalty_per_day is {policy.penalty_per_day:g}; expected a percentage")
    return policy


def _zone(file: Path, name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise UsageError(f'{file}: timezone is "{name}"; expected one such as "Europe/Berlin" ({error})') from error
    except KeyError:
        raise UsageError(f'{file}: timezone is "{name}"; expected one such as "Europe/Berlin"') from None


def _zone_here() -> str:
    """Return the name of this machine's time zone, or UTC if it has no known name."""
    name = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    return name if name and not name.startswith("Etc/") else "UTC"


def _date(file: Path, name: str, when: object, zone: tzinfo) -> datetime:
    if not isinstance(when, datetime):  # a date alone does not say when on that day
        raise UsageError(f"{file}: due.{name} is {when!s}; expected date and time such as 2026-12-31T23:59:59")
    return when if when.tzinfo is not None else when.replace(tzinfo=zone)


# ---- attempts, and their lateness


class HandIn(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt of one student at one exercise.

    Attributes
    ----------
    student, exercise
        The student's folder, and the exercise.
    number
        The number of the attempt, from 1.
    content
        A hash of its files: the same files are the same attempt, whenever they are imported.
    submitted_at
        When it was submitted, or None if the system does not say.
    late
        Whether the system itself has marked it as late.
    source
        Its name in the system's download.
    """

    student: str
    exercise: str
    number: int
    content: str
    submitted_at: datetime | None
    late: bool
    source: str


class Lateness(msgspec.Struct, frozen=True, kw_only=True):
    """How late the attempt that counts is, and what that costs."""

    submitted_at: datetime | None
    late_days: int | None  # days (or parts of one) after the due date; None if it is late, but not known by how much
    share_lost: float  # share of the exercise's points, from 0 to 1: all of them if it came too late to be accepted


def attempts_folder(submissions: Path, number: int) -> Path:
    """Return the folder that holds everybody's attempt of a number, laid out as submissions are."""
    return submissions / ATTEMPTS / str(number)


def read_hand_ins(submissions: Path) -> list[HandIn]:
    """Return the hand-ins that were imported into a folder of submissions, if any."""
    file = submissions / ATTEMPTS / INDEX
    try:
        return [msgspec.json.decode(line, type=HandIn) for line in file.read_bytes().splitlines()]
    except FileNotFoundError:
        return []
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{file}: {error}; expected what autograder import writes. Next: import again") from error


def write_hand_ins(submissions: Path, hand_ins: Iterable[HandIn]) -> None:
    """Write the imported hand-ins, in an order that does not depend on the order of imports."""
    folder = submissions / ATTEMPTS
    make_private_folder(folder)
    ordered = sorted(hand_ins, key=lambda each: (each.exercise, each.student, each.number))
    write_private_file(folder / INDEX, b"".join(msgspec.json.encode(each) + b"\n" for each in ordered))


def kept_hand_in(attempts: Sequence[HandIn], due: datetime | None, policy: LatePolicy) -> HandIn:
    """Return the attempt that counts, of one student at one exercise; if the best one counts, the last.

    With "last before due", it is the last attempt before the due date, or, if all came later, the first.
    """
    ordered = sorted(attempts, key=_order if all(each.submitted_at for each in attempts) else lambda each: each.number)
    if policy.keep != "last before due" or due is None:
        return ordered[-1]
    on_time = [each for each in ordered if not _late_days(each, due, policy)]
    return on_time[-1] if on_time else ordered[0]


def lateness(
    hand_ins: Iterable[HandIn], course: CourseFile, order: Sequence[str] = ()
) -> dict[tuple[str, str], Lateness]:
    """Return how late the attempts that count are, by student and exercise.

    Free days are used up in the order of due dates, so that a student's first late days are free.

    Parameters
    ----------
    hand_ins
        The ones that count, at most one for each student and exercise.
    course
        The due dates and what lateness costs.
    order
        The exercises in their order, for those that are due at the same time.
    """
    by_student: dict[str, list[HandIn]] = defaultdict(list)
    for each in hand_ins:
        by_student[each.student].append(each)
    place = {name: number for number, name in enumerate(order)}
    found = {}
    for student, own in by_student.items():
        free = course.late.free_days
        for each in sorted(own, key=lambda one: (_due(one, course.due), place.get(one.exercise, -1), one.exercise)):
            days = _late_days(each, course.due.get(each.exercise), course.late)
            used = min(free, days or 0)
            free -= used
            lost = _share_lost(days, used, course.late)
            found[student, each.exercise] = Lateness(submitted_at=each.submitted_at, late_days=days, share_lost=lost)
    return found


def _order(each: HandIn) -> tuple[float, int]:
    return (each.submitted_at.timestamp() if each.submitted_at else 0.0), each.number


def _due(each: HandIn, due: Mapping[str, datetime]) -> float:
    return due[each.exercise].timestamp() if each.exercise in due else math.inf


def _late_days(each: HandIn, due: datetime | None, policy: LatePolicy) -> int | None:
    """Return the days, rounded up, after the due date and its grace; a hand-in that the system marked is late in any
    case.
    """
    if due is None or each.submitted_at is None:
        return None if each.late else 0
    over = each.submitted_at - due - timedelta(minutes=policy.grace_minutes)
    return max(0, math.ceil(over / DAY))


def _share_lost(days: int | None, free: int, policy: LatePolicy) -> float:
    if not days:
        return 0.0
    if policy.accepted_days is not None and days > policy.accepted_days:
        return 1.0
    return min(1.0, (days - free) * policy.penalty_per_day / 100)
