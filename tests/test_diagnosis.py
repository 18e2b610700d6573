"""Naming mistakes: in functions that were written without looking at the catalog, and patterns in any function."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from autograder import wire
from autograder.authoring import arrays, handle, load_exercise, load_module
from autograder.checking import Observation
from autograder.checking.failures import BrokenProperty
from autograder.course import DEFAULT_SEED, ExerciseFolder
from autograder.course_key import seeded
from autograder.diagnosis import Diagnosis, diagnose
from autograder.diagnosis.agreement import agreement, features_of
from autograder.diagnosis.diagnose import Candidate, Label
from autograder.grading import open_grader, single_file
from autograder.key import Fails, Holds, KnownMisconception, Sampled, Unclear, Values
from autograder.limits import Limits
from autograder.recording.fingerprints import Runner, misconceptions_of
from autograder.recording.record import record
from autograder.sandbox import BARE, Sandbox
from autograder.wire import Fault
from tests.conftest import EXERCISES, appended
from tests.small import Small, raiser, small

# What students wrote, none of whom had seen the catalog, and the mistake that it is.
MISTAKES = {
    "augmentation/add_noise__same_noise_in_all_channels": "same_noise_in_all_channels",
    "augmentation/cutout__square_may_stick_out_over_the_edge": "centre_anywhere",
    "augmentation/random_crop__rolls_around_instead_of_padding_with_zeros": "wraps_around",
    "augmentation/random_horizontal_flip__one_decision_for_the_whole_batch": "one_coin_for_the_batch",
    "backprop/linear_backward__averages_db_over_the_batch": "db_averaged",
    "backprop/mlp_loss_and_gradients__tanh_derivative_of_the_activated_value": "slope_at_the_output_of_tanh",
    "backprop/sigmoid_backward__treats_x_as_already_activated": "x_taken_for_output",
    "batchnorm/batchnorm_backward__forgets_the_path_through_the_variance": "no_path_through_the_variance",
    "batchnorm/batchnorm_forward__momentum_weights_the_old_average": "momentum_weighs_the_old",
    "dropout/dropout_backward__multiplies_by_the_scaled_mask_twice": "scaled_twice",
    "dropout/dropout_forward__p_is_the_probability_of_keeping": "p_is_kept",
    "dropout/vanilla_dropout_forward__drops_an_exact_share": "fixed_number_dropped",
    "initializers/calibrated_normal__variance_given_as_standard_deviation": "variance_taken_as_std",
    "learned_optimizer/learned_step__cell_state_is_not_carried_on": "cell_state_not_carried",
    "learned_optimizer/lstm_cell__cell_and_output_gates_exchanged": "output_gate_before_candidate",
    "normalization/standardize__adds_an_epsilon_instead_of_treating_zero_std": "epsilon_in_denominator",
    "optimizers/adadelta__accumulates_the_step_with_the_learning_rate": "lr_in_average",
    "optimizers/adam__stores_the_corrected_moments": "corrected_moments_kept",
    "optimizers/minibatches__evens_out_the_batch_sizes": "evenly_split",
    "optimizers/momentum__running_average_of_gradients": "averaged_gradient",
    "optimizers/nesterov__looks_behind_instead_of_ahead": "looks_backwards",
    "optimizers/rmsprop__beta_and_one_minus_beta_exchanged": "beta_on_wrong_term",
    "penalties/elastic_net__beta_as_mixing_share": "beta_as_mixing_share",
    "penalties/hinge_loss__only_the_worst_class_counts": "worst_class_only",
    "penalties/l1__subgradient_one_at_zero": "zero_counts_as_positive",
    "penalties/regularized_hinge_loss__penalty_averaged_over_examples": "penalty_averaged_over_examples",
    "schedules/early_stopping__counts_bad_epochs_in_total": "epochs_not_in_a_row",
    "schedules/exponential_decay__uses_e_to_the_minus_gamma_epoch": "gamma_as_rate_constant",
    "schedules/step_decay__counts_epochs_from_one": "one_epoch_early",
    "training/distinct_units__compares_only_neighbouring_columns": "neighbours_only",
    "training/loss_and_gradients__penalty_on_the_biases_too": "penalty_on_biases",
    "training/train__velocity_starts_again_every_epoch": "velocity_forgotten_every_epoch",
}


def named(record) -> set[tuple[str, tuple[str, ...]]]:
    """Return function and diagnosis of all checks that failed."""
    return {(check.function, check.diagnosis) for check in record.checks if check.status not in ("passed", "skipped")}


def half_in_front(W, lam):  # noqa: N803  # the contract's name, by which it is called
    """Return the penalty and its gradient as some textbooks have them."""
    return lam / 2 * np.sum(W**2), lam * W


@pytest.fixture(scope="module")
def runs_of(keys):
    """Return a function that runs a function's checks of a shipped exercise in this process."""

    def runs(exercise: str, function: str, override) -> dict:
        folder, key = EXERCISES[exercise], keys(DEFAULT_SEED)[exercise]
        runner = Runner(load_exercise(exercise, folder.check_sources(), folder.folder), key)
        namespace = {**vars(load_module(folder.solution)), function: override}
        return {check.id: runner.run(check, namespace) for check in key.checks if check.function == function}

    return runs


@pytest.mark.parametrize("file", MISTAKES)
def test_mistake_is_named(file, graded):
    """A wrong function is told its own mistake, in all of its failed checks, and in words only once."""
    exercise, _, stem = file.partition("/")
    function = stem.partition("__")[0]
    (path,) = [each for each in EXERCISES[exercise].submissions("wrong") if each.stem == stem]
    record = graded(exercise, appended(exercise, path.read_text("utf-8")))
    assert named(record) == {(function, (f"{function}.{MISTAKES[file]}",))}
    assert sum("It looks as if: " in check.message for check in record.checks) == 1


# Mistakes without a name, and what they were taken for: what fails in one check, and always in two that are right here;
# values that are nearly right, after small steps.
UNKNOWN = {
    "training/train__one_mask_an_epoch": "train.dropout_in_validation",
    "training/train__velocity_restarted_with_dropout": "train.dropout_in_validation",
    "optimizers/adam__step_counter_shared_by_interleaved_runs_by_shape": "generic.rounded",
}


@pytest.mark.parametrize("file", UNKNOWN)
def test_mistake_is_not_taken_for_another(file, graded):
    """If an unknown mistake shows only a little, it gets no name."""
    exercise, _, stem = file.partition("/")
    (path,) = [each for each in EXERCISES[exercise].submissions("wrong") if each.stem == stem]
    record = graded(exercise, appended(exercise, path.read_text("utf-8")))
    assert named(record) == {(stem.partition("__")[0], ())}


MARKS = {
    "generic.factor": ("backprop", "def tanh_backward(dy, x): return -dy * (1 - np.tanh(x) ** 2)"),
    "generic.one_output": (
        "penalties",
        "def l2(W, lam): return lam * (W**2).sum() ** 2, 2 * lam * W",
    ),
    "generic.rounded": ("backprop", "def sigmoid(x): return np.round(1 / (1 + np.exp(-np.clip(x, -700, 700))), 5)"),
    "generic.transposed": ("backprop", "def softplus(x): return np.logaddexp(0, x).T"),
}  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_exact_mark_is_described(mark, graded):
    """A mistake that no misconception explains is described, if a description holds exactly."""
    exercise, source = MARKS[mark]
    record = graded(exercise, appended(exercise, source))
    assert {diagnosis for _, diagnosis in named(record)} == {(mark,)}


DIVISOR = "inv_std = 1 / np.sqrt(var + eps)"
KEEPS = "mask = _keep(x, p, rng) / (1 - p)"
CORRECTED = "c_hat = c / (1 - beta2**t)"
# What people wrote, as changes of the solution: exercise, function, what is changed, and what it is called.
CHANGES = {
    "eps in training alone": (
        "batchnorm/batchnorm_forward",
        {DIVISOR: "inv_std = 1 / np.sqrt(var + (eps if training else 0))"},
        {"batchnorm_forward.eps_forgotten_in_evaluation"},
    ),
    "p kept, divided by 0 at p = 0": (
        "dropout/dropout_forward",
        {"elif p == 1:": "elif False:", KEEPS: "mask = (rng.random(x.shape) < p) / p"},
        {"dropout_forward.p_is_kept"},
    ),
    "normal numbers": (
        "dropout/dropout_forward",
        {KEEPS: "mask = (rng.standard_normal(x.shape) >= p) / (1 - p)"},
        {"dropout_forward.normal_draws"},
    ),
    "two axes only": (
        "dropout/dropout_forward",
        {KEEPS: "n, d = x.shape\n        mask = _keep(x, p, rng) / (1 - p)"},
        {"generic.some_axes"},
    ),
    "eps ignored": (
        "optimizers/adam",
        {"(np.sqrt(c_hat) + eps)": "(np.sqrt(c_hat) + 1e-8)"},
        {"adam.eps_hard_coded"},
    ),
    "counted twice": (
        "optimizers/adam",
        {'{"t": t, "m"': '{"t": t + 1, "m"'},
        {"adam.step_counted_twice"},
    ),
    "two mistakes at once": (
        "optimizers/adam",
        {
            CORRECTED: "c_hat = c / (1 - beta2)",
            "m / (1 - beta1**t)": "m / (1 - beta1)",
            "(np.sqrt(c_hat) + eps)": "np.sqrt(c_hat + eps)",
        },
        {"adam.corrected_as_in_the_first_step", "adam.eps_inside_root"},
    ),
    "axis kept": (
        "batchnorm/batchnorm_backward",
        {"dbeta = dy.sum(axis=0)": "dbeta = dy.sum(axis=0, keepdims=True)"},
        {"generic.axis_kept"},
    ),
    "gates in another order, by another sigmoid": (  # which leaves 0 of closed gates, not 1e-13
        "learned_optimizer/lstm_cell",
        {
            "i, f, g, o = np.split(gates, 4, axis=1)": "i, f, o, g = np.split(gates, 4, axis=1)",
            "_sigmoid(f) * c": "(1 + np.tanh(f / 2)) / 2 * c",
            "_sigmoid(i)": "(1 + np.tanh(i / 2)) / 2",
            "_sigmoid(o)": "(1 + np.tanh(o / 2)) / 2",
        },
        {"lstm_cell.output_gate_before_candidate"},
    ),
    "exchanged": (
        "backprop/linear_backward",
        {"return dy @ W.T, x.T @ dy, dy.sum(axis=0)": "return x.T @ dy, dy @ W.T, dy.sum(axis=0)"},
        {"generic.exchanged"},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_of_the_solution_is_named(change, graded):
    """Mistakes in one mode, at extremes, two at once, and marks of shape are named in one function."""
    place, changes, names = CHANGES[change]
    exercise, _, function = place.partition("/")
    text = EXERCISES[exercise].solution.read_text("utf-8")
    head, body = text.split(f"def {function}(", 1)
    for old, new in changes.items():
        assert old in body
        body = body.replace(old, new, 1)
    record = graded(exercise, f"{head}def {function}({body}".encode())
    assert {name for where, found in named(record) for name in found if where == function} == names


@pytest.mark.parametrize(
    "source",
    [
        "def sigmoid(x): return np.tanh(x) + 0.1 * x",
        "def sigmoid(x): return np.where(x > 0, 2.0, 0.5) / (1 + np.exp(-np.clip(x, -700, 700)))",
    ],
)
def test_unknown_mistake_gets_no_name(source, graded):
    """An unknown mistake gets no name: nothing is guessed."""
    assert {diagnosis for _, diagnosis in named(graded("backprop", appended("backprop", source)))} == {()}


def test_endless_loop_gets_no_name(keys):
    """Nothing is guessed about a function that does not end, either."""
    name, source = "normalization", "def standardize(x, mean, std):\n    while True: pass"
    loop = single_file("s", name, appended(name, source))
    with Sandbox(Limits(cpu_seconds=0.3), BARE) as impatient:
        record = open_grader(keys(DEFAULT_SEED)[name]).grade(loop, impatient).record
    assert "timeout" in {check.status for check in record.checks}
    assert {diagnosis for _, diagnosis in named(record)} == {()}


def test_diagnosis_changes_no_score(keys, sandbox):
    """Without misconceptions in the key, every check has the same status and points, and no diagnosis."""
    key = keys(DEFAULT_SEED)["penalties"]
    bare = msgspec.structs.replace(key, misconceptions=())
    wrong = "def l2(W, lam): return lam / 2 * (W**2).sum(), lam * W"
    submission = single_file("s", "penalties", appended("penalties", wrong))
    records = [open_grader(each).grade(submission, sandbox).record for each in (key, bare)]
    outcomes = [[(check.id, check.status, check.points) for check in record.checks] for record in records]
    assert outcomes[0] == outcomes[1]
    assert named(records[0]) == {("l2", ("l2.half_in_front",))}
    assert records[0].score == records[1].score < 100


def test_shifted_results_are_described(keys, runs_of):
    """Results that come one step late are described as such, if no misconception is known."""
    key = msgspec.structs.replace(keys(DEFAULT_SEED)["schedules"], misconceptions=())
    right = load_module(EXERCISES["schedules"].solution).reduce_on_plateau

    def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
        return [lr0, *right(losses, lr0, factor, patience, threshold)[:-1]]

    found = diagnose(key, "reduce_on_plateau", runs_of("schedules", "reduce_on_plateau", reduce_on_plateau))
    assert (found.ids, found.sentences) == (
        ("generic.shifted",),
        ("The results are right, but come one step late.",),
    )


def test_two_that_fit_are_no_diagnosis(keys, runs_of):
    """If two misconceptions fit equally, none is named; if one is declared to be like the other, the other is."""
    key, runs = keys(DEFAULT_SEED)["penalties"], runs_of("penalties", "l2", half_in_front)
    (known,) = [each for each in key.misconceptions if each.id == "l2.half_in_front"]

    def with_twin(**changes):
        twin = msgspec.structs.replace(known, id="l2.twin", **changes)
        checks = tuple(
            msgspec.structs.replace(
                check, fingerprints=check.fingerprints | {"l2.twin": check.fingerprints.get(known.id, {})}
            )
            for check in key.checks
        )
        doubled = msgspec.structs.replace(key, misconceptions=(*key.misconceptions, twin), checks=checks)
        return diagnose(doubled, "l2", runs)

    assert diagnose(key, "l2", runs).ids == ("l2.half_in_front",)
    assert with_twin() is None
    assert with_twin(like="l2.half_in_front").ids == ("l2.half_in_front",)


def test_check_that_a_process_did_not_answer_leaves_no_diagnosis(keys, runs_of):
    """A function whose process was stopped in one check is not diagnosed from the others."""
    key, runs = keys(DEFAULT_SEED)["penalties"], runs_of("penalties", "l2", half_in_front)
    first = next(iter(runs))
    assert diagnose(key, "l2", runs | {first: replace(runs[first], fault=Fault("timeout", ""))}) is None


def test_checks_that_rest_on_another_mistake_are_not_looked_at(keys, runs_of):
    """Only the checks whose runs are given are diagnosed: the others may be anything."""
    key, runs = keys(DEFAULT_SEED)["penalties"], runs_of("penalties", "l2", half_in_front)
    failed = [name for name, run in runs.items() if run.failure is not None]
    assert len(failed) > 1
    assert diagnose(key, "l2", {failed[0]: runs[failed[0]]}).ids == ("l2.half_in_front",)
    assert diagnose(key, "l2", {}) is None


@pytest.mark.parametrize("name", EXERCISES)
def test_students_key_has_no_hint_on_what_only_hidden_checks_show(name, students_keys):
    """The public key has misconceptions, with three hints each, that its own checks can tell from right code."""
    public = students_keys[name]
    shown = {
        misconception
        for check in public.checks
        for misconception, fingerprint in check.fingerprints.items()
        if not all(isinstance(mark, Holds | Unclear) for mark in fingerprint.values())
    }
    shown |= {part for each in public.misconceptions if each.id in shown for part in each.combines}
    assert {each.id for each in public.misconceptions} == shown
    assert all(len(each.hints) == 3 for each in public.misconceptions if not each.combines)
    assert len(misconceptions_of(EXERCISES[name])) >= len(public.misconceptions) > 0


# ---- on small checks


CHECKS = """import numpy as np

from autograder.authoring import Exercise

exercise = Exercise("small")
g = exercise.function("g", returns="y")
f = exercise.function("f", returns="y", needs=[g])


@f.check(points=50)
def several(student, inputs, expect):
    \"\"\"Double, and keep the sign\"\"\"
    x = inputs.apart(3)
    y = student.f(x, inputs.generator())
    expect.that(np.sign(y) == np.sign(x), "The sign must stay.")
    expect.reference("y", y)
    with expect.raises(ValueError, "a text"):
        student.f("x", inputs.generator())


@f.check(points=50)
def of_g(student, inputs, expect):
    \"\"\"Double what g gives\"\"\"
    expect.reference("y", student.f(student.g(inputs.apart(2)), inputs.generator()))
"""
RIGHT = """import numpy as np


def g(x):
    return x


def f(x, rng):
    if isinstance(x, str):
        raise ValueError(x)
    return 2 * x
"""
WRONG = {
    "lenient": "return np.zeros(3) if isinstance(x, str) else 3 * x",
    "noisy": "return (2 * x + rng.random(x.shape)) if not isinstance(x, str) else x[7]",
    "broken": "return x[:1]",
}
WRONGS = (
    "import numpy as np\n\nfrom autograder.authoring import Misconceptions\n\nwrong = Misconceptions()\n\n"
    + "".join(
        f'@wrong("f.{name}", "It is {name}.", "a", "b", "c")\ndef f(x, rng):\n    {code}\n\n\n'
        for name, code in WRONG.items()
    )
)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Return an exercise on disk with three misconceptions, recorded."""
    folder = ExerciseFolder(name="small", root=tmp_path_factory.mktemp("course"))
    folder.folder.mkdir(parents=True)
    texts = {"public_checks": CHECKS, "hidden_checks": "", "reference": RIGHT, "small": RIGHT, "misconceptions": WRONGS}
    for name, text in texts.items():
        (folder.folder / f"{name}.py").write_text(text, "utf-8")
    right: dict = {}
    exec(RIGHT, right)
    exercise = load_exercise("small", folder.check_sources(), folder.folder)
    return Small(exercise=exercise, key=record(folder, seeded(7)), right={name: right[name] for name in "gf"})


def function(code: str):
    """Return f with another body."""
    namespace: dict = {}
    exec(f"import numpy as np\ndef f(x, rng):\n    {code}\n", namespace)
    return namespace["f"]


def found_in(exercise: Small, **functions) -> Diagnosis | None:
    """Return the diagnosis of how some functions behave."""
    runs = {check.id: exercise.run(check.id, **functions) for check in exercise.key.checks}
    return diagnose(exercise.key, exercise.key.checks[0].function, runs)


@pytest.mark.unit
def test_fingerprint_is_what_is_seen_at_each_label(recorded):
    """A misconception is recognized by where it holds, its values, its failures, and its effects on random results."""
    marks = recorded.key.checks[0].fingerprints
    assert marks["f.lenient"]["The sign must stay."] == Holds()
    assert isinstance(marks["f.lenient"]["y"], Values)
    assert marks["f.lenient"]["a text"] == Fails("not refused", "")
    assert isinstance(marks["f.noisy"]["y"], Sampled)
    assert marks["f.noisy"]["y"].always
    assert marks["f.noisy"]["a text"] == Fails("not refused", "IndexError")
    assert marks["f.broken"] == {"(end)": Fails("shape", "y (1,)")}


@pytest.mark.unit
@pytest.mark.parametrize("name", WRONG)
def test_misconception_is_named_whatever_is_drawn(name, recorded):
    """Code that behaves as a misconception does is named, also if chance plays a part."""
    assert found_in(recorded, f=function(WRONG[name])).ids == (f"f.{name}",)


@pytest.mark.unit
def test_what_is_right_or_wrong_in_another_way_gets_no_name(recorded):
    """Right functions, and those that agree with a misconception in only one place, are not named."""
    for code in (
        "return 3 * x if x.size == 3 else 5 * x",
        "return -2 * x * x",
    ):
        assert found_in(recorded, f=function(code)) is None, code
    assert found_in(recorded) is None


@pytest.mark.unit
@pytest.mark.parametrize(("failing", "fits"), [(1, True), (2, False)])
def test_chance_fails_one_check_of_a_misconception_and_not_two(failing, fits):
    """A property that held in all of a few runs may fail in one check by chance; in two, it is another mistake."""
    broken = BrokenProperty(sentence="Both are alike.")
    alike = Observation(label="alike", form="condition", failure=broken, actual=np.array(False))
    wrong = Observation(label="y", form="values", failure=broken, actual=np.ones(2), expected=np.zeros(2))
    labels = {("f.values", "y"): label_of(wrong, Values(wire.pack(np.ones(2))))}
    labels |= {(f"f.check_{n}", "alike"): label_of(alike, Holds()) for n in range(failing)}
    known = KnownMisconception("f.wrong", "f", "A belief.", ("A hint.",), (), "")
    assert Candidate(misconception=known, labels=labels, complete=True).fits(strictly=False) == fits


def label_of(observed: Observation, mark: Holds | Values) -> Label:
    """Return the evidence of a label in a random check."""
    found = agreement(observed, mark, single=False, by_chance=observed.form == "condition", features=features_of)
    return Label(mark=mark, observed=observed, agreement=found, usual=True)


@pytest.mark.unit
def test_another_functions_failure_says_nothing_about_this_one(recorded):
    """A check that is ended by another function's call is not considered; the others still name the mistake."""
    lenient = function(WRONG["lenient"])
    assert found_in(recorded, f=lenient, g=raiser(ValueError())).ids == ("f.lenient",)
    run = recorded.run("f.of_g", f=lenient, g=raiser(ValueError()))
    assert diagnose(recorded.key, "f", {"f.of_g": run}) is None
    alone = {"f.of_g": recorded.run("f.of_g", f=function(WRONG["broken"]))}
    assert diagnose(recorded.key, "f", alone).ids == ("f.broken",)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("mark", "f"),
    [
        ("generic.factor", lambda x: [-each for each in (x, x.sum(axis=0))]),
        ("generic.number_of_examples", lambda x: [len(x) * each for each in (x, x.sum(axis=0))]),
        ("generic.number_of_examples", lambda x: [each / len(x) for each in (x, x.sum(axis=0))]),
        ("generic.one_output", lambda x: (x, x.sum(axis=0) + x[0])),
        ("generic.rounded", lambda x: (x + 1e-3, np.round(x.sum(axis=0), 2) + 1e-3)),
        ("generic.transposed", lambda x: (x.T, x.sum(axis=0))),
    ],
)
def test_marks_of_any_function_are_described(mark, f):
    """A factor, a number of examples, one wrong output of two, rounding and exchanged axes are seen in the results."""

    def two_sizes(student, inputs, expect):
        """Give the values and their sum."""
        for n in (3, 5):
            y, total = student.at(f"N={n}").f(inputs.apart(n, 4))
            expect.reference(f"y for N={n}", y)
            expect.reference(f"the sum for N={n}", total)

    exercise = small(two_sizes, right={"f": lambda x: (x, x.sum(axis=0))}, returns={"f": ("y", "total")})
    assert found_in(exercise, f=f).ids == (mark,)
    assert found_in(exercise, f=lambda x: (x + x[0], x.sum(axis=0) * x[0])) is None
    one_off = [1.0, 1.002, 1.0, 1.0]
    assert found_in(exercise, f=lambda x: (x * one_off, x.sum(axis=0) * one_off)) is None


@pytest.mark.unit
def test_marks_in_time_are_described():
    """Functions that are right at first and wrong after a step, or one step late, are described as such."""

    def steps(student, inputs, expect):
        """Take steps."""
        x, state = inputs.normal(2), {}
        for number in (1, 2, 3, 4):
            x, state = student.at(f"step {number}").f(x, state)
            expect.reference(f"x after step {number}", x)

    def lists(student, inputs, expect):
        """Return running sums."""
        for row in student.f(inputs.apart(2, 6)):
            expect.reference(f"row {row.size} {len(expect.observations)}", row)

    right = {"f": lambda x, state: (x + state.get("n", 0) ** 2, {"n": state.get("n", 0) + 1})}
    exercise = small(steps, right=right, returns={"f": ("x", handle("state"))})
    forgets = found_in(exercise, f=lambda x, state: (x + 0.1 * len(state), {"n": 0}))
    assert forgets.ids == ("generic.first_step",)
    sums = small(lists, right={"f": lambda x: list(np.cumsum(x, axis=1))}, returns={"f": arrays("sums")})
    late = found_in(sums, f=lambda x: [np.append(0.5, row[:-1]) for row in np.cumsum(x, axis=1)])
    assert late.sentences == ("The results are right, but come one step late.",)
    early = found_in(sums, f=lambda x: [np.append(row[1:], 0.5) for row in np.cumsum(x, axis=1)])
    assert early.sentences == ("The results are right, but come one step early.",)


@pytest.mark.unit
def test_diagnosis_is_told_kindly_with_one_hint():
    """A student reads the belief and the first hint; if there are two beliefs, both."""
    one = Diagnosis(ids=("f.a",), sentences=("It is so.",), hint="Is it?")
    assert one.words() == "It looks as if: It is so.\nHint: Is it?"
    two = Diagnosis(ids=("f.a", "f.b"), sentences=("It is so.", "It is not."), hint="Is it?")
    assert two.words() == "It looks as if: It is so. And: It is not.\nHint: Is it?"
    assert Diagnosis(ids=("f.a",), sentences=("It is so.",), hint="").words() == "It looks as if: It is so."
