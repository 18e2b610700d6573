"""Mutants, made from a small course and run through its checks: killed, survived, equivalent, or without an end."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from autograder.authoring import Exercise, handle
from autograder.course import ExerciseFolder
from autograder.verify import Mutation, mutate
from autograder.verify.mutation import CONDITIONS, mutants_of, wrong_where
from autograder.verify.survivors import every_mutant, sample
from tests.conftest import autograder
from tests.courses import edit, write_course

LISTED = """
[["tiny.py: double"]]
reason = "The checks of this course are what is tried out."
changes = '''
{}
'''
"""


@pytest.fixture
def exercise(tmp_path):
    """Return the exercise of a sound course, without submissions."""
    return bare_exercise(tmp_path)


def bare_exercise(root: Path) -> ExerciseFolder:
    """Write a sound course without submissions, and return its exercise."""
    made = write_course(root)
    for file in made.submissions("accepted"):
        file.unlink()
    return made


@pytest.fixture(scope="module")
def pool():
    """Return a process that mutants are forked from."""
    with ProcessPoolExecutor(1) as running:
        yield running


@pytest.fixture(scope="module")
def whole(pool, tmp_path_factory) -> Mutation:
    """Return the outcome of the exercise's mutants."""
    return mutate(bare_exercise(tmp_path_factory.mktemp("whole")), 5, pool)


@pytest.fixture(scope="module")
def listed(whole, pool, tmp_path_factory) -> Mutation:
    """Return their outcome if one survivor is listed, and two mutants that are not survivors."""
    (hole,) = [
        each for each in whole.survivors if each.mutant.kind == "only where N > 16" and "double" in each.mutant.diff
    ]
    exercise = bare_exercise(tmp_path_factory.mktemp("listed"))
    entries = ["\n".join(hole.mutant.changes), "-return 2 * x\n+return 3 * x", "-return 2 * x\n+return 99 * x"]
    (exercise.folder / "equivalent_mutants.toml").write_text(LISTED.format("\n\n".join(entries)), "utf-8")
    return mutate(exercise, 5, pool)


def survivors(found: Mutation) -> list[str]:
    """Return the survivors: where they are, what they are, and the last line of each diff."""
    return [
        f"{each.mutant.function}: {each.mutant.kind}: {each.mutant.diff.splitlines()[-1]}" for each in found.survivors
    ]


def kinds(source: str) -> dict[str, list[str]]:
    """Return the sources of the mutants, by kind."""
    made: dict[str, list[str]] = {}
    for mutant in mutants_of("a.py", source):
        made.setdefault(mutant.kind, []).append(mutant.source)
    return made


@pytest.mark.unit
@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("comparison", "y = x < 2", ["y = x <= 2", "y = x >= 2"]),
        ("arithmetic operator", "y = x + z", ["y = x - z"]),
        ("arithmetic operator", "y += x", ["y -= x"]),
        ("dropped term", "y = x - z", ["y = x", "y = -z"]),
        ("dropped term", "y += x", ["y = x"]),
        ("constant", "y = 3", ["y = 4", "y = 2", "y = 6"]),
        ("constant", "y = f(x, axis=0)", ["y = f(x, axis=1)", "y = f(x, axis=-1)"]),
        ("constant", "y = True", ["y = False"]),
        ("and, or", "y = a and b", ["y = a or b"]),
        ("dropped condition", "y = a and b", ["y = b", "y = a"]),
        ("dropped sign", "y = not x", ["y = x"]),
        ("one branch", "y = a if b else c", ["y = a", "y = c"]),
        ("transpose removed", "y = x.T", ["y = x"]),
        ("copy removed", "y = x.copy()", ["y = x"]),
        ("copy removed", "y = np.copy(x)", ["y = x"]),
        ("keyword axis removed", "y = f(x, axis=a)", ["y = f(x)"]),
        ("another function", "y = np.sum(x)", ["y = np.mean(x)"]),
    ],
)
def test_operator_is_changed(kind, right, wrong):
    """Each operator makes the mutants that it is meant to make, and no text twice."""
    made = kinds(f"def f():\n    {right}\n    return y")
    assert made[kind] == [f"def f():\n    {each}\n    return y" for each in wrong]


@pytest.mark.unit
def test_statements_conditions_and_defaults_are_changed():
    """A statement is removed, a condition is reversed, a default is replaced."""
    made = kinds("def f(x, a=None, b=2):\n    if x:\n        return a\n    return b")
    assert "def f(x, a=None, b=2):\n    pass\n    return b" in made["removed statement"]
    assert "def f(x, a=None, b=2):\n    if not x:\n        return a\n    return b" in made["negated condition"]
    assert made["default"][0].startswith("def f(x, a=1, b=2)")
    assert made["constant"][0].startswith("def f(x, a=None, b=3)")


@pytest.mark.unit
def test_loop_leaves_a_statement_out_later_or_at_the_end():
    """A statement of a loop is skipped from the third turn on, or in the last turn."""
    made = kinds("def f(x):\n    for each in x:\n        g(each)")
    namespaces = []
    for kind in ("later turns", "last turn"):
        (source,) = made[kind]
        seen: list[int] = []
        namespace = {"g": seen.append}
        exec(source, namespace)
        namespace["f"](range(5))
        namespaces.append(seen)
    assert namespaces == [[0, 1], [0, 1, 2, 3]]


@pytest.mark.unit
def test_texts_annotations_and_messages_are_left_alone():
    """Code on which no value depends makes no mutant."""
    source = '''
import numpy as np
def f(x: "int | 3") -> 3:
    """Return 3."""
    print(x + 1)
    assert x > 1
    return f"{x + 1}"
if __name__ == "__main__":
    f(1 + 1)
'''
    assert kinds(source) == {}


@pytest.mark.unit
def test_parameters_are_renamed_and_nothing_else():
    """A renamed parameter fails a call by keyword, but no positional call."""
    exercise = Exercise("a")
    exercise.function("f", returns="y")
    made = list(mutants_of("a.py", "def f(x, lr=2):\n    'Doc.'\n    return x * lr", exercise.functions))
    (renamed,) = [mutant for mutant in made if mutant.kind == "parameter lr renamed"]
    namespace = {}
    exec(renamed.source, namespace)
    assert (namespace["f"](3), namespace["f"](3, 5)) == (6, 15)
    with pytest.raises(TypeError):
        namespace["f"](3, lr=5)


def condition_cases():
    """Return calls for each condition; only the last call is in its class."""
    import numpy as np

    x = np.full((3, 2), 0.5)
    return {
        "N > 16": [(x,), (np.ones((17, 2)),)],
        "N = 1": [(x,), (x[:, :1],), (x[:1],)],
        "D = 1": [(x,), (x[:1],), (x[:, :1],)],
        "|x| > 100": [(x,), (1000,), (-300 * x,)],
        "x is 0": [(x,), (0 * x.astype(int),), ({"W": 0 * x},)],
        "a whole number > 10": [(x, 10), (x, 10.5), (x, 11)],
        "the shapes were seen before": [(x,), (x[:2],), (x[1:],)],
    }


@pytest.mark.unit
@pytest.mark.parametrize("condition", [name for name in CONDITIONS if "state" not in name])
def test_condition_holds_for_its_class_alone(condition):
    """A conditional mutant is wrong for its class of inputs, and right for all others."""
    wrong = wrong_where(condition, lambda *_: 5, ())
    assert [int(wrong(*arguments)) for arguments in condition_cases()[condition]][-1] == 11
    wrong = wrong_where(condition, lambda *_: 5, ())
    assert {wrong(*arguments) for arguments in condition_cases()[condition][:-1]} == {5}


@pytest.mark.unit
def test_old_state_is_told_from_a_new_one():
    """A run goes wrong at its sixth step, however many other runs there are."""
    step = wrong_where("a state is 5 steps old", lambda x, state: (x, [state]), (0,))
    for _ in range(3):
        state, seen = {}, []
        for _ in range(6):
            x, state = step(1, state)
            seen.append(int(x))
        assert seen == [1, 1, 1, 1, 1, 3]


@pytest.mark.unit
def test_handles_are_not_spoiled():
    """An object of the function's own stays unchanged."""
    exercise = Exercise("a")
    exercise.function("f", returns=("y", handle("cache")))
    made = list(mutants_of("a.py", "def f(x):\n    return x, [x]", exercise.functions))
    (late,) = [mutant for mutant in made if mutant.kind.endswith("seen before")]
    assert late.diff.splitlines()[-1] == "+f = wrong_where('the shapes were seen before', f, (0,))"


def test_mutants_are_killed_or_survive_with_a_diff(whole):
    """Mutants that the checks notice are killed; all others are listed with a unified diff."""
    assert whole.mutants == whole.killed + len(whole.survivors)
    assert whole.killed > 5
    by_kind = {(each.mutant.function, each.mutant.kind): each.mutant for each in whole.survivors}
    assert not [kind for kind in by_kind if kind[1] in ("arithmetic operator", "dropped term")]
    default = by_kind["shift", "constant"]  # no check leaves `by` out
    assert default.diff.splitlines()[:3] == ["--- tiny.py:14", "+++ constant", "@@ -1,3 +1,3 @@"]
    assert "-def shift(x: np.ndarray, by: float=1.0) -> np.ndarray:" in default.diff.splitlines()
    assert "+def shift(x: np.ndarray, by: float=0.0) -> np.ndarray:" in default.diff.splitlines()


def test_renamed_parameter_survives_until_it_is_passed_by_keyword(whole, exercise, pool):
    """A parameter name that no check uses makes a survivor; a call by keyword kills it."""
    assert "shift: parameter by renamed:      return x + by" in survivors(whole)
    edit(exercise, "hidden_checks.py", ("0.5))", "by=0.5))"))
    assert not [each for each in survivors(mutate(exercise, 5, pool)) if "parameter by" in each]


def test_endless_loop_is_killed(exercise, pool):
    """A mutant that never ends is stopped: here, one without the statement that leaves the loop."""
    body = "    while True:\n        y = 2 * x\n        break\n    return y\n"
    edit(exercise, "tiny.py", ("    return 2 * x\n", body))
    removed = [each.source for each in every_mutant(exercise) if each.kind == "removed statement"]
    assert [text for text in removed if "while True:\n        y = 2 * x\n        pass\n" in text]
    assert not [each for each in survivors(mutate(exercise, 5, pool)) if "removed statement" in each]


def test_settings_of_a_file_hold_in_its_calls(exercise, pool):
    """A file that lets NumPy raise errors, and relies on them, runs as in grading."""
    setting = "import numpy as np\n\nnp.seterr(divide='raise')\n"
    caught = "    try:\n        return x / 0\n    except FloatingPointError:\n        return 2 * x\n"
    edit(exercise, "tiny.py", ("import numpy as np\n", setting), ("    return 2 * x\n", caught))
    assert mutate(exercise, 5, pool).killed > 5


def test_equivalent_mutant_is_no_survivor(whole, listed):
    """A mutant on the list counts as equivalent; the sum stays the same."""
    assert (listed.equivalent, len(listed.survivors)) == (1, len(whole.survivors) - 1)
    assert (listed.mutants, listed.killed) == (whole.mutants, whole.killed)


def test_list_of_equivalent_mutants_is_held_to_its_word(whole, listed):
    """An entry whose mutant is killed, or that matches no mutant, is an error; one whose mutant survives is not."""
    assert whole.wrong_entries == ()
    killed, unknown = listed.wrong_entries
    assert killed.startswith("tiny.py: double: -return 2 * x +return 3 * x: is killed")
    assert unknown.startswith("tiny.py: double: -return 2 * x +return 99 * x: is no mutant any more")


def test_sample_is_always_the_same(whole, exercise, pool):
    """A limit skips mutants of accepted submissions, but none of the solution."""
    for number, text in enumerate(("2 * x", "x + x")):
        source = f"import numpy as np\ndef double(x): return {text}\ndef shift(x, by=1.0): return x + by\n"
        (exercise.folder / "submissions" / "accepted" / f"way_{number}.py").write_text(source, "utf-8")
    every = every_mutant(exercise)
    chosen = sample(exercise, every, 4)
    assert chosen == sample(exercise, every_mutant(exercise), 4)
    assert len(every) > len(chosen) == whole.mutants + 4
    found = mutate(exercise, 5, pool, limit=4)
    assert found.mutants == len(chosen)
    assert {each.mutant.source for each in found.survivors} <= {each.source for each in chosen}


def test_command_lists_survivors_and_counts(exercise):
    """The command prints a diff for each survivor and the figures; too many survivors make its exit code 1."""
    result = autograder("verify", "--mutate", "--seed", 5, "--jobs", 1, cwd=exercise.root)
    assert result.returncode == 1, result.stderr
    assert "tiny, tiny.py: shift: parameter by renamed: keeps all points\n--- tiny.py:14\n+++ " in result.stdout
    head, row = result.stdout.splitlines()[-4:-2]
    assert head.split() == ["exercise", "seed", "mutants", "killed", "equivalent", "survivors", "share", "seconds"]
    assert row.split()[:2] == ["tiny", "5"]
    result = autograder("verify", "--limit", 3, cwd=exercise.root)
    assert (result.returncode, result.stderr) == (
        2,
        "autograder verify: --limit is for mutants: give --mutate, too\n",
    )
