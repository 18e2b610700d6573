"""An author's mistakes, each reported in one line with its place; and the exercise that `autograder new` writes."""

from __future__ import annotations

import json
import re
import sys

import numpy as np
import pytest

from autograder.authoring import Exercise, Misconceptions, load_exercise, load_module, namespace_of, write_exercise
from autograder.checking import CheckError
from autograder.course import CourseError, UsageError, find_exercises
from autograder.course_key import HANDED_OUT, seeded
from autograder.grading import open_grader, single_file
from autograder.key import read_key, write_key
from autograder.recording.fingerprints import misconceptions_of
from autograder.recording.record import record
from tests.conftest import TRIAL, autograder
from tests.courses import edit, write_course

CHECK = 'expect.reference("y", student.double(inputs.apart(3)))'
HELPER = "\ndef helper(expect):\n    expect.close()\n\n@double"
FALLIBLE = "y = student.double(inputs.apart(3))\n    expect.reference('y', y)\n    assert y.min() < 0"
LAST = "student.shift(inputs.apart(2, most=3.0), 0.5))\n"
PATCH = 'replace="x + by", by="x + 1.0"'
# A file, what becomes what in it, the line that the message names, and what it says.
MISTAKES = {
    "typo in a check": (
        "public_checks.py", [("inputs.apart", "inputs.appart")], 11,
        "check double.doubles fails: AttributeError: 'Inputs' object has no attribute 'appart'",
    ),
    "unknown function": (
        "public_checks.py", [("student.double", "student.dubble")], 11,
        "check double.doubles fails: AttributeError: exercise tiny has no function 'dubble'; it has double, shift",
    ),
    "undefined name in a check": (
        "hidden_checks.py", [("0.5))", "half))")], 7,
        "check shift.shifts fails: NameError: name 'half' is not defined",
    ),
    "mistake in a helper": (
        "public_checks.py", [(CHECK, "helper(expect)"), ("\n@double", HELPER)], 9,
        "check double.doubles fails: TypeError: Expect.close() missing 3 required positional arguments",
    ),
    "syntax error in the checks": ("public_checks.py", [("def doubles(", "def doubles((")], 9, "SyntaxError: "),
    "syntax error in hidden checks": ("hidden_checks.py", [("def shifts(", "def shifts((")], 5, "SyntaxError: "),
    "bad import in the checks": (
        "public_checks.py", [("import Exercise", "import Exercize")], 1,
        "ImportError: cannot import name 'Exercize' from 'autograder.authoring'",
    ),
    "bad import in the reference": (
        "reference.py", [("import numpy as np", "import nunpy as np")], 1,
        "ModuleNotFoundError: No module named 'nunpy'",
    ),
    "mistake in the reference": (
        "public_checks.py", [("inputs.apart(3)", "'x'"), ('returns="y"', 'returns=("y", "z")')], 8,
        "does not pass check double.doubles: a value of type str came back where (y, z) is expected.",
    ),
    "reference that raises": (
        "reference.py", [("return x + x", "raise KeyError('x')")], "public_checks.py:8",
        "does not pass check double.doubles: double raises KeyError: 'x'",
    ),
    "function that the reference lacks": (
        "reference.py", [("def double", "def dubble")], None, "there is no function double, which the checks declare",
    ),
    "syntax error in the solution": ("tiny.py", [("def double(", "def double((")], 7, "SyntaxError: "),
    "misconceptions that raise when they are imported": (
        "misconceptions.py", [("import numpy as np", "import nunpy as np")], 1,
        "ModuleNotFoundError: No module named 'nunpy'",
    ),
    "misconceptions without a collection": (
        "misconceptions.py", [(PATCH, PATCH + ")\ndel wrong\nprint(''")], None,
        "defines no `wrong = Misconceptions()`",
    ),
    "patch of what is not there": (
        "misconceptions.py", [(PATCH, 'replace="x - by", by="x"')], 13,
        "misconception shift.ignores_by: 'x - by' occurs 0 times in shift of ",
    ),
    "patch of what is there twice": (
        "misconceptions.py", [(PATCH, 'replace="by", by="1"')], 13, "misconception shift.ignores_by: 'by' occurs ",
    ),
    "patch that is no Python": (
        "misconceptions.py", [(PATCH, 'replace="x + by", by="x + )"')], 13,
        "misconception shift.ignores_by: 'x + )' is not valid Python in place of 'x + by'",
    ),
    "patch of no function": (
        "misconceptions.py", [('"shift.ignores_by"', '"shifts.ignores_by"')], 13,
        "misconception shifts.ignores_by: ",
    ),
    "misconception of another function": (
        "misconceptions.py", [('"double.squares"', '"shift.squares"')], 8,
        "misconception shift.squares overrides double; an id begins with the function that loses points, and a dot",
    ),
    "doubled misconception": (
        "misconceptions.py", [('"shift.ignores_by"', '"double.squares"')], 13,
        "there is a misconception double.squares already; rename one of the two",
    ),
    "check that fails on a misconception": (
        "public_checks.py", [(CHECK, FALLIBLE)], 13,
        "check double.doubles fails on ",
    ),
    "doubled label": (
        "hidden_checks.py", [(LAST, LAST + '    expect.that(True, "y")\n')], 8,
        "label 'y' is used twice in this check; give each expectation one of its own",
    ),
    "doubled check": (
        "hidden_checks.py", [("@shift.check", "@double.check"), ("def shifts", "def doubles")], 4,
        "there is a check double.doubles already; rename one of the two Python functions",
    ),
    "check without a docstring": (
        "hidden_checks.py", [('    """Every element is shifted"""\n', "")], 4,
        "check shift.shifts has no docstring; write what it expects there",
    ),
    "check that expects nothing": (
        "hidden_checks.py", [('expect.reference("y", ', "print(")], 4,
        "check shift.shifts expects nothing, so it can't fail",
    ),
    "check that the reference fails": (
        "hidden_checks.py", [(LAST, LAST + '    expect.that(False, "It must be so.")\n')], 4,
        "does not pass check shift.shifts: It must be so.",
    ),
    "values of two shapes": (
        "hidden_checks.py", [(LAST, LAST + '    expect.close("z", [1.0, 2.0], [1.0, 2.0, 3.0])\n')], 8,
        "z: actual has shape (2,), expected has (3,); compare equal shapes",
    ),
    "check without points": (
        "hidden_checks.py", [("points=60", "point=60")], 4,
        "TypeError: Function.check() got an unexpected keyword argument 'point'",
    ),
    "doubled function": (
        "public_checks.py", [('shift = exercise.function("shift"', 'shift = exercise.function("double"')], 5,
        "function double is declared twice; remove one of the two",
    ),
    "needs that are no functions": (
        "public_checks.py", [('"shift", returns="y"', '"shift", returns="y", needs=["double"]')], 5,
        "shift needs something that is not a function; list what `exercise.function` returned",
    ),
    "needs that are no checks": (
        "hidden_checks.py", [("points=60", "points=60, needs=[double]")], 4,
        "check shift.shifts needs something that is not a check; list decorated functions",
    ),
    "data that is not there": (
        "public_checks.py", [(CHECK, 'exercise.data("x.npz")')], 11,
        "check double.doubles fails: FileNotFoundError: there is no data/x.npz, or it is read outside of a check",
    ),
    "argument that can't be sent": (
        "public_checks.py", [("inputs.apart(3)", "object()")], 11,
        "check double.doubles fails: TypeError: an argument of type object can't be sent to a student's function",
    ),
    "checks that import the reference": (
        "hidden_checks.py", [("from .public", "from .reference import double\nfrom .public")], 1,
        "reference.py that checks may import",
    ),
    "another exercise's name": (
        "public_checks.py", [('Exercise("tiny")', 'Exercise("tinny")')], None,
        'defines no `exercise = Exercise("tiny")`',
    ),
    "no exercise": (
        "public_checks.py", [("exercise = ", "exercice = "), ("exercise.", "exercice.")], None,
        'defines no `exercise = Exercise("tiny")`',
    ),
}  # fmt: skip


COMMANDS = [("verify",), ("release",), ("list",), ("grade", *TRIAL, "--submissions", "x", "--output", "out")]


@pytest.fixture
def exercise(tmp_path):
    """Return the exercise of a separate small course."""
    return write_course(tmp_path)


@pytest.mark.unit
@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_one_line_with_its_place(name, exercise):
    """An author's mistake is reported in one line that begins with the file, and its line number if there is one."""
    file, changes, line, words = MISTAKES[name]
    edit(exercise, file, *changes)
    with pytest.raises(CourseError) as caught:
        record(exercise, seeded(1))
    message = str(caught.value)
    assert words in message
    assert "\n" not in message
    place = line if isinstance(line, str) else file if line is None else f"{file}:{line}"
    assert message.startswith(f"{exercise.folder / place}{'' if line is None else ':'}"), message


@pytest.mark.unit
def test_public_checks_import_no_neighbor(exercise):
    """Students get only the public checks, so a helper beside them is refused; the message says where it may be."""
    (exercise.folder / "helpers.py").write_text("HALF = 0.5\n", "utf-8")
    edit(exercise, "public_checks.py", ("from autograder", "from .helpers import HALF\nfrom autograder"))
    with pytest.raises(
        CourseError, match=r"public_checks\.py:1: imports \.helpers, which students don't have; expected Num"
    ):
        record(exercise, seeded(1))


@pytest.mark.unit
def test_sound_exercise_is_recorded(exercise):
    """The exercise that is broken above is sound, and its key is the same after it was written and read."""
    key = record(exercise, seeded(1))
    assert [check.id for check in key.checks] == ["double.doubles", "shift.shifts"]
    assert [check.visibility for check in key.checks] == ["public", "hidden"]
    assert [check.title for check in key.checks] == ["Every element is doubled", "Every element is shifted"]
    assert key.parameters == {"double": ("x",), "shift": ("x", "by=1.0")}
    assert [each.id for each in key.misconceptions] == ["double.squares", "shift.ignores_by"]
    file = exercise.root / "tiny.key"
    write_key(key, file)
    assert read_key(file) == key
    content = file.read_bytes()
    write_key(record(exercise, seeded(1)), file)
    assert file.read_bytes() == content
    file.write_bytes(content[:-5])
    with pytest.raises(ValueError, match="is not an answer key of this version"):
        read_key(file)


@pytest.mark.parametrize(
    "command", [("verify",), ("release",), ("grade", *TRIAL, "--submissions", "x", "--output", "out")]
)
def test_mistake_is_no_traceback_in_any_command(command, exercise):
    """Every command that needs the answers says what is wrong with the checks, and nothing else."""
    edit(exercise, "public_checks.py", ("inputs.apart", "inputs.appart"))
    edit(exercise, "reference.py", ("import numpy as np", "import sys, numpy as np\nprint('noise', file=sys.stderr)"))
    (exercise.root / "x" / "student").mkdir(parents=True)
    result = autograder(*command, cwd=exercise.root)
    assert result.returncode != 0
    assert "Traceback" not in result.stdout + result.stderr
    said = (result.stdout if command == ("verify",) else result.stderr).splitlines()
    found = [line for line in said if "public_checks.py:11: check double.doubles fails: AttributeError" in line]
    assert len(found) == 1, result
    assert command == ("verify",) or said == found


def test_all_exercises_with_a_mistake_are_told(tmp_path):
    """Each exercise that can't be recorded has its line, not only the first."""
    for name in ("one", "two"):
        write_exercise(tmp_path, name)
        reference = tmp_path / "solutions" / name / "reference.py"
        reference.write_text("import nunpy\n", "utf-8")
    result = autograder("release", cwd=tmp_path)
    lines = [line for line in result.stderr.splitlines() if "No module named 'nunpy'" in line]
    assert [re.search(r"solutions/(\w+)/reference\.py:1: ", line)[1] for line in lines] == ["one", "two"]
    assert "Traceback" not in result.stderr


@pytest.mark.unit
@pytest.mark.parametrize(
    ("after", "words"),
    [
        ('expect.reference(f"y with {(y < 0).sum()} negative", y)', "label 'y with 3 negative' did not occur"),
        ("if y[0] < 0:\n        student.double(y)", "the calls that a check makes must not depend on what"),
    ],
)
def test_what_depends_on_results_is_the_authors_mistake(after, words, exercise):
    """Labels and calls that depend on returned values are reported as soon as other values are returned."""
    depending = FALLIBLE.replace("apart", "positive").replace("assert y.min() < 0", after)
    edit(exercise, "public_checks.py", (CHECK, depending))
    key = record(exercise, seeded(1))
    grader = open_grader(key, key.sources, exercise.folder)
    assert grader.grade(single_file("s", "tiny", b"def double(x): return 2 * x"), None).record.score == 40
    with pytest.raises(CheckError, match=words):
        grader.grade(single_file("s", "tiny", b"def double(x): return -x"), None)
    edit(exercise, "misconceptions.py", ("return x * x", "return -x"))
    with pytest.raises(CourseError, match=words) as caught:
        record(exercise, seeded(1))
    assert re.search(
        r"public_checks\.py:\d+: check double\.doubles fails .*; it happened with misconception double\.squares$",
        str(caught.value),
    )


# ---- what is loaded, and how


@pytest.mark.unit
def test_exercises_do_not_share_what_they_load(exercise):
    """The same checks can be loaded twice, from disk or from a key, without affecting one another."""
    sources = exercise.check_sources()
    before = set(sys.modules)
    first, second = load_exercise("tiny", sources), load_exercise("tiny", sources, exercise.folder)
    assert first is not second
    assert [check.id for check in first.checks()] == [check.id for check in second.checks()]
    assert set(sys.modules) == before
    public = load_exercise("tiny", {"public_checks.py": sources["public_checks.py"]})
    assert [check.id for check in public.checks()] == ["double.doubles"]
    assert set(sources) == {"public_checks.py", "hidden_checks.py"}


@pytest.mark.unit
def test_helpers_and_data_travel_with_the_checks(exercise):
    """Hidden checks may import a helper module, and all checks may read data files, also if there is no folder."""
    (exercise.folder / "helpers.py").write_text("HALF = 0.5\n", "utf-8")
    (exercise.folder / "data").mkdir()
    (exercise.folder / "data" / "x.bin").write_bytes(b"\1\2")
    edit(exercise, "hidden_checks.py", ("0.5", "HALF"), ("from .public", "from .helpers import HALF\nfrom .public"))
    edit(exercise, "public_checks.py", (CHECK, 'assert exercise.data("x.bin") == b"\\1\\2"\n    ' + CHECK))
    key = record(exercise, seeded(1))
    assert set(key.hashes) == {"public_checks.py", "hidden_checks.py", "helpers.py", "data/x.bin"}
    public = record(exercise, HANDED_OUT)
    assert set(public.hashes) == {"public_checks.py", "data/x.bin"}
    assert public.sources == {}
    solution = exercise.solution.read_bytes()
    assert open_grader(key).grade(single_file("s", "tiny", solution), None).record.score == 100
    with pytest.raises(CourseError, match=r"data/x\.bin is not the file that the answer key was recorded from"):
        open_grader(public, {**key.sources, "data/x.bin": b"\1"})


@pytest.mark.unit
def test_key_knows_its_checks_whatever_their_line_ends(exercise):
    """Tools that change line ends do no harm; any other change to a file of checks is refused."""
    public = record(exercise, HANDED_OUT)
    source = (exercise.folder / "public_checks.py").read_bytes()
    solution = single_file("s", "tiny", exercise.solution.read_bytes())
    windows = source.replace(b"\n", b"\r\n")
    assert open_grader(public, {"public_checks.py": windows}).grade(solution, None).record.score == 40
    with pytest.raises(CourseError, match=r"public_checks\.py is not the file that the answer key was recorded from"):
        open_grader(public, {"public_checks.py": source.replace(b"apart(3)", b"apart(4)")})


@pytest.mark.unit
def test_order_of_checks_is_that_of_the_functions():
    """Checks come function by function in the order of declaration, public ones first, however they are written."""
    exercise = Exercise("small")
    first, second = exercise.function("first", returns="y"), exercise.function("second", returns="y")

    def add(function, name, *, public):
        def body(student, inputs, expect):
            """Do it."""

        body.__name__, exercise.loading_public = name, public
        return function.check(points=1)(body)

    add(second, "a", public=True)
    add(first, "b", public=False)
    add(first, "c", public=True)
    add(second, "d", public=False)
    assert [check.id for check in exercise.checks()] == ["first.c", "first.b", "second.a", "second.d"]


@pytest.mark.unit
def test_title_is_the_docstring_without_its_full_stop():
    """A check's title is one sentence on one line; a title that is given takes its place."""
    exercise = Exercise("small")
    function = exercise.function("f", returns="y")

    @function.check(points=1)
    def described(student, inputs, expect):
        """Do it,
        and well.
        """

    @function.check(points=2.5, title="Another sentence")
    def titled(student, inputs, expect):
        """Not this one."""

    assert [check.title for check in exercise.checks()] == ["Do it, and well", "Another sentence"]
    assert titled.points == 2.5


@pytest.mark.unit
def test_needed_checks_come_in_the_order_of_the_work():
    """Everything that a check needs through others is found, each once, and after what it needs itself."""
    exercise = Exercise("small")
    g = exercise.function("g", returns="y")
    f = exercise.function("f", returns="y", needs=[g])
    h = exercise.function("h", returns="y", needs=[f, g])

    def add(function, name, needs=()):
        def body(student, inputs, expect):
            """Do it."""

        body.__name__ = name
        return function.check(points=1, needs=needs)(body)

    add(g, "one")
    loss = add(f, "loss")
    gradient = add(f, "gradient", needs=[loss])
    last = add(h, "last")
    assert [check.id for check in exercise.needed(gradient)] == ["g.one", "f.loss"]
    assert [check.id for check in exercise.needed(last)] == ["g.one", "f.loss", "f.gradient"]


# ---- misconceptions


@pytest.mark.unit
def test_misconception_is_called_by_the_solutions_other_functions(exercise):
    """A wrong function replaces the right one everywhere, also where the solution calls it."""
    text = exercise.solution.read_text("utf-8")
    exercise.solution.write_text(f"{text}\n\ndef twice(x):\n    return double(double(x))\n", "utf-8")
    squares, ignores = misconceptions_of(exercise)
    solution = load_module(exercise.solution)
    namespace = namespace_of(squares, solution)
    assert namespace["twice"](np.array(3.0)) == 81
    assert solution.twice(np.array(3.0)) == 12
    assert namespace_of(ignores, solution)["shift"](1.0, by=0.5) == 2.0
    assert namespace_of(ignores, solution)["double"](3) == 6
    assert (squares.touched, ignores.touched) == ({"double"}, {"shift"})


@pytest.mark.unit
def test_misconception_of_several_functions_is_a_class():
    """A class overrides several functions at once, and two misconceptions can be held at once."""
    wrong = Misconceptions()

    @wrong("f.both", "They are the same.", "a", "b", "c")
    class Both:
        @staticmethod
        def f(x):
            return x

        @staticmethod
        def g(x):
            return x

    @wrong.both("f.both", "f.other")
    def f(x):
        return -x

    both, combined = wrong.found
    assert (both.function, set(both.overrides)) == ("f", {"f", "g"})
    assert (combined.id, combined.combines) == ("f.both+other", ("f.both", "f.other"))


# ---- a new exercise


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course whose only exercise was written by `autograder new`, and released."""
    root = tmp_path_factory.mktemp("course")
    result = autograder("new", "softmax_loss", cwd=root)
    assert result.returncode == 0, result.stderr
    assert autograder("release", cwd=root).returncode == 0
    return root


def test_new_exercise_verifies_without_an_error(course):
    """An exercise written by `new` has no error, and its misconceptions are killed and named; warnings are allowed."""
    result = autograder("verify", "--seed", 1, 2, cwd=course)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "error:" not in result.stdout
    rows = [line.split() for line in result.stdout.splitlines() if line.startswith("softmax_loss ")]
    assert [row[4:6] for row in rows if row[1] in "12"] == [["100.0%", "100.0%"]] * 2


def test_new_exercise_releases_and_checks(course):
    """Its assignment has a stub, the public checks, their answers and a handout, and `check` runs on it."""
    folder = course / "assignments" / "softmax_loss"
    assert {"softmax_loss.py", "public_checks.py", "softmax_loss.key", "README.md"} <= {
        file.name for file in folder.iterdir()
    }
    result = autograder("check", folder, cwd=course)
    assert result.returncode == 1
    assert "0 of 2 public checks passed" in result.stdout
    stub = folder / "softmax_loss.py"
    text = stub.read_text("utf-8")
    try:
        stub.write_bytes((course / "solutions" / "softmax_loss" / "softmax_loss.py").read_bytes())
        assert "2 of 2 public checks passed" in autograder("check", folder, cwd=course).stdout
    finally:
        stub.write_text(text, "utf-8")


def test_new_exercise_grades(course, tmp_path):
    """A right submission earns 100, the stub nothing, and the first misconception is named."""
    (exercise,) = find_exercises(course, [])
    solution = exercise.solution.read_text("utf-8")
    sources = {
        "right": solution,
        "stub": (exercise.assignment / "softmax_loss.py").read_text("utf-8"),
        "wrong": solution.replace("2 * difference / difference.size", "2 * difference"),
    }
    for student, source in sources.items():
        file = tmp_path / "class" / student / "softmax_loss" / "softmax_loss.py"
        file.parent.mkdir(parents=True)
        file.write_text(source, "utf-8")
    result = autograder("grade", *TRIAL, "--submissions", tmp_path / "class", "--output", tmp_path / "out", cwd=course)
    assert result.returncode == 0, result.stderr
    lines = (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()
    records = {each["student"]: each for each in map(json.loads, lines)}
    assert (records["right"]["score"], records["stub"]["score"]) == (100, 0)
    assert 0 < records["wrong"]["score"] < 100
    named = {name for check in records["wrong"]["checks"] for name in check["diagnosis"]}
    assert named == {"mean_squared_error.sum_in_the_gradient"}


@pytest.mark.unit
@pytest.mark.parametrize("name", ["", "a-b", "1st", "a b", "_private", "../x", "class", "numpy", "random"])
def test_new_exercise_needs_a_name_that_a_module_may_have(name, tmp_path):
    """A name that Python can't import is refused, and nothing is written."""
    with pytest.raises(UsageError, match="can't be an exercise's name"):
        write_exercise(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.unit
def test_new_exercise_replaces_nothing(exercise):
    """A name that is taken is refused."""
    with pytest.raises(UsageError, match="exists already; choose another name"):
        write_exercise(exercise.root, "tiny")
