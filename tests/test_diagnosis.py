"""Naming mistakes: those of functions that were written without sight of the catalogue, and marks of any function."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from autograder.answers.misbehave import misconceptions_of
from autograder.cli.main import DEFAULT_SEED
from autograder.diagnose.diagnose import diagnose
from autograder.grade.ask import questions
from autograder.grade.grade import grade
from autograder.grade.read import Submission
from autograder.trace import Fault
from autograder.worker.run import run
from tests.conftest import EXERCISES, ROOT, appended, solution_of

# What students wrote, none of whom had seen the catalogue, and the mistake that it is.
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


@pytest.mark.parametrize("file", MISTAKES)
def test_mistake_is_named(file, graded):
    """A wrong function is told its own mistake, in all of its failed checks, and in words once."""
    exercise, _, stem = file.partition("/")
    function = stem.partition("__")[0]
    source = (ROOT / "tests" / "corpus" / "wrong" / f"{file}.py").read_text("utf-8")
    record = graded(exercise, appended(exercise, source))
    assert named(record) == {(function, (f"{function}.{MISTAKES[file]}",))}
    assert sum("It looks as if: " in check.message for check in record.checks) == 1


TWO_STEPS_BACK = """def momentum(x, grad, state, lr=1e-2, rho=0.9):
    v = rho**2 * state.get("v", 0) + rho * state.get("u", 0) + grad
    return x - lr * v, {"v": v, "u": grad}
"""
MARKS = {
    "generic.factor": ("backprop", "def tanh_backward(dy, x): return -dy * (1 - np.tanh(x) ** 2)"),
    "generic.one_output": (
        "penalties",
        "def l2(W, lam): return lam * (W**2).sum() ** 2, 2 * lam * W",
    ),
    "generic.first_step": ("optimizers", TWO_STEPS_BACK),
    "generic.rounded": ("backprop", "def sigmoid(x): return np.round(1 / (1 + np.exp(-np.clip(x, -700, 700))), 5)"),
    "generic.transposed": ("backprop", "def softplus(x): return np.logaddexp(0, x).T"),
}  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_exact_mark_is_described(mark, graded):
    """What no misconception explains is described where the description holds exactly."""
    exercise, source = MARKS[mark]
    record = graded(exercise, appended(exercise, source))
    assert {diagnosis for _, diagnosis in named(record)} == {(mark,)}


@pytest.mark.parametrize(
    "source",
    [
        "def sigmoid(x): return np.tanh(x) + 0.1 * x",
        "def sigmoid(x): return np.where(x > 0, 2.0, 0.5) / (1 + np.exp(-np.clip(x, -700, 700)))",
        "def sigmoid(x):\n    while True: pass",
    ],
)
def test_unknown_mistake_gets_no_name(source, graded):
    """Nothing is guessed."""
    assert {diagnosis for _, diagnosis in named(graded("backprop", appended("backprop", source)))} == {()}


def test_diagnosis_changes_no_score(books, slot):
    """Without beliefs in the book, every check has the same status and points, and no diagnosis."""
    book = books(DEFAULT_SEED)["penalties"]
    bare = msgspec.structs.replace(book, beliefs=())
    wrong = "def l2(W, lam): return lam / 2 * (W**2).sum(), lam * W"
    submission = Submission(student="s", source=appended("penalties", wrong), error=None)
    records = [grade(each, questions(each), submission, slot).record for each in (book, bare)]
    outcomes = [[(check.id, check.status, check.points) for check in record.checks] for record in records]
    assert outcomes[0] == outcomes[1]
    assert named(records[0]) == {("l2", ("l2.half_in_front",))}
    assert records[0].score == records[1].score < 100


def test_shifted_results_are_described(books):
    """Results that come one step late are told by that, where no misconception is known."""
    book = msgspec.structs.replace(books(DEFAULT_SEED)["schedules"], beliefs=())
    right: dict = {}
    exec(compile(solution_of(EXERCISES["schedules"]), "schedules.py", "exec"), right)

    def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
        return [lr0, *right["reduce_on_plateau"](losses, lr0, factor, patience, threshold)[:-1]]

    answers = [
        (check, run(check.script, {"reduce_on_plateau": reduce_on_plateau}, {}))
        for check in book.checks
        if check.function == "reduce_on_plateau"
    ]
    found = diagnose(book, "reduce_on_plateau", answers)
    assert (found.ids, found.sentences) == (
        ("generic.shifted",),
        ("The results are right, but come one step late.",),
    )


def test_two_that_fit_are_no_diagnosis(books):
    """Where two beliefs fit alike, none is named; where one is declared to be like the other, that other is."""
    book = books(DEFAULT_SEED)["penalties"]
    namespace = {"l2": half_in_front}
    answers = [(check, run(check.script, namespace, {})) for check in book.checks if check.function == "l2"]
    (belief,) = [each for each in book.beliefs if each.id == "l2.half_in_front"]

    def with_twin(**changes):
        twin = msgspec.structs.replace(belief, id="l2.twin", **changes)
        checks = tuple(
            msgspec.structs.replace(
                check, behaviours=check.behaviours | {"l2.twin": check.behaviours.get(belief.id, ())}
            )
            for check in book.checks
        )
        doubled = msgspec.structs.replace(book, beliefs=(*book.beliefs, twin), checks=checks)
        return diagnose(doubled, "l2", [(checks[book.checks.index(check)], trace) for check, trace in answers])

    assert diagnose(book, "l2", answers).ids == ("l2.half_in_front",)
    assert with_twin() is None
    assert with_twin(like="l2.half_in_front").ids == ("l2.half_in_front",)


def test_call_without_an_answer_is_no_behaviour(books):
    """A function whose process was stopped in one check is not diagnosed from the others."""
    book = books(DEFAULT_SEED)["penalties"]
    namespace = {"l2": half_in_front}
    first, *rest = [(check, run(check.script, namespace, {})) for check in book.checks if check.function == "l2"]
    assert diagnose(book, "l2", [(first[0], Fault("timeout", "")), *rest]) is None


@pytest.mark.parametrize("name", EXERCISES)
def test_students_book_has_no_hint_on_what_only_hidden_checks_show(name, books):
    """The public book holds beliefs, with three hints each, that its own checks can tell from right code."""
    public = books(DEFAULT_SEED)[name].public()
    shown = {belief for check in public.checks for belief in check.behaviours}
    assert {belief.id for belief in public.beliefs} <= shown
    assert all(len(belief.hints) == 3 for belief in public.beliefs if not belief.combines)
    assert len(misconceptions_of(EXERCISES[name])) >= len(public.beliefs) > 0
