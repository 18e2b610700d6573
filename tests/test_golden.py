"""Situations that a grader meets, each through the real command: all get a record, none costs more than it must.

One class is graded once. Most students submit the solution of batchnorm with another `identity_parameters` appended;
their other functions are right, worth 85 points, and must keep them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import EXERCISES, TRIAL, autograder, solution_of

EXERCISE = "batchnorm"
FUNCTION = "identity_parameters"
IMPATIENT = ("--limit", "cpu_seconds=1")  # what takes longer here is endless
OTHERS = 85  # points of the functions that stay right
RIGHT = "gamma, beta = np.sqrt(var + eps), mean + 0.0"

# What the function's body does; the status of its checks; what its message says.
BODIES = {
    "returns_none": ("pass", "failed", "None"),
    "returns_one_value": ("return np.sqrt(var + eps)", "failed", "(gamma, beta) is expected"),
    "returns_three_values": (f"{RIGHT}; return gamma, beta, 1", "failed", "3 values came back"),
    "returns_strings": ("return 'gamma', 'beta'", "failed", "expected numbers"),
    "returns_complex": (f"{RIGHT}; return gamma + 0j, beta", "failed", "complex"),
    "returns_objects": ("return np.array([object()] * 3), mean", "failed", "object"),
    "returns_ragged_lists": ("return [[1, 2], [3]], mean", "failed", "expected numbers"),
    "returns_wrong_values": (
        f"{RIGHT}; return gamma + 1.5, beta",
        "failed",
        "gamma: 4 of 4 elements differ; worst at ",
    ),
    "returns_wrong_shape": (f"{RIGHT}; return gamma[:2], beta", "failed", "gamma has shape (2,), expected (4,)"),
    "returns_column": (f"{RIGHT}; return gamma[:, None], beta", "failed", "gamma has shape (4, 1), expected (4,)"),
    "returns_scalar": ("return 1.0, 0.0", "failed", "gamma has shape (), expected (4,)"),
    "returns_nan": (
        f"{RIGHT}; gamma[1] = np.nan; return gamma, beta",
        "failed",
        (
            "gamma: 1 of 4 elements is not finite; the first, at 1, where mean is -1.277 and var is 0.00108, is nan, "
            "expected a number."
        ),
    ),
    "returns_infinity": (f"{RIGHT}; return gamma / 0, beta", "failed", "not finite"),
    "returns_4_gb_view": ("return np.broadcast_to(1.0, (30000, 20000)), mean", "failed", "far more"),
    "raises": (f"{RIGHT}\n    return gamma[99]", "error", "IndexError"),
    "raises_its_own_class": ("raise type('Peculiar', (KeyError,), {})('x')", "error", "Peculiar"),
    "exits": ("import sys; sys.exit(0)", "error", "SystemExit"),
    "exits_hard": ("import os; os._exit(0)", "crash", "ended the whole process"),
    "crashes_in_c": ("import ctypes; ctypes.string_at(0)", "crash", "ended the whole process"),
    "kills_itself": ("import os; os.kill(os.getpid(), 9)", "error", "PermissionError"),
    "recurses": ("return identity_parameters(mean, var)", "error", "RecursionError"),
    "loops_forever": ("while True: pass", "timeout", "longer than is allowed"),
    "allocates_20_gb": ("x = np.ones(20 * 2**27); return mean, var", "memory", "more memory than is allowed"),
    "not_written": ("raise NotImplementedError", "not_attempted", "not written yet"),
    "imports_torch": ("import torch; return mean, var", "error", "No module named 'torch'"),
    "imports_the_grader": ("import autograder; return mean, var", "error", "No module named 'autograder'"),
    "reads_no_input": ("return input(), var", "error", "EOFError"),
}
# Unusual, but right: full points.
HARMLESS = {
    "float32": f"{RIGHT}; return gamma.astype(np.float32), beta.astype(np.float32)",
    "nested_lists": f"{RIGHT}; return [list(gamma), list(beta)]",
    "not_contiguous": f"{RIGHT}; return np.repeat(gamma, 2)[::2], np.asfortranarray(beta)[::-1][::-1]",
    "read_only": f"{RIGHT}; gamma.flags.writeable = False; return gamma, np.broadcast_to(beta, beta.shape)",
    "prints_100_mb": f"print('x' * 100_000_000); {RIGHT}; return gamma, beta",
    "writes_100_mb_to_the_descriptor": f"import os; os.write(1, b'x' * 10**8); {RIGHT}; return gamma, beta",
    "deletes_its_globals": f"{RIGHT}; g = globals().copy(); globals().clear(); globals().update(g); return gamma, beta",
    "warns": f"import warnings; warnings.warn('careful'); {RIGHT}; return gamma, beta",
    "swallows_everything": f"{RIGHT}\n    try: return gamma, beta\n    finally: np.seterr(all='raise')",
}
SIGNATURES = {
    "other_names": ("def identity_parameters(mu, sigma2, epsilon=1e-5): return np.sqrt(sigma2 + epsilon), mu", "error"),
    "too_few_parameters": ("def identity_parameters(mean): return mean, mean", "error"),
    "not_a_function": ("identity_parameters = 7", "failed"),
    "missing": ("del identity_parameters", "not_attempted"),
}
RIGHT_FILE = solution_of(EXERCISES[EXERCISE])
# Whole files that can't be graded: the kind of error, its line, what its message says.
BROKEN = {
    "syntax_error": (b"import numpy as np\n\ndef f(:\n    pass\n", "syntax", 3, "SyntaxError"),
    "tabs_and_spaces": (b"if True:\n\tx = 1\n        y = 2\n", "syntax", 3, "TabError"),
    "null_bytes": (b"x = 1\0\n", "syntax", None, "null"),
    "nested_without_end": (b"x = " + b"-" * 200_000 + b"1\n", None, None, ""),
    "20_mb": (b"# " + b"x" * 20_000_000, "unreadable", None, "are allowed"),
}
# Statements that fail while a right file is imported, and what its student is told: nothing needs them.
FAILING = {
    "error_at_import": ("x = np.zeros(3)[5]", "IndexError"),
    "imports_torch": ("import torch", "No module named 'torch'"),
    "exits_at_import": ("import sys; sys.exit()", "SystemExit"),
    "exits_hard_at_import": ("import os; os._exit(0)", "ended the whole process"),
    "loops_at_import": ("while True: pass", "longer than is allowed"),
    "allocates_at_import": ("x = np.ones(20 * 2**27)", "MemoryError"),
}
# Bytes that are harmless: 100 points.
ENCODED = {
    "crlf": RIGHT_FILE.replace("\n", "\r\n").encode(),
    "byte_order_mark": b"\xef\xbb\xbf" + RIGHT_FILE.encode(),
    "utf_16": RIGHT_FILE.encode("utf-16"),
    "latin_1_undeclared": RIGHT_FILE.encode("ascii", "ignore") + "# schön\n".encode("latin-1"),
    "tabs": RIGHT_FILE.replace("    ", "\t").encode(),
    "name with spaces": RIGHT_FILE.encode(),
    "Zoë Müller": RIGHT_FILE.encode(),
    "-rf": RIGHT_FILE.encode(),
    "[bold]not markup": RIGHT_FILE.encode(),
}


def body(code: str) -> bytes:
    """Return the solution with another body of the function."""
    return f"{RIGHT_FILE}\n\ndef {FUNCTION}(mean, var, eps=1e-5):\n    {code}\n".encode()


def hand_in(folder: Path, source: bytes) -> None:
    """Write a submission."""
    folder = folder / EXERCISE
    folder.mkdir(parents=True)
    (folder / f"{EXERCISE}.py").write_bytes(source)


def hand_in_oddities(folder: Path) -> None:
    """Write submissions that are not ordinary files."""
    (folder / "no folder").mkdir()
    (folder / "no file" / EXERCISE).mkdir(parents=True)
    (folder / "a directory" / EXERCISE / f"{EXERCISE}.py").mkdir(parents=True)
    (folder / "a link" / EXERCISE).mkdir(parents=True)
    (folder / "a link" / EXERCISE / f"{EXERCISE}.py").symlink_to(EXERCISES[EXERCISE].solution)
    (folder / "a linked folder").mkdir()
    (folder / "a linked folder" / EXERCISE).symlink_to(EXERCISES[EXERCISE].folder)
    (folder / "a pipe" / EXERCISE).mkdir(parents=True)
    os.mkfifo(folder / "a pipe" / EXERCISE / f"{EXERCISE}.py")


@pytest.fixture(scope="module")
def output(tmp_path_factory) -> Path:
    """Grade the class of situations once, and return where the results are."""
    submissions, output = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("out")
    for name, (code, *_) in BODIES.items():
        hand_in(submissions / name, body(code))
    for name, code in HARMLESS.items():
        hand_in(submissions / name, body(code))
    for name, (code, _) in SIGNATURES.items():
        hand_in(submissions / f"signature {name}", f"{RIGHT_FILE}\n\n{code}\n".encode())
    for name, (source, *_) in BROKEN.items():
        hand_in(submissions / f"broken {name}", source)
    for name, (statement, _) in FAILING.items():
        hand_in(submissions / f"failing {name}", f"{RIGHT_FILE}\n{statement}\n".encode())
    for name, source in ENCODED.items():
        hand_in(submissions / name, source)
    hand_in(submissions / "empty", b"")
    hand_in_oddities(submissions)
    result = autograder("grade", EXERCISE, *TRIAL, "--submissions", submissions, "--output", output, *IMPATIENT)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    return output


@pytest.fixture(scope="module")
def records(output) -> dict[str, dict]:
    """Return the records by student."""
    lines = (output / "results.jsonl").read_text("utf-8").splitlines()
    return {record["student"]: record for record in map(json.loads, lines)}


def own(record: dict) -> list[dict]:
    """Return the checks of the function that the submission replaces."""
    return [check for check in record["checks"] if check["function"] == FUNCTION]


@pytest.mark.parametrize("name", BODIES)
def test_misbehaving_function_loses_its_own_points_alone(name, records):
    """A problem in one function costs that function, is named, and leaves the others their points."""
    _, status, words = BODIES[name]
    record, checks = records[name], own(records[name])
    assert record["status"] == "graded"
    assert {check["status"] for check in checks} == {status}
    assert words in checks[0]["message"]
    assert record["score"] == OTHERS


@pytest.mark.parametrize("name", HARMLESS)
def test_unusual_but_right_function_keeps_its_points(name, records):
    """Form, output and side effects cost nothing if the values are right."""
    assert records[name]["score"] == 100, [check["message"] for check in own(records[name])]


@pytest.mark.parametrize("name", SIGNATURES)
def test_wrong_signature_is_told_in_the_stubs_terms(name, records):
    """A function that can't be called like the stub's fails, and says so, in its own checks only."""
    record = records[f"signature {name}"]
    assert {check["status"] for check in own(record)} - {"passed"} == {SIGNATURES[name][1]}
    assert OTHERS <= record["score"] < 100  # calls by position may work where calls by keyword don't


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_an_error_with_its_line(name, records):
    """A file that can't be imported gets a record with the kind of error, and the line where there is one."""
    _, kind, line, words = BROKEN[name]
    record = records[f"broken {name}"]
    assert (record["status"], record["score"]) == ("error", 0)
    assert record["error"]["kind"] == kind or kind is None
    assert record["error"]["line"] == line
    assert words in record["error"]["message"]
    assert {check["status"] for check in record["checks"]} == {"skipped"}


@pytest.mark.parametrize("name", FAILING)
def test_statement_that_fails_costs_nothing_that_does_not_need_it(name, records):
    """A right file with a statement that fails has all points, and the statement's line is reported."""
    record = records[f"failing {name}"]
    assert record["score"] == 100
    (told,) = record["advice"]
    assert f"line {RIGHT_FILE.count(chr(10)) + 2} " in told
    assert FAILING[name][1] in told


@pytest.mark.parametrize("name", ENCODED)
def test_encoding_and_names_are_harmless(name, records):
    """Encodings, line endings and students' names cost nothing."""
    assert records[name]["score"] == 100, records[name]["error"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("no folder", "missing"),
        ("no file", "missing"),
        ("a directory", "unreadable"),
        ("a link", "unreadable"),
        ("a linked folder", "unreadable"),
        ("a pipe", "unreadable"),
    ],
)
def test_what_is_no_file_is_not_read(name, kind, records):
    """Missing files, folders, links and pipes get a record, and nothing behind a link is graded."""
    assert (records[name]["error"]["kind"], records[name]["score"]) == (kind, 0)


def test_empty_file_attempts_nothing(records):
    """An empty file is graded, and every check counts as not attempted."""
    assert {check["status"] for check in records["empty"]["checks"]} == {"not_attempted"}


def test_every_student_has_feedback_and_a_row(output, records):
    """Every submission has a feedback file, and every student a row with their total."""
    rows = (output / "grades.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == len(records) + 2  # header, and maximum points
    for student, record in records.items():
        text = (output / "feedback" / student / f"{EXERCISE}.txt").read_text("utf-8")
        assert text.startswith(f"{EXERCISE}: {record['score']:g} of 100 points")


def test_hidden_checks_show_no_values(records):
    """Only public checks show returned values: no message of a hidden check has a value of a result."""
    checks = [check for check in own(records["returns_wrong_values"]) if "differ" in check["message"]]
    assert {check["visibility"] for check in checks} == {"public", "hidden"}
    assert all(("got " in check["message"]) == (check["visibility"] == "public") for check in checks)
    hidden = [check for record in records.values() for check in record["checks"] if check["visibility"] == "hidden"]
    assert not [check["message"] for check in hidden if "got " in check["message"] or "tolerance" in check["message"]]
