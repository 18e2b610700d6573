"""Hidden checks of the capstone, and what decides training on a loss, gradients or classes of the student's own.

Where training is deterministic it is compared step by step; where it is random, data are built so that the parameters
tell what happened: an example with an input of its own leaves its trace in a row of W1, and equal examples make every
order of them the same.

Training that is right for a wrong `loss_and_gradients` or `predict` goes the right way, or that of the student's own
gradients, and reports what the right functions or the student's own say of it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from autograder.authoring import Bernoulli, resembles

from .problems import (
    FAR_BEHIND,
    case_of,
    clear_problem,
    clear_scores,
    close_scores,
    descend,
    draw_case,
    draw_equal_examples,
    draw_standstill,
    draw_zero_losses,
    evaluation,
    falls_then_rises,
    gradients_of,
    is_large_and_lowest_in_the_middle,
    momentum_steps,
    moved_by_any_place,
    one_way_problem,
    own_units,
    read_epoch,
    relapses,
    replay,
    right_loss_and_gradients,
    rises,
    rows_of_their_own,
    stopping,
    wine_problem,
)
from .public_checks import (
    FULL_BATCHES,
    HISTORY,
    NAMES,
    Problem,
    distinct_units,
    expect_run,
    full_batches_problem,
    goes_step_by_step,
    loss_and_gradients,
    predict,
    train,
    training_problem,
    units,
)

# ---- loss_and_gradients


def problems_of_other_sizes(inputs):
    sizes = (
        (1, 3, 4, 3, 0.4),
        (6, 2, 3, 2, 0.0),
        (5, 4, 1, 5, 0.15),
        (7, 1, 6, 3, 1.3),
        (70, 3, 4, 3, 0.02),
        (3, 2, 4, 2, 40.0),
    )
    return [
        (f"N={n}, D={d}, H={h}, C={c}, lam={lam}", *clear_problem(inputs, n, d, h, c), lam) for n, d, h, c, lam in sizes
    ]


@loss_and_gradients.check(points=7)
def other_sizes(student, inputs, expect):
    """Loss and gradients are right for other sizes, N = 1 and λ = 0 included"""
    for sizes, *arguments in inputs.once("problems", problems_of_other_sizes):
        loss, grads = student.at(sizes).loss_and_gradients(*arguments)
        expect.reference(f"loss for {sizes}", loss)
        for name in NAMES:
            expect.gradient(f'grads["{name}"] for {sizes}', grads[name])


@loss_and_gradients.check(points=4)
def penalty_on_the_weights(student, inputs, expect):
    """λ weighs the squares of W1 and W2, and no bias"""
    params, x, y = clear_problem(inputs, 5, 3, 4, 3)
    loss, grads = student.at("lam=0.0").loss_and_gradients(params=params, x=x, y=y, lam=0.0)
    penalized_loss, penalized = student.at("lam=0.7").loss_and_gradients(params=params, x=x, y=y, lam=0.7)
    squares = (params["W1"] ** 2).sum() + (params["W2"] ** 2).sum()
    expect.close("what λ = 0.7 adds to the loss", penalized_loss - loss, 0.7 * squares)
    for name in NAMES:
        part = 1.4 * params[name] if name.startswith("W") else 0 * params[name]
        what = f'what λ = 0.7 adds to grads["{name}"]'
        expect.close(what, penalized[name] - grads[name], part, scale=1.4 * np.abs(params["W1"]).max())


# ---- predict


def problems_of_predict(inputs):
    sizes = ((1, 4, 3, 5), (12, 1, 6, 2), (15, 5, 4, 7), (300, 3, 4, 3))
    problems = [(f"N={n}, C={c}", *clear_scores(inputs, n, d, h, c)) for n, d, h, c in sizes]
    what, params, x = problems[2]
    problems[2] = (f"{what}, all scores negative", params | {"b2": params["b2"] - 40}, x)
    return [*problems, ("two scores that lie close together", *close_scores(inputs))]


@predict.check(points=4)
def predicts_other_sizes(student, inputs, expect):
    """It is right for other sizes, a single example and two classes among them, and for negative scores"""
    for what, params, x in inputs.once("problems", problems_of_predict):
        expect.reference(f"the classes for {what}", student.at(what).predict(params=params, x=x))


# ---- train, where it is deterministic


def own_evaluation(student, problem, params, lam):
    """Return the student's own validation loss and accuracy.

    Follow-throughs ask for these before they train: where this fails, that `train` fails as well is not its fault.
    """
    loss, _ = student.loss_and_gradients(params, problem.x_val, problem.y_val, lam)
    hits = student.predict(params, problem.x_val) == problem.y_val
    return float(loss), hits.mean()  # both are used here, so that it is here that they fail


def own_answers(student, expect, case, first):
    """Return parameters after each epoch, and what the history may be, for the student's own functions.

    They are those of the right run where the `first` epoch is like that, else those of the student's own gradients,
    which have to lead somewhere. Where own losses are 0, or stop at another epoch than the right ones, nothing is
    decided.
    """
    problem, lam = case.problem, case.options.get("lam", 0.0)
    _, own_snapshots, own_train_loss = descend(student.loss_and_gradients, problem, **case.options)
    off, own_off = (
        sum(np.abs(first[name] - after_one_epoch[name]).sum() for name in NAMES)
        for after_one_epoch in (case.snapshots[0], own_snapshots[0])
    )
    expect.nondegenerate(off <= own_off or leads_somewhere(own_snapshots, case))
    snapshots = case.snapshots if off <= own_off else own_snapshots
    val_loss, val_accuracy = np.transpose([evaluation(problem, params, lam) for params in snapshots])
    own_val_loss, own_val_accuracy = np.transpose(
        [own_evaluation(student, problem, params, lam) for params in snapshots]
    )
    ends = [stopping(losses, case.options.get("patience")) for losses in (case.val_loss, val_loss, own_val_loss)]
    expect.nondegenerate(len(set(ends)) == 1 and np.any(own_val_loss) and np.any(own_train_loss))
    answers = {
        "train_loss": [case.train_loss, own_train_loss],
        "val_loss": [val_loss, own_val_loss],
        "val_accuracy": [val_accuracy, own_val_accuracy],
    }
    return snapshots, {name: [answer[: ends[0] + 1] for answer in each] for name, each in answers.items()}


def leads_somewhere(snapshots, case):
    """Say whether parameters move along the right way, or straight against it, and about as far."""
    moved, right = (
        np.concatenate([(end[name] - case.problem.params[name]).ravel() for name in ("W1", "W2")])
        for end in (snapshots[-1], case.snapshots[-1])
    )
    return resembles(moved, right, cosine=0.3)


def expect_own_run(student, inputs, expect, case, *, history=HISTORY, params=NAMES):
    """Expect what `expect_run` does, for the student's own functions.

    They are asked at the start, where errors of theirs show, but not again before all training is done: `train` could
    play back what they have just returned.
    """
    problem, lam = case.problem, case.options.get("lam", 0.0)
    own_evaluation(student, problem, problem.params, lam)
    own_gradient(student, problem, slice(None))
    first, _ = case.train(student, inputs, epochs=1)
    best, entries = case.train(student, inputs)
    snapshots, answers = own_answers(student, expect, case, first)
    for name in history:
        label = f'history["{name}"] ({case.what})'
        if name == "val_accuracy":  # which may be 0 all along, and so no answer that `follows` takes
            near = any(np.abs(entries[name] - answer).max() < 1e-3 for answer in answers[name])
            expect.that(near, f"{label} is not what your own predict makes of it.")
        else:
            expect.follows(label, entries[name], given=answers[name])
    kept = snapshots[entries["val_loss"].argmin()]
    for name in params:
        expect.close(f'best_params["{name}"] ({case.what})', best[name], kept[name])


@goes_step_by_step.follow_through
def goes_step_by_step_its_own_way(student, inputs, expect):
    problem = full_batches_problem(inputs)
    expect_own_run(student, inputs, expect, case_of("full batches", problem, **FULL_BATCHES))


def decaying_and_rising(inputs):
    options = {"lr": 0.3, "rho": 0.8, "lam": 0.02, "decay": 0.8, "batch_size": 50, "epochs": 6}
    decaying = draw_case(inputs, "decaying rate", (8, 3, 5, 3, 3), falls_then_rises, **options)
    options = {"lr": 0.4, "rho": 0.9, "lam": 0.1, "decay": 0.9, "batch_size": 50, "epochs": 4}
    rising = draw_case(inputs, "rising validation loss", (10, 2, 4, 3, 3), rises, **options)
    options = {"lr": 0.3, "rho": 0.8, "batch_size": 50, "epochs": 4, "stretch": 900.0}
    large = draw_case(inputs, "large losses", (8, 3, 4, 3, 3), is_large_and_lowest_in_the_middle, **options)
    return decaying, rising, large


@train.check(points=6)
def decays_and_keeps_the_best(student, inputs, expect):
    """The rate decays from epoch to epoch, and the best parameters are kept, not the last"""
    for case in inputs.once("cases", decaying_and_rising):
        expect_run(expect, case.what, case.train(student, inputs))


@decays_and_keeps_the_best.follow_through
def decays_and_keeps_the_best_its_own_way(student, inputs, expect):
    for case in inputs.once("cases", decaying_and_rising):
        expect_own_run(student, inputs, expect, case)


def early_stopping(inputs):
    """Return cases of two classes and a light penalty: most losses that are wrong stop at the same epoch there."""
    sizes, options = (8, 3, 5, 2, 2), {"lr": 0.9, "rho": 0.7, "lam": 0.002}
    one_epoch = draw_case(inputs, "one epoch", sizes, lambda case: True, batch_size=20, epochs=1, patience=1, **options)
    relapsing = []
    for patience in (1, 2, 3):
        given = options | {"batch_size": 8, "epochs": 9, "patience": patience}
        relapsing.append(draw_case(inputs, f"patience={patience}", sizes, relapses, **given))
    return one_epoch, relapsing


@train.check(points=4)
def stops_in_time(student, inputs, expect):
    """It stops when the validation loss has not improved for `patience` epochs in a row"""
    one_epoch, relapsing = inputs.once("cases", early_stopping)
    expect_run(expect, one_epoch.what, one_epoch.train(student, inputs), history=["train_loss"], params=())
    for case in relapsing:
        expect_run(expect, case.what, case.train(student, inputs), history=["val_loss"], params=("W1", "b2"))


@stops_in_time.follow_through
def stops_in_time_its_own_way(student, inputs, expect):
    one_epoch, relapsing = inputs.once("cases", early_stopping)
    expect_own_run(student, inputs, expect, one_epoch, history=["train_loss"], params=())
    for case in relapsing:
        expect_own_run(student, inputs, expect, case, history=["val_loss"], params=("W1", "b2"))


def equal_validation_losses(inputs):
    options = {"lr": 0.05, "rho": 0.5, "batch_size": 8}
    problem = draw_standstill(inputs, epochs=5, **options)
    return (
        case_of("equal validation losses", problem, epochs=4, **options),
        case_of("equal validation losses, patience=2", problem, epochs=5, patience=2, **options),
        draw_zero_losses(inputs, lr=0.3, rho=0.8, batch_size=8, epochs=5),
    )


@train.check(points=4)
def keeps_the_earlier(student, inputs, expect):
    """Of equal validation losses, be they 0, the earlier epoch is kept, and the later ones are no improvement"""
    *equal, zero = inputs.once("cases", equal_validation_losses)
    for case in equal:
        expect_run(expect, case.what, case.train(student, inputs), history=["val_loss"], params=("W1", "W2"))
    best, history = zero.train(student, inputs)
    expect.reference(f'history["val_loss"] ({zero.what})', history["val_loss"])
    # Some formulas round these losses to almost 0: what follows is judged on the student's own numbers.
    kept = zero.snapshots[history["val_loss"].argmin()]
    for name in ("W1", "W2"):
        expect.close(f'best_params["{name}"] ({zero.what})', best[name], kept[name])


@keeps_the_earlier.follow_through
def keeps_the_earlier_its_own_way(student, inputs, expect):
    for case in inputs.once("cases", equal_validation_losses):
        expect_own_run(student, inputs, expect, case, history=["val_loss"], params=("W1", "W2"))


def equal_examples(inputs):
    options = {"lr": 0.06, "rho": 0.7, "lam": 0.03, "decay": 0.8, "batch_size": 4, "epochs": 4}
    # Two minibatches of the promised 32 in either case, of which one would be another one if there were 33 or 31.
    two = draw_equal_examples(inputs, 64), draw_equal_examples(inputs, 33, epochs=3)
    return *two, draw_equal_examples(inputs, 10, **options)


@train.check(points=4)
def many_updates(student, inputs, expect):
    """Several minibatches an epoch: velocity goes on, their losses are averaged, defaults are as promised"""
    for case in inputs.once("cases", equal_examples):
        expect_run(expect, case.what, case.train(student, inputs), history=("train_loss", "val_loss"))


@many_updates.follow_through
def many_updates_its_own_way(student, inputs, expect):
    for case in inputs.once("cases", equal_examples):
        expect_own_run(student, inputs, expect, case, history=("train_loss", "val_loss"))


# ---- train, where it is random


def steps_along(moved, gradients):
    """Return how many times each row moved along its gradient."""
    return (moved * gradients).sum(axis=1) / (gradients**2).sum(axis=1)


def right_rows(problem, batch_size):
    """Return the rows of W1's gradient, each in a whole batch with its example, and how much longer the last ones are.

    These are the rows of the examples that would be in the last batch, if the order were not changed.
    """
    n = len(problem.x)
    rest = n % batch_size
    grads = gradients_of(problem.params, problem.x, problem.y, 0.0)
    return grads["W1"] * n / batch_size, np.full(rest, batch_size) / rest


def own_gradients(student, expect, problem, batch_size):
    """Return the rows of the student's own gradient, each in a whole batch with its example, where they are any use."""
    n, rows = len(problem.x), []
    for first in range(0, n, batch_size):
        start = min(first, n - batch_size)
        rows.extend(own_gradient(student, problem, slice(start, start + batch_size))[first : start + batch_size])
    right, _ = right_rows(problem, batch_size)
    expect.nondegenerate(resembles(np.array(rows), right))
    own_evaluation(student, problem, problem.params, 0.0)
    return np.array(rows)


def own_gradient(student, problem, batch):
    return student.loss_and_gradients(problem.params, problem.x[batch], problem.y[batch], 0.0)[1]["W1"]


def own_rows(student, expect, problem, batch_size):
    """Return what `right_rows` does, of the student's own gradients."""
    own = own_gradients(student, expect, problem, batch_size)
    last = slice(len(own) - len(own) % batch_size, len(own))
    return own, steps_along(own_gradient(student, problem, last)[last], own[last])


def expect_visits(expect, problem, best, rows, *, lr, what):
    """Expect each example once: a whole batch moves its row by one gradient, the smaller last one by more."""
    gradients, last = rows
    steps = np.sort(steps_along((problem.params["W1"] - best["W1"]) / lr, gradients))
    expected = np.sort([*np.ones(len(steps) - len(last)), *last])
    what = f"the number of visits of each example, sorted ({what})"
    expect.close(what, np.rint(steps / expected), np.ones(len(steps)))


def expect_one_visit(student, inputs, expect, rows_of):
    """Train for one epoch whose last batch is smaller, and expect one visit of each example."""
    for n, batch_size, lr in ((26, 4, 1e-3), (23, 16, 1e-3)):
        problem, what = rows_of_their_own(inputs, n, 6, size=4.0, weight=0.02), f"N={n}, batch_size={batch_size}"
        rows, arguments = rows_of(problem, batch_size), problem.arguments(inputs.generator())
        best, _ = student.at(what).train(*arguments, lr=lr, rho=0.0, batch_size=batch_size, epochs=1)
        expect_visits(expect, problem, best, rows, lr=lr, what=what)


@train.check(points=3)
def visits_every_example_once(student, inputs, expect):
    """Every epoch visits each example exactly once, in minibatches of the given size"""
    expect_one_visit(student, inputs, expect, right_rows)


@visits_every_example_once.follow_through
def visits_by_own_gradients(student, inputs, expect):
    expect_one_visit(student, inputs, expect, lambda *problem: own_rows(student, expect, *problem))


SHUFFLED, LEFT_OVER, SHUFFLES = 60, 2, 12  # examples, those of the last batch, epochs


def shuffled_problem(inputs):
    """Return a problem in which all is alike at first, and every epoch lowers every loss: the last one is the best."""
    problem, y = rows_of_their_own(inputs, SHUFFLED, 6, size=8.0, weight=0.02), np.full(SHUFFLED, 2)
    params = problem.params | {"W1": np.repeat(problem.params["W1"][:1], SHUFFLED, axis=0)}
    return replace(problem, params=params, y=y, y_val=y[:3])


def expect_shuffles(student, inputs, expect, problem, rows):
    """Expect that other examples are left over in each epoch, in which all but two share a batch."""
    options = {"lr": 4e-5, "rho": 0.0, "batch_size": SHUFFLED - LEFT_OVER}
    once, _ = student.at("one epoch").train(*problem.arguments(inputs.generator()), epochs=1, **options)
    expect_visits(expect, problem, once, rows, lr=options["lr"], what="one epoch")
    arguments = problem.arguments(inputs.generator())
    best, history = student.at(f"{SHUFFLES} epochs").train(*arguments, epochs=SHUFFLES, **options)
    gradients, longer = rows
    steps = steps_along((problem.params["W1"] - best["W1"]) / options["lr"], gradients)
    last = np.rint((steps - SHUFFLES) / (longer[0] - 1))  # how often each example was in the last batch
    expect.close("how often examples were in the last batch, all together", last.sum(), float(LEFT_OVER * SHUFFLES))
    shuffled, changing = last[-LEFT_OVER:].min() <= SHUFFLES - 2, last.max() <= SHUFFLES - 2
    expect.that(shuffled, "The last examples of the data come last in every epoch: no order is drawn.")
    expect.that(changing, "One and the same example comes last in every epoch: the order is never changed.")
    return history


@train.check(points=3)
def shuffles_every_epoch(student, inputs, expect):
    """The examples come in a new random order in every epoch"""
    problem = shuffled_problem(inputs)
    expect_shuffles(student, inputs, expect, problem, right_rows(problem, SHUFFLED - LEFT_OVER))


@shuffles_every_epoch.follow_through
def shuffles_by_own_gradients(student, inputs, expect):
    problem = shuffled_problem(inputs)
    rows = own_rows(student, expect, problem, SHUFFLED - LEFT_OVER)
    expect.nondegenerate(np.abs(rows[1] - 1) > 0.5)  # a small batch shows
    history = expect_shuffles(student, inputs, expect, problem, rows)
    expect.nondegenerate(history["val_loss"].argmin() == SHUFFLES - 1)


ORDERED, BATCH, ORDERS = 240, 30, 32  # examples, in a minibatch; epochs that are looked at, each a training of its own
ORDERING = {"lr": 2e-5, "rho": 0.98}


def batches_of(student, rng, problem, batch_size, units):
    """Train for one epoch, and return in which minibatch each example came."""
    best, _ = student.train(*problem.arguments(rng), epochs=1, batch_size=batch_size, **ORDERING)
    moved = (problem.params["W1"] - best["W1"]) / ORDERING["lr"]
    steps = momentum_steps(ORDERING["rho"], len(problem.x) // batch_size)
    return read_epoch(moved, units, steps)[0]


def spread_of_two_epochs(student, rng, problem, units):
    """Train for two epochs, and return the variance of how far rows move, over that of independent orders."""
    best, _ = student.at("two epochs").train(*problem.arguments(rng), epochs=2, batch_size=BATCH, **ORDERING)
    moved = (problem.params["W1"] - best["W1"]) / ORDERING["lr"] / units
    count = ORDERED // BATCH
    steps = momentum_steps(ORDERING["rho"], 2 * count)
    return np.var(moved.mean(axis=1)) / (np.var(steps[:count]) + np.var(steps[count:]))


def likelier_batches(place):
    """Return how much likelier than others each example comes to each minibatch where a shuffle is biased."""
    del place  # nothing is drawn
    by_place = moved_by_any_place(ORDERED).reshape(ORDERED, -1, BATCH).sum(axis=2) * (ORDERED // BATCH) - 1
    numbers = [np.arange(count) - (count - 1) / 2 for count in by_place.shape]
    return {
        "Some orders are likelier than others: is a place swapped with any other, in its turn?": by_place,
        "Some orders are likelier than others: is a place swapped with any other, from the end?": by_place[::-1, ::-1],
        "Examples come near to where they were in the data, or opposite.": np.outer(*numbers),
    }


@train.check(points=4)
def every_order_is_as_likely(student, inputs, expect):
    """Every order of the examples is as likely as any other, in every epoch"""
    problem, three, rng = one_way_problem(inputs, ORDERED, 1), one_way_problem(inputs, 3, 1), inputs.generator()
    units, units_of_three = own_units(problem, BATCH), own_units(three, 1)
    batches = np.array([batches_of(student, rng, problem, BATCH, units) for _ in range(ORDERS)])
    counts = np.array([np.bincount(each, minlength=ORDERED // BATCH) for each in batches])
    expect.that(counts == BATCH, "An epoch does not come to every example once.")
    expect.that(len(np.unique(batches, axis=0)) > ORDERS / 2, "The same order comes again and again.")
    for sentence, weights in inputs.once("likelier", likelier_batches).items():
        deviation = np.sqrt(ORDERS * np.sum(weights**2) * BATCH / ORDERED)
        expect.that(np.abs(weights[np.arange(ORDERED), batches].sum()) < 6 * deviation, sentence)
    places = np.array([batches_of(student.at("three examples"), rng, three, 1, units_of_three) for _ in range(24)])
    # Of three, none stays where it was with a probability of a third.
    expect.that(np.any(places == np.arange(3)), "No example ever stays where it was.")
    expect.that(np.any(places != np.arange(3)), "Examples always stay where they were.")
    spread = np.mean([spread_of_two_epochs(student, rng, problem, units) for _ in range(2)])
    expect.that(0.4 < spread < 1.6, "The order of an epoch tells that of the next.")


DROPOUT = {"lr": 0.0125, "rho": 0.9, "lam": 0.02, "p": 0.35, "batch_size": 60, "epochs": 1}


def expect_dropped_units(expect, what, moved, units, p):
    """Expect the first step of W1 along its gradients, but for dropped units, and return what survived."""
    survived = moved > 0.3 * units if units.min() > 0 else moved / units > 0.3
    some_left = survived.mean() > 0.02  # where nothing has moved, everything seems to be dropped; no network is that
    right = np.where(survived | (not some_left), units / (1 - p), 0.0)
    expect.close(f"the first step of W1, over the rate ({what})", moved, right)
    expect.distribution(f"the dropped units ({what})", ~survived, Bernoulli(p))
    return survived


def first_step(student, inputs, problem, what, **options):
    """Train for one step, and return what came of it, and how far the loss has moved W1, over the rate."""
    best, history = student.at(what).train(*problem.arguments(inputs.generator()), **options)
    moved = (problem.params["W1"] - best["W1"]) / options["lr"] - 2 * options["lam"] * problem.params["W1"]
    return best, history, moved


def rare_problem(inputs, n, h):
    """Return a problem of equal examples and equal units, all active: its loss tells how many units are dropped."""
    one = inputs.number(0.4, 0.6)
    params = {"W1": np.full((1, h), one), "b1": np.full(h, 0.25), "W2": np.tile([1.0, -0.5, -1.0], (h, 1))}
    params["b2"] = np.array([0.3, -0.2, FAR_BEHIND / 10])
    x, y = np.ones((n, 1)), np.full(n, 2)
    return Problem(params=params, x=x, y=y, x_val=x[:3], y_val=y[:3])


def expect_rare_drops(student, inputs, expect):
    """Expect that a p of a thousandth drops about a thousandth of the units, as the training loss tells."""
    problem, p = rare_problem(inputs, 1000, 40), 0.001
    options = {"lr": 1e-9, "p": p, "batch_size": 1000, "epochs": 1}
    _, history = student.at("p=0.001").train(*problem.arguments(inputs.generator()), **options)
    everything, nothing = (
        right_loss_and_gradients(problem.params, problem.x, problem.y, 0.0, mask)[0] for mask in (1 / (1 - p), 0.0)
    )
    dropped = 40_000 * (everything - history["train_loss"][0]) / (everything - nothing)
    # 40 on average; chance makes less than half of one, or more than 90, below 1e-10.
    expect.that(0.5 < dropped < 90.5, "For p=0.001, far from 40 of 40000 units are dropped, or not scaled by 1/(1-p).")


@train.check(points=5)
def drops_units(student, inputs, expect):
    """In training, each unit of each example is dropped with probability p, survivors scaled by 1/(1-p)"""
    problem, masks = one_way_problem(inputs, 60, 40), []
    for what in ("one step", "another generator"):
        best, history, moved = first_step(student, inputs, problem, what, **DROPOUT)
        survived = expect_dropped_units(expect, what, moved, own_units(problem, 60), DROPOUT["p"])
        masks.append(survived)
        mask = survived / (1 - DROPOUT["p"])
        right, train_loss = replay(problem, [[(np.arange(60), mask)]], lr=0.0125, rho=0.9, lam=0.02)
        for name in ("b1", "W2", "b2"):
            expect.close(f'best_params["{name}"] ({what})', best[name], right[name], scale=1.0)
        expect.close(f'history["train_loss"] ({what})', history["train_loss"], train_loss)
    one, other = ({row.tobytes() for row in mask} for mask in masks)  # in whatever order examples came
    expect.that(len(one & other) < 3, "Two generators in different states drop the same units.")
    expect_rare_drops(student, inputs, expect)


@drops_units.follow_through
def drops_units_by_own_gradients(student, inputs, expect):
    """What the student's own loss is with dropout, no call of it tells: W1 alone is looked at."""
    problem = one_way_problem(inputs, 60, 40)
    own = own_gradients(student, expect, problem, len(problem.x))
    for what in ("one step", "another generator"):
        best, _ = student.at(what).train(*problem.arguments(inputs.generator()), **DROPOUT)
        moved = (problem.params["W1"] - best["W1"]) / DROPOUT["lr"]
        penalties = [2 * DROPOUT["lam"] * problem.params["W1"], own_penalty(student, problem, DROPOUT["lam"])]
        nearest = min(penalties, key=lambda penalty: np.abs(moved - penalty).min())
        expect_dropped_units(expect, what, moved - nearest, own, DROPOUT["p"])


def own_penalty(student, problem, lam):
    """Return what the penalty adds to the student's own gradient of W1."""
    with_penalty, without = (
        student.loss_and_gradients(problem.params, problem.x[:3], problem.y[:3], each)[1]["W1"] for each in (lam, 0.0)
    )
    return with_penalty - without


BATCHES = {"lr": 0.004, "rho": 0.5, "lam": 0.02, "p": 0.35, "batch_size": 20, "epochs": 2, "decay": 0.003}


def read_two_epochs(problem, best, units, gradients=right_loss_and_gradients):
    """Return the batches of two epochs, as the rows of W1 tell: the second moves them a thousandth as far as the first.

    None stands for batches of other sizes. `units` are how far an example moves its own row in one step of rate 1.
    """
    n, size = len(problem.x), BATCHES["batch_size"]
    options = {name: BATCHES[name] for name in ("lr", "rho", "lam", "decay")}
    count = n // size
    nothing = [(np.arange(size), np.zeros((size, len(problem.params["b1"]))))] * count
    epochs = []
    for epoch in (0, 1):
        without, _ = replay(problem, [*epochs, *[nothing] * (2 - epoch)], gradients=gradients, **options)
        moved = (without["W1"] - best["W1"]) / (options["lr"] * options["decay"] ** epoch)
        batches, survived = read_epoch(moved, units / (1 - BATCHES["p"]), momentum_steps(options["rho"], count))
        if np.any(np.bincount(batches, minlength=count) != size):
            return None
        chosen = [np.flatnonzero(batches == number) for number in range(count)]
        epochs.append([(each, survived[each] / (1 - BATCHES["p"])) for each in chosen])
    return epochs


@train.check(points=4)
def many_updates_with_dropout(student, inputs, expect):
    """With dropout, every minibatch has masks of its own, and everything else is as without it"""
    problem = one_way_problem(inputs, 60, 24)
    best, history = student.train(*problem.arguments(inputs.generator()), **BATCHES)
    epochs = read_two_epochs(problem, best, own_units(problem, BATCHES["batch_size"]))
    expect.that(epochs is not None, "W1 does not tell of two epochs of minibatches of 20 examples.")
    plan = epochs or [[(np.arange(20), np.ones((20, 24)))] * 3] * 2
    options = {name: BATCHES[name] for name in ("lr", "rho", "lam", "decay")}
    right, train_loss = replay(problem, plan, **options)
    masks = np.concatenate([mask for batches in plan for _, mask in batches])
    expect.that(len(np.unique(masks, axis=0)) > len(masks) - 3, "Examples of different minibatches have the same mask.")
    for name in NAMES:
        expect.close(f'best_params["{name}"]', best[name], right[name], scale=1.0 if name == "b2" else None)
    expect.close('history["train_loss"]', history["train_loss"], train_loss)


def own_gradients_with_dropout(student):
    """Return what takes the place of the right formulas: the student's own, asked one example at a time.

    An example's dropout is in the weights W2 that it meets.
    """

    def gradients(params, x, y, lam, mask):
        grads = {name: np.zeros(params[name].shape) for name in NAMES}
        for number, factors in enumerate(mask):
            one, masked = slice(number, number + 1), params | {"W2": factors[:, np.newaxis] * params["W2"]}
            own = student.loss_and_gradients(masked, x[one], y[one], 0.0)[1]
            own["W2"] = factors[:, np.newaxis] * own["W2"]
            grads = {name: grads[name] + own[name] / len(x) for name in NAMES}
        with_penalty, without = (student.loss_and_gradients(params, x, y, each)[1] for each in (lam, 0.0))
        alone, together = (
            np.sum(np.abs(each))
            for each in (student.loss_and_gradients(params, x[:1], y[:1], 0.0)[1]["b2"], without["b2"])
        )
        share = together / alone if alone else 1.0  # 1, but where the student sums over examples
        return 0.0, {name: share * grads[name] + with_penalty[name] - without[name] for name in NAMES}

    return gradients


@many_updates_with_dropout.follow_through
def many_updates_by_own_gradients(student, inputs, expect):
    """The training loss is left out: what the student's own loss is with dropout, no call of it tells."""
    problem = one_way_problem(inputs, 60, 24)
    own_evaluation(student, problem, problem.params, 0.0)
    best, _ = student.train(*problem.arguments(inputs.generator()), **BATCHES)
    units = own_gradients(student, expect, problem, BATCHES["batch_size"])
    gradients = own_gradients_with_dropout(student)
    epochs = read_two_epochs(problem, best, units, gradients)
    expect.nondegenerate(epochs is not None)
    options = {name: BATCHES[name] for name in ("lr", "rho", "lam", "decay")}
    own, _ = replay(problem, epochs, gradients=gradients, **options)
    for name in NAMES:
        expect.follows(f'best_params["{name}"]', best[name] - problem.params[name], [own[name] - problem.params[name]])


def expect_evaluation(expect, problem, history, evaluations):
    """Expect one of these evaluations of the best parameters in the history; which epoch that is, is left to chance."""
    val_loss, val_accuracy = history["val_loss"], history["val_accuracy"]
    nearest = [(val_loss[np.abs(val_loss - loss).argmin()], loss) for loss, _ in evaluations]
    entry, loss = min(nearest, key=lambda pair: np.abs(pair[0] - pair[1]))
    expect.close('the entry of history["val_loss"] that is nearest to the loss of best_params,', entry, loss)
    off = min(np.abs(val_accuracy - accuracy).min() for _, accuracy in evaluations)
    is_there = off < 1.5 / len(problem.y_val)  # two nearly equal scores may be ordered either way
    expect.that(is_there, 'The accuracy that best_params have without dropout is not in history["val_accuracy"].')


DROPPING = {"lr": 0.02, "rho": 0.8, "lam": 0.01, "p": 0.5, "batch_size": 16, "epochs": 4}


def expect_dropout_in_training(student, inputs, expect, problem):
    """Train with parameters that hardly move, then for some epochs, and return what comes of that."""
    still, options = one_way_problem(inputs, 60, 40), {"lr": 1e-9, "rho": 0.5, "p": 0.6, "batch_size": 60, "epochs": 6}
    _, history = student.at("hardly moving").train(*still.arguments(inputs.generator()), **options)
    differ = np.ptp(history["train_loss"]) > 1e-4
    expect.that(differ, "The training losses of parameters that hardly move are all alike.")
    everything, _ = right_loss_and_gradients(still.params, still.x, still.y, 0.0)
    complete = np.abs(np.array(history["train_loss"]) - everything) < 1e-5  # by chance, one in 10⁵ is
    expect.that(np.sum(complete) < 3, "In several epochs no unit is dropped.")
    best, history = student.at("training").train(*problem.arguments(inputs.generator()), **DROPPING)
    moved = np.abs(best["W1"] - problem.params["W1"]).max() > 1e-3
    expect.that(moved, "Training leaves the parameters where they were.")
    return best, history


@train.check(points=2)
def drops_in_training_only(student, inputs, expect):
    """Every minibatch has a dropout mask of its own, and evaluation has none"""
    problem = training_problem(inputs, 40, 4, 10, 3, 40)
    best, history = expect_dropout_in_training(student, inputs, expect, problem)
    expect_evaluation(expect, problem, history, [evaluation(problem, best, DROPPING["lam"])])


@drops_in_training_only.follow_through
def evaluates_with_own_functions(student, inputs, expect):
    problem, lam = training_problem(inputs, 40, 4, 10, 3, 40), DROPPING["lam"]
    own_evaluation(student, problem, problem.params, lam)
    right = gradients_of(problem.params, problem.x, problem.y, 0.0)
    expect.nondegenerate(resembles(own_gradient(student, problem, slice(None)), right["W1"]))
    best, history = expect_dropout_in_training(student, inputs, expect, problem)
    evaluations = [evaluation(problem, best, lam), own_evaluation(student, problem, best, lam)]
    expect_evaluation(expect, problem, history, evaluations)


WINE = {"lr": 0.02, "rho": 0.9, "lam": 1e-3, "p": 0.2, "batch_size": 16, "epochs": 10}


def expect_reproducible(student, inputs, expect, problem):
    """Train three times, and expect that it depends on the generator and on nothing else; return the first run."""
    rng = inputs.generator()
    generators = {"first run": rng, "second run": inputs.again(rng), "another generator": inputs.generator()}
    runs = [student.at(what).train(*problem.arguments(each), **WINE) for what, each in generators.items()]
    first, second, other = (best["W1"] for best, _ in runs)
    expect.that(np.abs(first - second) < 1e-6, "Two generators in the same state lead to different parameters.")
    expect.that(np.any(first != other), "Two generators in different states lead to the same parameters.")
    return runs[0]


def falls_to_half(losses):
    """Say whether the losses of the last five epochs are about half of those of the first three, or less."""
    return losses[-5:].mean() < 0.5 * losses[:3].max()


@train.check(points=5)
def learns_real_data(student, inputs, expect):
    """On real data, 178 wines, it learns to tell three cultivars apart"""
    problem = inputs.once("problem", wine_problem)
    best, history = expect_reproducible(student, inputs, expect, problem)
    right = evaluation(problem, best, WINE["lam"])
    expect_evaluation(expect, problem, history, [right])
    sentence = "Fewer than 80 % of the validation set come out right; right training makes more than 90 %."
    expect.that(right[1] > 0.8, sentence)
    expect.that(falls_to_half(history["train_loss"]), "The training loss does not even fall to half.")


@learns_real_data.follow_through
def learns_real_data_with_own_functions(student, inputs, expect):
    problem = inputs.once("problem", wine_problem)
    own_evaluation(student, problem, problem.params, WINE["lam"])
    best, history = expect_reproducible(student, inputs, expect, problem)
    right, own = evaluation(problem, best, WINE["lam"]), own_evaluation(student, problem, best, WINE["lam"])
    expect.nondegenerate(right[1] > 0.8 and falls_to_half(history["train_loss"]))
    expect_evaluation(expect, problem, history, [right, own])


# ---- distinct_units


@distinct_units.check(points=6)
def counts_nearly_equal_columns(student, inputs, expect):
    """Columns are the same when every entry agrees to within 1e-9, and only then"""
    nearly_equal = units(inputs, 5, (0, 0, 1, 1, 0, 2)) + 1e-10 * inputs.normal(5, 6).clip(-0.5, 0.5)
    one_entry = units(inputs, 3, (0, 0, 0, 0))
    one_entry[0], one_entry[0, 2] = 0.0, 3e-8
    one_entry[2], one_entry[2, 3] = 2.5, 2.5 + 2e-6
    mirrored = np.array([[1.0, 2.0, -1.0, 0.5, 1.0], [2.0, 1.0, -2.0, 1.0, 2.0]])
    # Two units, twice each. Their copies round to different numbers, whatever the digits, and their first and last
    # entries differ by noise alone, by which sorting would mix them.
    two = units(inputs, 6, (0, 1)) + 5.0 * 10.0 ** -np.arange(6, 12).reshape(-1, 1)
    two[0], two[-1] = two[0, 0], two[-1, 0]
    mixed = two[:, [0, 1, 0, 1]] + 1e-11 * np.array([-4, -1, 1, 4])
    columns = {
        "columns that agree to 1e-10": nearly_equal,
        "columns of which one entry differs": one_entry,
        "exchanged, mirrored and scaled columns": np.asfortranarray(mirrored),
        "one column": units(inputs, 4, (0,)),
        "zeros": np.zeros((3, 6)),
        "24 columns": units(inputs, 6, inputs.labels(24, 11).tolist()),
        "70 columns": units(inputs, 6, inputs.labels(70, 40).tolist()),
        "columns of 20 large entries": 300 * units(inputs, 20, (0, 1, 0, 2)),
        "other columns of 20 large entries": 300 * units(inputs, 20, (0, 1, 2, 3)),
        "columns of a single entry": units(inputs, 1, (0, 1, 0)),
        "columns whose copies round differently": mixed,
    }
    for what, W1 in columns.items():
        expect.reference(f"the count of {what}", student.at(what).distinct_units(W1=W1))
