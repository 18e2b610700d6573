"""`autograder check --watch`: run the public checks whenever a file is saved, on a screen that shows what changed.

This process watches the files, reads keys and draws. Another one runs the checks (`watched`); if a file is saved before
it has finished, it is ended, so that endless loops don't matter.
"""

from __future__ import annotations

import ast
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autograder.assignment import SUBMITTED, Assignment
from autograder.cli.terminal import Screen, opened
from autograder.cli.watched import Done, Event, Impossible, Judged, Order, Running, Waiting
from autograder.course import UsageError
from autograder.hints import next_hint
from autograder.key import AnswerKey
from autograder.report import WIDTH, Style, closing_feedback, function_feedback, points, sign_of, style_of, wrapped
from autograder.results import CheckRecord, Record

INTERVAL = 0.1  # seconds between two checks of the files' dates
PATIENCE = 1.0  # seconds after which the screen says that it waits for a check
MAX_BAR = 40
PASSED, FAILED = "newly passed", "newly failed"
KEYS = "h next hint   q quit"

Chosen = Sequence[tuple[Assignment, tuple[str, ...]]]


def watch(chosen: Chosen) -> int:
    """Check the chosen assignments until the user quits; 0 if all public checks are passed by then."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--watch needs a terminal, and there is none here: run without --watch")
    happened: queue.SimpleQueue[tuple[int, Event | str]] = queue.SimpleQueue()
    boards = [
        Board(assignment=assignment, key=assignment.key(), functions=functions) for assignment, functions in chosen
    ]
    with opened(lambda key: happened.put((KEY, key))) as screen:
        watching = _Watching(boards, screen, happened)
        try:
            watching.loop()
        except KeyboardInterrupt:
            pass
        finally:
            watching.end()
    for board in boards:
        print(board.total())
    return 0 if all(board.is_passed() for board in boards) else 1


KEY = 0  # in the place of a run's number


@dataclass(kw_only=True, slots=True)
class Board:
    """The results of one assignment so far, and the changes in its last run."""

    assignment: Assignment
    key: AnswerKey
    functions: tuple[str, ...]
    checks: dict[str, tuple[CheckRecord, ...]] = field(default_factory=dict)  # by function
    printed: dict[str, str] = field(default_factory=dict)  # by check
    simpler: dict[str, str] = field(default_factory=dict)  # what is wrong already with simpler inputs, by check
    marks: dict[str, str] = field(default_factory=dict)  # what the last run has changed, by check
    changed: tuple[str, ...] = ()  # functions whose code was changed before the last run
    record: Record | None = None
    problem: str = ""
    hint: str = ""
    files: dict[Path, tuple[int, int, int] | None] = field(default_factory=dict)
    text: str = ""  # of the file, the last time that it could be read as Python
    finished: bool = True  # the last run has finished

    def look(self) -> bool:
        """Look at the files, and say whether one was saved."""
        stem = self.assignment.file.with_suffix("")
        found = {file: _signature(file) for file in (stem.with_suffix(suffix) for suffix in SUBMITTED)}
        if found == self.files:
            return False
        self.files = found
        try:
            text = self.assignment.file.read_text("utf-8", errors="replace")
        except OSError:
            text = ""
        new = changed_functions(self.text, text, self.key.parameters) if self.text and text else ()
        # Functions that an interrupted run had to check first are still first.
        self.changed = new if self.finished else tuple(dict.fromkeys((*self.changed, *new)))
        if _definitions(text):  # an editor may be in the middle of writing
            self.text = text
        return True

    def begin(self) -> None:
        """Begin a run."""
        self.marks, self.hint, self.problem, self.finished = {}, "", "", False
        if self.record is not None and self.record.error:
            self.record = None

    def judged(self, event: Judged) -> None:
        """Take a function's verdicts, and note which of them are new."""
        before = {check.id: check.status for checks in self.checks.values() for check in checks}
        for check in event.checks:
            was = before.get(check.id)
            if was is not None and (was == "passed") != (check.status == "passed"):
                self.marks[check.id] = PASSED if check.status == "passed" else FAILED
        printed = {note.check: note.printed for note in event.notes}
        for check in event.checks:
            self.printed[check.id] = printed.get(check.id, "")
            self.simpler[check.id] = event.simpler.get(check.id, "")
        self.checks[event.checks[0].function] = event.checks

    def done(self, record: Record) -> None:
        """Take a whole record, with its order of functions."""
        self.record = record
        self.finished = record.error is None
        if record.error is None:
            order = dict.fromkeys(check.function for check in record.checks)
            self.checks = {name: self.checks[name] for name in order}

    def total(self) -> str:
        """Return points and checks in one line."""
        checks = [check for checks in self.checks.values() for check in checks]
        passed = sum(check.status == "passed" for check in checks)
        return f"{self.key.exercise}: {self.score()}, {passed} of {len(checks)} public checks passed"

    def score(self) -> str:
        """Return the points in words."""
        earned, possible = self.earned()
        return f"{points(earned)} of {points(possible)} points"

    def earned(self) -> tuple[float, float]:
        """Return the points earned, and the maximum."""
        earned = sum(check.points for checks in self.checks.values() for check in checks)
        asked = [check for check in self.key.checks if not self.functions or check.function in self.functions]
        return earned, sum(check.points for check in asked)

    def is_passed(self) -> bool:
        """Say whether all checks are passed."""
        earned, possible = self.earned()
        return earned == possible and not (self.record is not None and self.record.error)


def frame(boards: Sequence[Board], shown: int, style: Style, said: str) -> tuple[list[str], list[str], list[str]]:
    """Return the screen's lines: at the top, those that scroll, and at the bottom."""
    top = [_bar(board, style) for board in boards]
    board = boards[shown]
    lines: list[str] = []
    if board.problem:
        lines += [*wrapped(board.problem, "", style.width), ""]
    if board.record is not None and (board.record.error or board.record.advice):
        lines += [*closing_feedback(msgspec.structs.replace(board.record, numpy=""), style), ""]
    if board.hint:
        lines += [*board.hint.splitlines(), ""]
    lines += _functions(board, style)
    return [*top, ""], lines, ["", style.paint(said or KEYS, "open" if said else "quiet")]


def _functions(board: Board, style: Style) -> Iterator[str]:
    """Yield functions that changed last in full, then those that fail, then one line each for passed and not started
    ones.
    """
    detailed = [name for name in board.checks if name in board.changed or _is_new(board, name)]
    rest = [name for name in board.checks if name not in detailed]
    for name in (*detailed, *(name for name in rest if _state(board.checks[name]) == "failed")):
        yield from function_feedback(name, board.checks[name], style, board.printed, board.marks, board.simpler)
    for state, words in (("passed", "Passed"), ("not_attempted", "Not started")):
        names = [name for name in rest if _state(board.checks[name]) == state]
        if names:
            sign, tone = sign_of(state)
            text = f"{f'{sign} ' if style.signs else ''}{words}: {', '.join(names)}"
            yield from (style.paint(line, tone) for line in wrapped(text, "", style.width))


def _is_new(board: Board, function: str) -> bool:
    return any(check.id in board.marks for check in board.checks[function])


def _state(checks: Sequence[CheckRecord]) -> str:
    """Return the state of a function: passed, not attempted, or else failed."""
    found = {check.status for check in checks}
    return next((state for state in ("passed", "not_attempted") if found == {state}), "failed")


def _bar(board: Board, style: Style) -> str:
    """Return a line with an assignment's name, its points as a bar, and in words."""
    earned, possible = board.earned()
    name, score = board.key.exercise, board.score()
    new = list(board.marks.values())
    told = ", ".join(f"{new.count(mark)} {mark}" for mark in (PASSED, FAILED) if mark in new)
    length = min(MAX_BAR, (style.width or WIDTH) - len(name) - len(score) - len(told) - 6)
    full, empty = ("█", "░") if style.signs else ("#", "-")
    done = round(length * earned / possible)
    bar = style.paint(full * done, "good") + style.paint(empty * (length - done), "quiet")
    return f"{style.paint(name, 'strong')}  {bar}  {score}{f'  {told}' if told else ''}" if length > 0 else score


class _Watching:
    """The main loop: takes events, starts runs, draws the screen."""

    def __init__(
        self, boards: Sequence[Board], screen: Screen, happened: queue.SimpleQueue[tuple[int, Event | str]]
    ) -> None:
        self._boards = boards
        self._screen = screen
        self._happened = happened
        self._waiting_boards: list[int] = []  # numbers of boards that are to be checked
        self._running: int | None = None
        self._shown = 0
        self._top = 0  # the first visible line of those that scroll
        self._run = _Runner(happened)
        self._since = 0.0
        self._function = ""
        self._used: float | None = None
        self._hinting = False  # the user has asked for a hint

    def loop(self) -> None:
        """Run until the user quits."""
        while True:
            self._look()
            self._draw()
            try:
                number, event = self._happened.get(timeout=INTERVAL)
            except queue.Empty:
                continue
            if number == KEY:
                if not self._press(str(event)):
                    return
            elif number == self._run.number:
                self._take(event)

    def end(self) -> None:
        """Leave no process behind."""
        self._run.end()

    def _look(self) -> None:
        """Find out which files were saved; a run for one of them is interrupted."""
        for number, board in enumerate(self._boards):
            if board.look():
                if self._running == number:
                    self._run.end()
                    self._run = _Runner(self._happened)
                    self._running = None
                if number not in self._waiting_boards:
                    self._waiting_boards.append(number)
        if self._running is None and self._waiting_boards:
            self._running = number = self._waiting_boards.pop(0)
            board = self._boards[number]
            board.begin()
            if board.changed or not self._waiting_boards:
                self._shown, self._top = number, 0
            self._since, self._function, self._used = time.monotonic(), "", None
            self._run.start(board)

    def _take(self, event: Event | str) -> None:
        """Take an event from the process that runs checks."""
        if self._running is None:
            return
        board = self._boards[self._running]
        if isinstance(event, Running):
            self._since, self._function, self._used = time.monotonic(), event.function, None
        elif isinstance(event, Waiting):
            self._used = event.used
        elif isinstance(event, Judged):
            board.judged(event)
        else:
            if isinstance(event, Done):
                board.done(event.record)
            else:
                board.problem = event.text if isinstance(event, Impossible) else event
            self._running = None
            self._run = _Runner(self._happened)  # it makes all imports, and waits for the next order

    def _press(self, key: str) -> bool:
        """Do what a key is for, and say whether to go on."""
        self._hinting = self._hinting or key == "h"
        moves = {"up": -1, "k": -1, "down": 1, "j": 1, "page up": -10, "page down": 10}
        self._top = max(0, self._top + moves.get(key, 0))
        if key == "\t":
            self._shown, self._top = (self._shown + 1) % len(self._boards), 0
        return key != "q"

    def _draw(self) -> None:
        board = self._boards[self._shown]
        if self._hinting and self._running is None and board.record is not None:
            board.hint, self._top, self._hinting = _hint(board), 0, False
        columns, lines = self._screen.size()
        style = style_of(sys.stdout)
        said = self._said()
        top, middle, bottom = frame(self._boards, self._shown, style, said)
        room = max(1, lines - len(top) - len(bottom))
        self._top = max(0, min(self._top, len(middle) - room))
        seen = middle[self._top : self._top + room]
        keys = []
        if len(middle) > room:
            place = f"   lines {self._top + 1} to {self._top + len(seen)} of {len(middle)}, ↑↓ moves"
            keys.append(place if style.signs else place.replace("↑↓", "j, k"))
        if len(self._boards) > 1:
            keys.append("   tab next exercise")
        used = len(said or KEYS)
        for text in keys:
            if used + len(text) < columns:
                bottom[-1] += style.paint(text, "quiet")
                used += len(text)
        filled = [*top, *seen, *[""] * (room - len(seen)), *bottom]
        self._screen.draw(filled[-lines:])

    def _said(self) -> str:
        """Return a text on a call that takes long, if there is one."""
        if self._running is None or time.monotonic() - self._since < PATIENCE:
            return ""
        board = self._boards[self._running]
        what = self._function or board.assignment.file.name
        allowed = board.key.limits.cpu_seconds
        used = f", {self._used:.0f} of {allowed:g} s of CPU time" if self._used is not None else ""
        return f"{what}: waiting{used}   save interrupts   q quit"


class _Runner:
    """A process that waits for one order, and its replies on their way into the queue."""

    numbers = iter(range(KEY + 1, sys.maxsize))

    def __init__(self, happened: queue.SimpleQueue[tuple[int, Event | str]]) -> None:
        self.number = next(self.numbers)
        self._happened = happened
        # -P: import nothing from the current folder.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.cli.watched"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",  # Ctrl-C is for the process that draws
        )
        threading.Thread(target=self._read, daemon=True).start()

    def start(self, board: Board) -> None:
        """Give it its order."""
        order = Order(
            file=str(board.assignment.file),
            key_file=str(board.assignment.key_file),
            functions=board.functions,
            first=board.changed,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(order) + b"\n")
        self._process.stdin.close()

    def end(self) -> None:
        """End it, whatever it is doing; a sandbox of its own ends with it."""
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        decode = msgspec.json.Decoder(Event).decode
        done = False
        for line in self._process.stdout:
            event = decode(line)
            done = isinstance(event, Done | Impossible)
            self._happened.put((self.number, event))
        if not done:
            said = self._process.stderr.read().decode(errors="replace").strip().rpartition("\n")[2]
            self._happened.put((self.number, f"The checks have ended without a result: {said or 'no message'}"))
        self._process.wait()


def _hint(board: Board) -> str:
    """Return the next hint on a failing function that was changed last, or else on the first function that has one."""
    assert board.record is not None
    failing = [name for name in board.changed if _state(board.checks.get(name, ())) == "failed"]
    function = failing[0] if failing else ""
    return next_hint(board.assignment, board.record, function, "autograder check", style_of(sys.stdout)).text


def _signature(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


# ---- which functions were changed


def changed_functions(before: str, after: str, functions: Mapping[str, object]) -> tuple[str, ...]:
    """Return the functions whose code, or the code that they use, differs; none if a text can't be read."""
    old, new = _definitions(before), _definitions(after)
    if old is None or new is None:
        return ()
    changed = {name for name in (*old, *new) if old.get(name) != new.get(name)}
    while more := {name for name, each in new.items() if each.uses & changed} - changed:
        changed |= more
    return tuple(name for name in functions if name in changed)


@dataclass(kw_only=True, slots=True)
class _Definition:
    """The definition of a name at the top level of a file: the statements' trees, and the names in them."""

    trees: list[str] = field(default_factory=list)
    uses: set[str] = field(default_factory=set)


def _definitions(text: str) -> dict[str, _Definition] | None:
    """Return the definition of each name, or None if the text can't be read."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found: dict[str, _Definition] = {}
    for statement in body:
        names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        for name in _bound(statement):
            definition = found.setdefault(name, _Definition())
            definition.trees.append(ast.dump(statement))
            definition.uses |= names
    return found


def _bound(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    nodes = [node for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    aliases = statement.names if isinstance(statement, ast.Import | ast.ImportFrom) else []
    return [*(node.id for node in nodes), *(each.asname or each.name.partition(".")[0] for each in aliases)]
