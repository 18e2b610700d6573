"""Hostile submissions through the real command, on every kind of machine: nothing earned, leaked, changed or left.

Each file of `tests/hostile` is one idea. One kind of machine runs them all; the others run all those that depend on the
outer sandbox, and some of each kind that depends only on what is inside, which is the same everywhere. A file that
defines `attack` is a probe: it runs when the file is imported and again in a check, and tells instructors what became
of it. The others attack from within the contract's functions. After each hostile submission, the same sandbox grades an
honest one.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.course import DEFAULT_SEED
from autograder.course_key import seeded
from autograder.recording import key_files
from tests.conftest import EXERCISES, ROOT
from tests.machines import SHARED, Machine, inside, machines, mounted
from tests.run_hostile import EXERCISE

HOSTILE = sorted((ROOT / "tests" / "hostile").glob("*/*.py"))
PREAMBLE = (ROOT / "tests" / "hostile" / "preamble.py").read_text("utf-8")
NAMES = [f"{file.parent.name}.{file.stem}" for file in HOSTILE]
KINDS = sorted({file.parent.name for file in HOSTILE})
EPILOGUE = """

def _try(attack=attack):
    try:
        evidence = attack()
    except BaseException as error:
        return f"held: {type(error).__name__}"
    return f"GOT {'THROUGH'}: {evidence}" if evidence else "held"


_at_import = _try()


def fit_standardizer(x):
    print("at import:", _at_import)
    print("in a call:", _try())
    return x * 0.0 - 7.0
"""
THROUGH = "GOT THROUGH"
# What becomes of these depends on the machine: on its users, its namespaces, and on what else is there.
DECIDED_OUTSIDE = frozenset({"covert", "files", "ipc", "network", "processes", "signals", "torch"})
# What becomes of the others is decided by the worker and the grader; these stand for each way in which that goes.
STAND_FOR_OTHERS = frozenset(
    {
        *("endings.abort", "endings.exit_at_import", "endings.ignores_cpu_limit", "endings.kills_itself"),
        *("endings.loops_in_call", "endings.sleeps", "endings.stops_itself"),
        *("floods.descriptors", "floods.disk", "floods.huge_result", "floods.inodes", "floods.leave_many_files"),
        *("floods.memory_by_lists", "floods.one_big_array", "floods.print_flood"),
        *("interpreter.callers_frames", "interpreter.environment", "interpreter.import_the_grader"),
        *("interpreter.import_the_reference", "interpreter.scan_gc"),
        *("leaks.exception_text", "leaks.print_inputs", "leaks.shapes", "leaks.syntax_error"),
        *("poison.environment", "poison.files_for_the_next", "poison.find_traces_of_others", "poison.numpy"),
        *("poison.readable_code_in_memory", "poison.shared_maps"),
        *("state.counts_calls", "state.keeps_on_disk", "state.remembers_and_prints"),
        *("verdict.claim_in_print", "verdict.nan_everywhere", "verdict.patch_numpy_comparisons"),
        *("verdict.pretend_to_be_skipped", "verdict.replace_stdout"),
        *("wire.closed_line", "wire.endless_frame", "wire.forged_replies", "wire.slow_drip", "wire.unasked_reply"),
    }
)
LEAK = re.compile(r"LEAK-?\d|3[12]\d{3}")
PEAK_KIB = 400_000  # of the grader: no submission makes it much larger than it is


def tried_on(machine: Machine) -> list[int]:
    """Return the numbers of the hostile files that run on a kind of machine: on the first kind, all."""
    return [
        number
        for number, file in enumerate(HOSTILE)
        if machine == machines()[0] or file.parent.name in DECIDED_OUTSIDE or NAMES[number] in STAND_FOR_OTHERS
    ]


def on(machine: Machine, *values: object, name: str) -> object:
    """Return a parameter for a test on a machine; one process runs all tests of a machine."""
    return pytest.param(machine, *values, id=name, marks=pytest.mark.xdist_group(f"hostile-{machine.name}"))


every_machine = pytest.mark.parametrize(
    "aftermath", [on(machine, name=machine.name) for machine in machines()], indirect=True
)
every_kind = pytest.mark.parametrize(
    ("aftermath", "kind"),
    [on(machine, kind, name=f"{machine.name}-{kind}") for machine in machines() for kind in KINDS],
    indirect=["aftermath"],
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Aftermath:
    """The state after the whole class was graded on one machine."""

    machine: Machine
    scratch: Path
    report: dict
    records: dict[str, dict]
    notes: dict[str, str]

    def of_kind(self, kind: str) -> dict[str, int]:
        """Return the numbers of the hostile files of one kind that were tried here, by their names."""
        return {NAMES[number]: number for number in tried_on(self.machine) if HOSTILE[number].parent.name == kind}

    def feedback(self, student: str) -> str:
        """Return what a student is given."""
        return (self.scratch / "out" / "results" / "feedback" / student / f"{EXERCISE}.txt").read_text("utf-8")


@pytest.fixture
def aftermath(request, aftermaths) -> Aftermath:
    """Return the state after the class was graded on one kind of machine."""
    return aftermaths(request.param)


@pytest.fixture(scope="module")
def aftermaths(tmp_path_factory) -> Callable[[Machine], Aftermath]:
    """Return a function that grades the class on a kind of machine, once, when it is first asked for."""
    found: dict[Machine, Aftermath | Exception] = {}

    def aftermath_on(machine: Machine) -> Aftermath:
        if machine not in found:
            try:
                found[machine] = grade_on(machine, tmp_path_factory.mktemp(machine.name))
            except (subprocess.SubprocessError, OSError) as error:
                found[machine] = error
        after = found[machine]
        if isinstance(after, Exception):
            raise after
        return after

    return aftermath_on


def grade_on(machine: Machine, scratch: Path) -> Aftermath:
    """Grade the class on one kind of machine."""
    key_files([EXERCISES[EXERCISE]], seeded(DEFAULT_SEED))
    write_submissions(scratch, tried_on(machine))
    command = [sys.executable, "-m", "tests.run_hostile", str(machine.user)]
    subprocess.run(inside(machine, scratch, command), cwd=ROOT, check=True, timeout=900)
    results = scratch / "out" / "results"
    records = [json.loads(line) for line in (results / "results.jsonl").read_text("utf-8").splitlines()]
    return Aftermath(
        machine=machine,
        scratch=scratch,
        report=json.loads((scratch / "report.json").read_text()),
        records={record["student"]: record for record in records},
        notes=by_student((results / "notes.txt").read_text("utf-8")),
    )


def write_submissions(scratch: Path, numbers: list[int]) -> None:
    """Write one file per student: the hostile ones, an honest one after each, and a neighbor whose files they want."""
    scratch.chmod(0o777)
    for folder in ("submissions", "class", "open", "out"):
        (scratch / folder).mkdir()
        (scratch / folder).chmod(0o777)
    honest = EXERCISES[EXERCISE].solution.read_text("utf-8")
    (scratch / "submissions" / "neighbor.py").write_text(honest, "utf-8")
    for number in numbers:
        text = HOSTILE[number].read_text("utf-8")
        text = f"{PREAMBLE}{text}{EPILOGUE if is_probe(text) else ''}"
        (scratch / "submissions" / f"{hostile(number)}.py").write_text(text, "utf-8")
        (scratch / "submissions" / f"{honest_after(number)}.py").write_text(honest, "utf-8")


def is_probe(text: str) -> bool:
    """Say whether a file defines `attack`."""
    return "\ndef attack(" in text


def hostile(number: int) -> str:
    """Return the name under which a hostile file is submitted."""
    return f"{number:03}-{NAMES[number]}"


def honest_after(number: int) -> str:
    """Return the name of the honest student who is next in the same sandbox."""
    return f"{number:03}-~honest"


def by_student(notes: str) -> dict[str, str]:
    """Take the instructor's notes apart."""
    parts = re.split(rf"^== (.*), {EXERCISE}$", notes, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def said_of_hidden(feedback: str) -> str:
    """Return a student's feedback without the text of public checks, which may quote the student."""
    kept, hidden = [], True
    for line in feedback.splitlines():
        if re.match(r"  \S.*  [\d.]+/[\d.]+$", line):
            hidden = "(hidden check)" in line
        elif not line.startswith(" "):
            hidden = True
        kept += [line] * hidden
    return "\n".join(kept)


def honest_points(number: int) -> set[str]:
    """Return the functions that a hostile file honestly has right, according to its docstring."""
    found = re.search(r"\(honest points: ([\w, ]+)\)", HOSTILE[number].read_text("utf-8"))
    return set(re.findall(r"\w+", found[1])) if found else set()


def essence(record: dict) -> dict:
    """Return everything that must not depend on who was graded before."""
    checks = [{name: value for name, value in check.items() if name != "seconds"} for check in record["checks"]]
    return {**record, "student": "", "checks": checks}


def earned(aftermath: Aftermath, number: int) -> set[str]:
    """Return the functions for which a hostile submission has points that it does not deserve."""
    checks = aftermath.records[hostile(number)]["checks"]
    return {check["function"] for check in checks if check["points"]} - honest_points(number)


def was_held(aftermath: Aftermath, number: int) -> bool:
    """Say whether a probe's attack was prevented, which it must have reported, or the probe was ended."""
    if not is_probe(HOSTILE[number].read_text("utf-8")):
        return True
    statuses = {check["status"] for check in aftermath.records[hostile(number)]["checks"]}
    said = "held" in aftermath.notes.get(hostile(number), "")
    return said or bool(statuses & {"crash", "timeout", "memory", "skipped"})


def leaks(aftermath: Aftermath, number: int) -> bool:
    """Say whether a submission's record or feedback has anything of hidden inputs, or anything unprintable."""
    record, feedback = aftermath.records[hostile(number)], aftermath.feedback(hostile(number))
    hidden = [check for check in essence(record)["checks"] if check["visibility"] == "hidden"]
    said = json.dumps([hidden, record["error"], record["advice"]])
    printable = all(sign.isprintable() or sign == "\n" for sign in feedback)
    return bool(LEAK.search(said) or LEAK.search(said_of_hidden(feedback))) or not printable


@every_kind
def test_hostile_submissions_get_nothing(aftermath, kind):
    """They earn no undeserved point, and their attacks were prevented and reported, so they must have run."""
    tried = aftermath.of_kind(kind)
    assert {name: found for name, number in tried.items() if (found := earned(aftermath, number))} == {}
    assert [name for name, number in tried.items() if THROUGH in aftermath.notes.get(hostile(number), "")] == []
    assert [name for name, number in tried.items() if not was_held(aftermath, number)] == []


@every_kind
def test_nothing_leaks_into_feedback(aftermath, kind):
    """What they printed, raised, named or shaped from hidden inputs is in neither their feedback nor their records."""
    assert [name for name, number in aftermath.of_kind(kind).items() if leaks(aftermath, number)] == []


@every_kind
def test_next_submissions_are_not_changed(aftermath, kind):
    """The honest submission after each has the same record as everywhere."""
    usual = essence(aftermath.records["neighbor"])
    assert usual["score"] == 100.0
    behind = {name: aftermath.records[honest_after(number)] for name, number in aftermath.of_kind(kind).items()}
    assert [name for name, record in behind.items() if essence(record) != usual] == []


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine.name)
def test_every_kind_of_attack_is_tried_on_every_machine(machine):
    """Each group has members on every kind of machine, and each file that is chosen by name exists."""
    names = {NAMES[number] for number in tried_on(machine)}
    assert {name.partition(".")[0] for name in names} == set(KINDS)
    assert names >= STAND_FOR_OTHERS


@every_machine
def test_records_carry_the_level(aftermath):
    """Every record says how well student code was confined, and the command says by what."""
    assert {record["isolation"] for record in aftermath.records.values()} == {aftermath.machine.level}
    assert aftermath.machine.where in (aftermath.scratch / "out" / "stdout").read_text("utf-8")


@every_machine
def test_nothing_is_left_and_nobody_was_reached(aftermath):
    """No process keeps running, no file is left, no server was contacted, and the grader has not grown."""
    assert aftermath.report["left_running"] == []
    assert aftermath.report["reached"] == []
    assert aftermath.report["peak_kib"] < PEAK_KIB
    assert list((aftermath.scratch / "open").iterdir()) == []
    for folder in SHARED:
        found = {entry.name for entry in (aftermath.scratch / folder.replace("/", "-")).iterdir()}
        assert found <= mounted(folder)


@every_machine
def test_class_is_as_it_was(aftermath):
    """No submission's file has changed."""
    for number in tried_on(aftermath.machine):
        file = aftermath.scratch / "class" / honest_after(number) / EXERCISE / f"{EXERCISE}.py"
        assert digest(file) == digest(EXERCISES[EXERCISE].solution)


def digest(file: Path) -> str:
    """Return a hash of a file's bytes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
