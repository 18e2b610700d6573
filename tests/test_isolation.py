"""Levels of isolation: proven by escape tests, refused if too low, told by the doctor; nothing survives the grader."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli.main import main
from autograder.course import UsageError
from autograder.limits import Limits
from autograder.sandbox import (
    BARE,
    EscapeReport,
    Sandbox,
    choose,
    confinement,
    open_sandbox,
    pin_to_one_core,
    require_level,
    run_escape_tests,
)
from autograder.sandbox.outer import libraries
from tests.conftest import ROOT, TRIAL, autograder
from tests.processes import computing, descendants, is_running, wait_for

# What gets through on this machine in a bare sandbox if one layer is skipped, and the level that is left.
WITHOUT = {
    "landlock": ({"reads_a_file", "lists_a_folder", "writes_into_a_folder"}, "none"),
    "filter": ({"starts_a_process", "starts_a_thread", "shares_memory", "asks_the_keyring"}, "weak"),
    "limits": ({"takes_memory", "opens_files", "computes_without_end"}, "weak"),
}
OUTER = {"sees_that_exists", "counts_processes_with", "is_user", "sees_a_disk_beside"}  # prevented by bubblewrap alone


def proven(*without: str, quick: bool = False) -> EscapeReport:
    """Return what escape tests show in a bare sandbox without some layers."""
    with Sandbox(Limits(), BARE, frozenset(without)) as sandbox:
        return run_escape_tests(sandbox, quick=quick)


def escaped(report: EscapeReport) -> set[str]:
    """Return the names of the attempts that got through."""
    return {test.function for test in report.escaped}


def test_bare_sandbox_is_good():
    """With all inner layers and no outer one, a submission can learn that things exist, and nothing else."""
    report = proven()
    assert escaped(report) == OUTER
    assert report.level == "good"


@pytest.mark.parametrize("layer", WITHOUT)
def test_each_inner_layer_is_missed(layer):
    """Without a layer, the attacks on it succeed, the level drops, and grading would refuse."""
    report = proven(layer)
    missed, level = WITHOUT[layer]
    assert missed <= escaped(report)
    assert report.level == level
    with pytest.raises(UsageError, match=f"is confined at level {level}, grading needs good.*--isolation {level}"):
        require_level(report, "good")


@pytest.mark.parametrize("layer", WITHOUT)
def test_quick_escape_tests_find_the_same_level(layer):
    """The quick set, with which each sandbox of a run starts, has an attack on each layer that decides the level."""
    report = proven(layer, quick=True)
    assert len(report.tests) < len(proven().tests)
    assert report.level == WITHOUT[layer][1]


def test_sandbox_that_holds_less_than_the_run_is_refused():
    """A sandbox that is opened for a run proves the run's level again; below that level, nothing is graded there."""
    run = confinement("good")
    sandbox, level = open_sandbox(Limits(), run)
    sandbox.close()
    assert level == run.level == "strong"
    with pytest.raises(UsageError, match="is confined at level good, grading needs strong"):
        open_sandbox(Limits(), dataclasses.replace(run, outer=BARE))


def test_pinned_thread_shares_its_core_with_its_sandbox():
    """The worker program runs on the core to which the grader was pinned; the grader can be unpinned again."""
    others = set(descendants(os.getpid()))  # of sandboxes that other tests use, too
    before = pin_to_one_core()
    try:
        with Sandbox(Limits(), BARE) as sandbox, sandbox.session():
            own = set(descendants(os.getpid())) - others
            assert own
            for process in own:
                assert len(os.sched_getaffinity(process)) == 1
        assert pin_to_one_core(*os.sched_getaffinity(0)) <= before
    finally:
        os.sched_setaffinity(0, before)


@pytest.mark.parametrize("bubblewrap", [True, False])
def test_memory_that_runs_out_costs_workers_first(bubblewrap):
    """Exactly the processes in a sandbox are what the kernel ends first."""
    others = set(descendants(os.getpid()))
    with Sandbox(Limits(), choose().outer if bubblewrap else BARE) as sandbox, sandbox.session():
        own = set(descendants(os.getpid())) - others
        assert len(own) >= 2
        assert {Path(f"/proc/{process}/oom_score_adj").read_text() for process in own} == {"1000\n"}
    assert Path("/proc/self/oom_score_adj").read_text() == "0\n"


def test_copies_that_killed_graders_left_are_removed():
    """A grader's copy of Python is removed at its end; if it was killed, the next grader removes the copy."""
    program = "from autograder.sandbox.outer import copied_root; print(copied_root(), flush=True); {}"
    command = [sys.executable, "-c"]
    kill = program.format("import os; os.kill(os.getpid(), 9)")
    killed = subprocess.run([*command, kill], cwd=ROOT, capture_output=True, text=True, check=False)
    left = Path(killed.stdout.strip())
    assert (left / "dev" / "null").exists()
    ended = subprocess.run([*command, program.format("")], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not Path(ended.stdout.strip()).exists()
    assert not left.parent.exists()


def test_course_that_python_needs_is_refused(tmp_path, monkeypatch):
    """A course among NumPy's files could be read: grading refuses in one line, and the doctor names the place."""
    course = tmp_path / "numpy" / "course"
    course.mkdir(parents=True)
    (course / "reference.py").write_text("secret")
    assert confinement("good", [tmp_path, course]).places == tuple(
        map(str, (tmp_path, course / "reference.py", course))
    )
    monkeypatch.setattr("autograder.sandbox.outer.libraries", lambda: (*libraries(), str(course)))
    monkeypatch.setattr("autograder.sandbox.sandbox.libraries", lambda: (*libraries(), str(course)))
    monkeypatch.setenv("PATH", "/nowhere")  # no bubblewrap, which has a copy of its own
    with pytest.raises(
        UsageError, match=f"could read {course}/?.*it is among the files that Python.*Next: move"
    ) as said:
        confinement("good", [course])
    assert "\n" not in str(said.value)
    assert choose(places=[str(course)]).report.readable == (str(course),)


def test_descriptors_of_the_grader_do_not_reach_a_submission():
    """However many files the grader has open when it starts a sandbox, a submission's process has only its pipes."""
    many = [os.open(os.devnull, os.O_RDONLY) for _ in range(600)]
    try:
        assert "holds_a_descriptor" not in escaped(proven())
    finally:
        for descriptor in many:
            os.close(descriptor)


def test_without_any_layer_all_attempts_get_through():
    """Without any layer, every attack succeeds, except where the grader itself prevents it."""
    report = proven("landlock", "filter", "limits")
    kept_by_the_grader = {"reads_the_memory_of", "holds_a_descriptor"}  # not dumpable, and closed before
    kept_by_lack_of_rights = {"changes_the_mode_of", "changes_the_priority_of", "signals"}  # from root, another user
    prevented = {test.function for test in report.tests} - escaped(report)
    assert prevented <= kept_by_the_grader | kept_by_lack_of_rights


def test_bubblewrap_makes_it_strong():
    """With bubblewrap, no attack succeeds; a layer that is missing inside is still found."""
    assert choose().report.level == "strong"
    assert escaped(choose().report) == set()
    assert escaped(choose(frozenset({"landlock"})).report) == {"reads_a_file"}
    assert choose(frozenset({"landlock"})).report.level == "weak"
    assert choose(frozenset({"bubblewrap"})).report.level == "good"


def test_root_without_another_user_is_missed():
    """For root, bubblewrap confines nothing unless the worker changes to another user; without that, it is not used."""
    without = choose(frozenset({"user"}))
    if os.geteuid() == 0:
        assert without.outer == BARE
        assert "is_user" in escaped(without.report)
        assert without.report.level == "good"
    else:  # an ordinary user's namespaces hold
        assert without.report.level == "strong"


def test_doctor_names_layers_attempts_and_next_steps():
    """The doctor shows the level, every layer, every attack, and what to do about missing layers."""
    well = autograder("doctor")
    assert well.returncode == 0
    assert well.stdout.startswith("Isolation: strong")
    assert "got through" not in well.stdout
    ill = autograder("doctor", "--without", "filter", "--without", "bubblewrap")
    assert ill.returncode == 1
    assert ill.stdout.startswith("Isolation: weak")
    assert "got through  start a process (prevented by: filter; the level is at best weak)" in ill.stdout
    assert "`--isolation weak` would let it run code that you trust" in ill.stdout


def test_doctor_says_how_to_get_what_is_missing():
    """If bubblewrap is not installed, the doctor says so, and how to install it; grading may then demand less."""
    command = [sys.executable, "-m", "autograder.cli.main"]
    without = {**os.environ, "PATH": "/nowhere"}
    said = subprocess.run([*command, "doctor"], cwd=ROOT, env=without, capture_output=True, text=True, check=False)
    assert said.returncode == 0
    assert "bubblewrap  missing  not installed" in said.stdout
    assert "next step: install it: apt-get install bubblewrap" in said.stdout
    asked = ["grade", *TRIAL, "--submissions", "examples/class", "--output", "/nowhere", "--isolation", "strong"]
    refused = subprocess.run([*command, *asked], cwd=ROOT, env=without, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "is confined at level good, grading needs strong" in refused.stderr
    assert "--isolation good grades nevertheless" in refused.stderr
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["grade", *TRIAL, "--submissions", "x", "--output", "y"], ["verify"], ["doctor"]])
def test_other_peoples_code_is_for_linux(command, monkeypatch, capsys):
    """On another platform, the command says what is supported, and runs nothing."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert main(command) == 2
    assert "only on Linux, not on darwin" in capsys.readouterr().err


# A student's machine that is not Linux: none of what only Linux or POSIX has can be imported there.
ELSEWHERE = """
import sys
import numpy
for name in ("fcntl", "resource", "termios", "autograder.sandbox", "autograder.worker.confine"):
    sys.modules[name] = None
sys.platform = "darwin"
from autograder.cli.main import main
sys.exit(main(["check", {file!r}]))
"""


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (("", ""), 0, "public checks passed"),
        (("return", "print('seen', file=__import__('sys').__stdout__); return"), 0, "public checks passed"),
        (("import numpy as np", "import numpy as np, sys; sys.exit(3)"), 0, "raises SystemExit"),
    ],
)
def test_students_check_runs_on_every_platform(change, code, said, tmp_path):
    """Without Linux, a student's own file is checked in the checking process, with the same verdicts."""
    solution = (ROOT / "solutions" / "normalization" / "normalization.py").read_text("utf-8")
    (tmp_path / "normalization.py").write_text(solution.replace(*change), "utf-8")
    for name in ("normalization.key", "public_checks.py"):
        (tmp_path / name).write_bytes((ROOT / "assignments/normalization" / name).read_bytes())
    program = ELSEWHERE.format(file=str(tmp_path / "normalization.py"))
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (code, "")
    assert said in result.stdout


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_grader_leaves_nothing_running(jobs, tmp_path):
    """A grader that is killed in the middle of a class takes its pool, sandboxes and submissions with it."""
    folder = tmp_path / "class" / "ada" / "normalization"
    folder.mkdir(parents=True)
    (folder / "normalization.py").write_text("while True: pass\n")
    for number in range(16):
        (tmp_path / "class" / f"b{number}" / "normalization").mkdir(parents=True)
        (tmp_path / "class" / f"b{number}" / "normalization" / "normalization.py").write_text("while True: pass\n")
    command = [sys.executable, "-m", "autograder.cli.main", "grade", "normalization", *TRIAL, "--jobs", str(jobs)]
    command += [
        *TRIAL,
        "--submissions",
        str(tmp_path / "class"),
        "--output",
        str(tmp_path / "out"),
        "--limit",
        "cpu_seconds=600",
    ]
    grader = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: sum(computing(process) for process in descendants(grader.pid)) >= jobs)
    family = descendants(grader.pid)
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    wait_for(lambda: not any(is_running(process) for process in family))
