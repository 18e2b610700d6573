"""Verification, on a small course: it finds nothing in a sound one, and every safeguard trips on its own mistake."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest

from autograder.authoring import load_exercise, load_module, namespace_of
from autograder.course import DEFAULT_SEED, ExerciseFolder
from autograder.recording.fingerprints import Runner, misconceptions_of
from autograder.verify import verify
from autograder.verify.mutants import judge_namespace, runs_without
from tests.conftest import EXERCISES, autograder
from tests.courses import NAME, edit, write_course


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Return the exercise of a sound course, released."""
    made = write_course(tmp_path_factory.mktemp("sound"))
    release(made)
    return made


@pytest.fixture
def exercise(sound, tmp_path):
    """Return a copy of it, to break."""
    shutil.copytree(sound.root, tmp_path, dirs_exist_ok=True)
    return ExerciseFolder(name=sound.name, root=tmp_path)


def release(exercise) -> None:
    """Release the exercise."""
    result = autograder("release", cwd=exercise.root)
    assert result.returncode == 0, result.stderr


def defects(exercise, seed: int = 5) -> list[str]:
    """Return what verification finds, as severity, place and fact."""
    _, found = verify(exercise, seed)
    return [f"{each.severity}: {each.place}: {each.fact}" for each in found if "release" not in each.fact]


def test_sound_course_has_no_defect(exercise):
    """In a sound course, nothing is found, and the figures say so."""
    figures, found = verify(exercise, 5)
    assert found == []
    assert (figures.checks, figures.misconceptions, figures.killed, figures.named) == (2, 2, 2, 2)
    assert figures.margin > 100


SQUARED_TOO = """@wrong("double.power", "It is x².", "a", "b", "c")
def double(x):
    return x**2


"""
BOTH = """@wrong.both("double.squares", "double.none")
def double(x):
    return -(x**2)


"""
ZEROS = '''

@double.check(points=10)
def zeros(student, inputs, expect):
    """Nothing stays nothing"""
    expect.close("y", student.double(0 * inputs.normal(3)), [0.0, 0.0, 0.0])
'''
SIGN = '''

@double.check(points=10)
def stays_positive(student, inputs, expect):
    """What is positive stays so"""
    expect.that(student.double(inputs.positive(3)) > 0, "Something is not positive any more.")
'''
STUB = [("    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n", "    return 2 * x\n")]
SHIFTED = "student.shift(inputs.apart(2, most=3.0), 0.5))\n"
MISTAKES = {
    "stub_earns_points": (NAME + ".py", STUB, "error: the stub: earns 40 points; attempted: double.doubles"),
    "solution_is_wrong": (
        NAME + ".py", [("return 2 * x", "return 3 * x")], "error: tiny.py: double.doubles is failed: y: ",
    ),
    "reference_is_wrong": ("reference.py", [("return x + x", "raise KeyError('x')")], "error: the exercise: "),
    "misconception_loses_nothing": (
        "misconceptions.py", [("return x * x", "return x + x")],
        "error: misconceptions.py, double.squares: loses no points",
    ),
    "misconception_loses_elsewhere": (
        "hidden_checks.py", [("inputs.apart(2, most=3.0)", "student.double(inputs.apart(2))")],
        "error: misconceptions.py, double.squares: loses points of another function, in shift.shifts",
    ),
    "misconceptions_behave_alike": (
        "misconceptions.py", [("wrong.patch(", SQUARED_TOO + "wrong.patch(")],
        "error: misconceptions.py, double.squares: is not diagnosed as itself: it gets no name; double.power fits",
    ),
    "check_rejects_nothing": (
        "hidden_checks.py", [(SHIFTED, SHIFTED + ZEROS)],
        "warning: check double.zeros: is failed by no misconception",
    ),
    "trivial_answer_passes": (
        "hidden_checks.py", [(SHIFTED, SHIFTED + SIGN)],
        "error: check double.stays_positive: is passed by functions that always return ones",
    ),
    "margin_is_narrow": (
        "misconceptions.py", [("return x * x", "return 2.0003 * x")],
        "warning: misconceptions.py, double.squares: makes values wrong by only",
    ),
    "accepted_submission_is_refused": (
        "submissions/accepted/way_3.py", [("2.0 * x", "2.1 * x")],
        "error: submissions/accepted/way_3.py: double.doubles is failed",
    ),
    "accepted_submission_is_diagnosed": (
        "submissions/accepted/way_3.py", [("2.0 * x", "x * x")],
        "error: submissions/accepted/way_3.py: is diagnosed as double.squares",
    ),
    "accepted_submission_can_not_be_imported": (
        "submissions/accepted/way_3.py", [("import numpy", "import numpy as")],
        "error: submissions/accepted/way_3.py: double.doubles is skipped: ",
    ),
    "wrong_submission_is_right": (
        "submissions/wrong/double__halves.py", [("x / 2", "x * 2")],
        "error: submissions/wrong/double__halves.py: fails in nothing; expected to fail in double alone",
    ),
    "wrong_submission_fails_elsewhere": (
        "submissions/wrong/double__halves.py", [("x / 2", "x * 2\n\n\ndef shift(x, by=1.0):\n    return x")],
        "error: submissions/wrong/double__halves.py: fails in shift; expected to fail in double alone",
    ),
    "unearned_submission_is_paid": (
        "submissions/unearned/zeros.py", [("0 * x", "x + by")],
        "error: submissions/unearned/zeros.py: earns points for shift.shifts",
    ),
    "unearned_submission_names_nothing": (
        "submissions/unearned/zeros.py", [("# earns nothing", "# earns little")],
        "error: submissions/unearned/zeros.py: names no function",
    ),
    "hint_is_missing": (
        "misconceptions.py", [(', "Look at the sign."', "")],
        "warning: misconceptions.py, double.squares: has 2 different hints",
    ),
    "all_hints_are_missing": (
        "misconceptions.py",
        [(', "What is twice 3?", "Twice 3 is 6; yours is 9.", "Look at the sign."', "")],
        "error: misconceptions.py, double.squares: has no hint",
    ),
    "belief_is_missing": (
        "misconceptions.py", [('"Twice is the square."', '""')],
        "error: misconceptions.py, double.squares: has no belief",
    ),
    "reference_to_nobody": (
        "misconceptions.py", [('by="x + 1.0"', 'by="x + 1.0", like="shift.none"')],
        "error: misconceptions.py, shift.ignores_by: refers to shift.none, which must exist",
    ),
    "combination_of_nobody": (
        "misconceptions.py", [("wrong.patch(", BOTH + "wrong.patch(")],
        "error: misconceptions.py, double.squares+none: refers to double.none, double.squares, which must exist",
    ),
    "function_without_misconception": (
        "misconceptions.py", [('"double.squares"', '"shift.squares"'), ("def double(x):", "def shift(x, by=1.0):")],
        "warning: misconceptions.py: has no misconception of double",
    ),
    "function_without_a_check": (
        "hidden_checks.py", [("@shift", "@double"), ("student.shift", "student.double"), ("3.0), 0.5)", "3.0))")],
        "error: the checks: shift is worth nothing",
    ),
    "points_do_not_add_up": (
        "public_checks.py", [("points=40", "points=39")],
        "warning: the checks: are worth 99 points, expected 100",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_safeguard_trips(name, exercise):
    """One mistake in a sound course is found, and named with its severity and place."""
    file, changes, words = MISTAKES[name]
    edit(exercise, file, *changes)
    found = defects(exercise)
    assert any(defect.startswith(words) for defect in found), found


def test_a_picture_that_no_page_draws_is_a_defect(exercise):
    """Each file in plots/ draws what its function does, with the parts of matplotlib that pages know."""
    plots = exercise.folder / "plots"
    plots.mkdir()
    for name, line in {"double": "plot(x, double(x))", "shift": "scatter(x, shift(x))", "other": "plot(x)"}.items():
        code = f'with picture("{name}") as plt:\n    x = np.arange(3)\n    plt.{line}\n'
        (plots / f"{name}.py").write_text(code, "utf-8")
    release(exercise)
    assert [found.partition(" as it is")[0] for found in defects(exercise)] == [
        "error: plots/other.py: is named after no function of tiny",
        "error: plots/shift.py: draws nothing: No picture yet: shift",
    ]


def test_too_few_accepted_submissions_are_a_warning(exercise):
    """Eight right submissions are required."""
    (exercise.folder / "submissions" / "accepted" / "way_0.py").unlink()
    assert defects(exercise) == ["warning: submissions/accepted/: has 7 right submissions, expected at least 8"]


def test_exercise_without_submissions_and_misconceptions_has_warnings_alone(exercise):
    """A minimal exercise works: what our own course demands beyond that are warnings."""
    (exercise.folder / "misconceptions.py").unlink()
    for file in exercise.folder.rglob("submissions/*/*.py"):
        file.unlink()
    release(exercise)
    assert {found.partition(":")[0] for found in defects(exercise)} == {"warning"}


def test_stale_assignment_is_a_defect(exercise):
    """An assignment that release would change is named, with the command that updates it."""
    (exercise.assignment / "README.md").write_text("Mine.", "utf-8")
    _, (found,) = verify(exercise, 5)
    assert (found.severity, found.place, found.fact) == (
        "error",
        "assignments/tiny/",
        "README.md is not what release makes",
    )
    assert found.fix == "run: autograder release tiny"


def test_wrong_submission_may_be_skipped_elsewhere(exercise):
    """A check that needs the wrong function is skipped, which is no defect of the exercise."""
    edit(exercise, "public_checks.py", ('"shift", returns="y"', '"shift", returns="y", needs=[double]'))
    changes = [("student.shift(inputs.apart(2, most=3.0)", "student.shift(student.double(inputs.apart(2))")]
    edit(exercise, "hidden_checks.py", *changes)
    found = defects(exercise)
    assert not [each for each in found if "double__halves" in each or "loses points of another" in each], found


def test_warnings_count_only_where_they_are_meant_to(exercise):
    """The command's exit code is 0 with warnings alone, and 1 with `--strict` or an error."""
    edit(exercise, "public_checks.py", ("points=40", "points=39"))
    release(exercise)
    for arguments, code in (((), 0), (("--strict",), 1)):
        result = autograder("verify", "--seed", 5, *arguments, cwd=exercise.root)
        assert result.returncode == code, result.stdout
        assert "warning: tiny, the checks: are worth 99 points, expected 100. Next: change" in result.stdout
    edit(exercise, "misconceptions.py", ("return x * x", "return x + x"))
    assert autograder("verify", "--seed", 5, cwd=exercise.root).returncode == 1


def test_every_seed_is_tried(exercise):
    """A mistake that only some inputs show is found with several seeds, and makes the exit code 1."""
    edit(exercise, "misconceptions.py", ('by="x + 1.0"', 'by="np.abs(x) + by"'))
    edit(exercise, "hidden_checks.py", ("inputs.apart(2, most=3.0)", "inputs.apart(1)"))
    release(exercise)
    sharp = next(seed for seed in range(1, 9) if not defects(exercise, seed))
    blind = next(seed for seed in range(1, 9) if seed != sharp and defects(exercise, seed))
    assert autograder("verify", "--seed", sharp, cwd=exercise.root).returncode == 0
    result = autograder("verify", "--seed", sharp, blind, cwd=exercise.root)
    assert result.returncode == 1
    assert "error: tiny, misconceptions.py, shift.ignores_by: loses no points. Next: write a check" in result.stdout
    assert "course seeds" in result.stdout.splitlines()[-1]
    assert result.stdout.splitlines()[0].split() == [
        "exercise", "seed", "checks", "misconceptions", "killed", "named", "margin", "seconds",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["normalization", "learned_optimizer"])
def test_checks_that_are_not_run_again_would_pass(name, answers):
    """A check that calls no changed function, directly or through others, has the same result as with the solution."""
    folder, key = EXERCISES[name], answers(name, DEFAULT_SEED)
    exercise, solution = load_exercise(name, folder.check_sources(), folder.folder), load_module(folder.solution)
    runner, source = Runner(exercise, key), folder.solution.read_text("utf-8")
    right, known = judge_namespace(exercise, runner, vars(solution)), 0
    for misconception in misconceptions_of(folder):
        spared = runs_without(misconception.touched, key, source, right.runs)
        judged = judge_namespace(exercise, runner, namespace_of(misconception, solution))
        assert {judged.verdicts[check].status for check in spared} <= {"passed"}
        known += len(spared)
    assert known > 0


@pytest.mark.parametrize(
    "source",
    [
        "def inner(): ...\ndef outer(): return inner()",
        "def outer(): return helper()\ndef helper(): return inner()\ndef inner(): ...",
        "def inner(): ...\nTABLE = {'inner': inner}\ndef outer(): return TABLE['inner']()",
        "class Both:\n    run = lambda: inner()\nouter = Both.run",
    ],
)
def test_functions_that_reach_a_changed_one_are_found(source):
    """A function that calls a changed one in any way is run again: through helpers, tables and classes."""
    calls = {"inner": "inner", "outer": "outer", "other": "other"}
    key = SimpleNamespace(
        checks=[
            SimpleNamespace(id=check, recorded=SimpleNamespace(calls=[SimpleNamespace(function=function)]))
            for check, function in calls.items()
        ]
    )
    assert runs_without({"inner"}, key, source, dict.fromkeys(calls)).keys() == {"other"}
