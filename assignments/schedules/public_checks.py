"""Public checks of schedules and of monitoring: what every student can run and read.

Rates and factors are not the defaults; epochs are just before, at and after every change. Losses are multiples of 1/16
or 1/1024: whether one is better than another is never a matter of rounding. Ties are in checks of their own.
"""

from __future__ import annotations

from autograder.authoring import Exercise

exercise = Exercise("schedules")
step_decay = exercise.function("step_decay", returns="rate")
exponential_decay = exercise.function("exponential_decay", returns="rate")
inverse_time_decay = exercise.function("inverse_time_decay", returns="rate")
cosine_decay = exercise.function("cosine_decay", returns="rate")
reduce_on_plateau = exercise.function("reduce_on_plateau", returns="rates")
early_stopping = exercise.function("early_stopping", returns=("stop_epoch", "best_epoch"))


# ---- decay


def expect_rates(student, expect, schedule, lr0, epochs, *args, scale=None, **options):
    """Expect the reference's rate of each epoch; `scale` is the size that a rate near zero is measured by."""
    for epoch in epochs:
        rate = student.at(f"epoch {epoch}").call(schedule, lr0, epoch, *args, **options)
        expect.reference(f"the rate of epoch {epoch}", rate, scale=scale)


@step_decay.check(points=4)
def steps_down(student, inputs, expect):
    """The rate is constant between the steps, and a step is multiplied in"""
    epochs = (0, 3, 4, 5, 7, 8, 13)
    expect_rates(student, expect, step_decay, inputs.number(0.2, 0.9), epochs, factor=0.4, every=4)


@exponential_decay.check(points=4)
def shrinks_by_gamma(student, inputs, expect):
    """Every epoch's rate is γ times the one before"""
    expect_rates(student, expect, exponential_decay, inputs.number(0.2, 0.9), (0, 1, 2, 5, 11), gamma=0.8)


@inverse_time_decay.check(points=4)
def falls_with_time(student, inputs, expect):
    """The rate is lr0 over 1 + k·epoch"""
    expect_rates(student, expect, inverse_time_decay, inputs.number(0.2, 0.9), (0, 1, 2, 6, 25), k=0.3)


@cosine_decay.check(points=6)
def half_a_cosine(student, inputs, expect):
    """The rate falls along half a cosine from lr0 to lr_min"""
    epochs = (0, 1, 4, 7, 11, 12)
    expect_rates(student, expect, cosine_decay, inputs.number(0.4, 0.9), epochs, total=12, lr_min=0.1)


# ---- monitoring


@reduce_on_plateau.check(points=7)
def falls_on_a_plateau(student, inputs, expect):
    """After more than `patience` bad epochs the rate falls, and they are counted again from 0"""
    losses = [1.0, 0.75, 0.875, 0.8125, 1.0, 0.5, 0.625, 0.5625, 0.6875, 0.75, 0.9375, 0.625, 0.25]
    rates = student.at("patience=2").reduce_on_plateau(losses, inputs.number(0.2, 0.9), factor=0.3, patience=2)
    expect.reference("the rates (patience=2)", rates)


@reduce_on_plateau.check(points=4)
def exactly_at_the_threshold(student, inputs, expect):
    """A loss that is exactly best·(1 - threshold) is not good"""
    for threshold, losses in ((0.0, [0.5, 0.5, 0.25, 0.25, 0.375]), (0.25, [8.0, 6.0, 5.0, 3.75, 3.5, 2.625])):
        case, lr0 = f"threshold={threshold}", inputs.number(0.2, 0.9)
        rates = student.at(case).reduce_on_plateau(losses, lr0, factor=0.3, patience=0, threshold=threshold)
        expect.reference(f"the rates ({case})", rates)


def expect_stop(student, expect, case, losses, **options):
    """Expect the reference's two epochs."""
    stop, best = student.at(case).early_stopping(losses, **options)
    expect.reference(f"stop_epoch ({case})", stop)
    expect.reference(f"best_epoch ({case})", best)


def falling(inputs, least, last):
    """Return losses that fall to the last one by quarters, in at least so many epochs."""
    return [last + 0.25 * epochs for epochs in reversed(range(least + inputs.below(4)))]


@early_stopping.check(points=6)
def stops_in_time(student, inputs, expect):
    """Training stops after `patience` epochs in a row without a new best loss"""
    losses = [*falling(inputs, 2, 5.0), 5.125, *falling(inputs, 1, 3.5), 3.625, 3.5625]
    losses += [*falling(inputs, 1, 2.375), 2.6875, 2.4375, 2.8125, 2.25, 2.125]
    for patience in (1, 2, 3):
        expect_stop(student, expect, f"patience={patience}", losses, patience=patience)


@early_stopping.check(points=3)
def exactly_min_delta_below(student, inputs, expect):
    """A loss that is exactly best - min_delta is no improvement"""
    for min_delta, losses in ((0.0, [0.5, 0.5, 0.25]), (0.125, [0.625, 0.6875, 0.25])):
        before = falling(inputs, 2, losses[0] + min_delta)
        expect_stop(student, expect, f"min_delta={min_delta}", before + losses, patience=1, min_delta=min_delta)
