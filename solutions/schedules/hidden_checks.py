"""Hidden checks of schedules and of monitoring.

Random sequences of losses over few values, with every small patience, tell each off-by-one from the rule.
"""

from __future__ import annotations

import numpy as np

from .public_checks import (
    cosine_decay,
    early_stopping,
    expect_rates,
    expect_stop,
    exponential_decay,
    inverse_time_decay,
    reduce_on_plateau,
    step_decay,
)

# ---- decay

SMALL = 1e-5  # rates this small are neither rounded nor kept above some limit


@step_decay.check(points=6)
def steps_at_the_epoch(student, inputs, expect):
    """Every step comes at its epoch, neither before nor after"""
    for factor, every in ((0.3, 1), (0.7, 5), (1.5, 3), (0.8, 49)):
        lr0 = inputs.number(0.1, 2.0) * (SMALL if every == 5 else 1)
        for epoch in sorted({every - 1, every, 2 * every - 1, 2 * every, 6 * every + 1}):
            here = student.at(f"epoch {epoch}, every={every}")
            rate = here.step_decay(lr0=lr0, epoch=epoch, factor=factor, every=every)
            expect.reference(f"the rate of epoch {epoch} for factor={factor}, every={every}", rate)


@step_decay.check(points=2)
def uses_step_defaults(student, inputs, expect):
    """Without being told, a tenth is left after every 30 epochs"""
    expect_rates(student, expect, step_decay, inputs.number(0.2, 0.9), (0, 29, 30, 59, 60, 95))


@exponential_decay.check(points=5)
def other_gammas(student, inputs, expect):
    """It is right for other factors, and for γ = 0.95 without being told"""
    for gamma, epochs in ((0.5, (0, 1, 7)), (0.99, (1, 40)), (1.0, (9,))):
        lr0 = inputs.number(0.05, 3.0) * (SMALL if gamma == 0.99 else 1)
        for epoch in epochs:
            rate = student.at(f"epoch {epoch}, gamma={gamma}").exponential_decay(lr0=lr0, epoch=epoch, gamma=gamma)
            expect.reference(f"the rate of epoch {epoch} for gamma={gamma}", rate)
    expect_rates(student, expect, exponential_decay, inputs.number(0.2, 0.9), (1, 14))


@inverse_time_decay.check(points=5)
def other_speeds(student, inputs, expect):
    """It is right for other k, and for k = 1 without being told"""
    for k, epochs in ((0.01, (1, 50)), (2.5, (0, 1, 8)), (0.0, (9,))):
        lr0 = inputs.number(0.05, 3.0) * (SMALL if k == 0.01 else 1)
        for epoch in epochs:
            rate = student.at(f"epoch {epoch}, k={k}").inverse_time_decay(lr0=lr0, epoch=epoch, k=k)
            expect.reference(f"the rate of epoch {epoch} for k={k}", rate)
    expect_rates(student, expect, inverse_time_decay, inputs.number(0.2, 0.9), (1, 12))


@cosine_decay.check(points=6)
def other_lengths(student, inputs, expect):
    """It is right for other lengths, a single epoch among them"""
    for total, lr_min in ((1, 0.05), (2, 0.3), (9, 0.02 * SMALL), (50, 0.2)):
        lr0 = inputs.number(0.5, 2.0) * (SMALL if total == 9 else 1)
        for epoch in sorted({0, 1, total // 3, total - 1, total}):
            here = student.at(f"epoch {epoch}, total={total}")
            rate = here.cosine_decay(lr0=lr0, epoch=epoch, total=total, lr_min=lr_min)
            expect.reference(f"the rate of epoch {epoch} for total={total}, lr_min={lr_min}", rate)


@cosine_decay.check(points=5)
def stays_at_the_minimum(student, inputs, expect):
    """After `total` the rate stays at lr_min, and does not rise again"""
    for total, lr_min in ((5, 0.1), (8, 0.03)):
        lr0 = inputs.number(0.4, 0.9)
        for epoch in (total // 2, total, total + 1, total + 3, 2 * total, 3 * total + 1):
            rate = student.at(f"epoch {epoch}, total={total}").cosine_decay(lr0, epoch, total, lr_min)
            expect.reference(f"the rate of epoch {epoch} for total={total}", rate)


@cosine_decay.check(points=2)
def falls_to_zero(student, inputs, expect):
    """Without being told, it falls to 0"""
    lr0 = inputs.number(0.4, 0.9)
    expect_rates(student, expect, cosine_decay, lr0, (0, 3, 9, 10, 14), 10, scale=lr0)


# ---- reduce_on_plateau


def sequence(inputs, length, *, top=16):
    """Return losses that fall on the whole, with relapses.

    They are odd multiples of 1/1024, no two alike or apart by eighths: none is a tie, not even with a margin.
    """
    level = np.linspace(top, top // 3, length)
    eighths = np.maximum(np.rint(level + 2 * inputs.normal(length)), 1)
    return eighths / 8 + (2 * inputs.permutation(64)[:length] + 1) / 1024


# Far apart, with every start that somebody may have taken for infinite, and zero, below which nothing is better.
FAR = (5e9, 3e9, 3.5e9, 3.25e9, 300.0, 320.0, 350.0, 12.0, 13.0, 0.5, 0.0, 0.25, 0.125, 0.375, 0.75)


@reduce_on_plateau.check(points=6)
def agrees_with_pytorch(student, inputs, expect):
    """It agrees with PyTorch on many sequences, for every small patience"""
    for patience in (0, 1, 2, 3):
        for number in (1, 2, 3):
            # The first rates are so small that PyTorch's `eps`, which the contract does without, would stop their fall.
            losses, lr0 = sequence(inputs, 24), inputs.number(0.2, 0.9) * (1e-13 if number == 1 else 1.0)
            losses = losses if number == 3 else losses.tolist()
            case = f"patience={patience}, sequence {number}"
            rates = student.at(case).reduce_on_plateau(losses, lr0, factor=0.6, patience=patience, threshold=0.0)
            expect.reference(f"the rates ({case})", rates)


@reduce_on_plateau.check(points=3)
def losses_of_any_size(student, inputs, expect):
    """Losses may be of any size, and 0"""
    for patience, threshold in ((0, 0.25), (1, 0.25), (2, 0.0)):
        case, lr0 = f"patience={patience}, threshold={threshold}", inputs.number(0.2, 0.9)
        rates = student.at(case).reduce_on_plateau(list(FAR), lr0, 0.7, patience, threshold)
        expect.reference(f"the rates ({case})", rates)


@reduce_on_plateau.check(points=4)
def threshold_is_relative(student, inputs, expect):
    """An epoch is good when the loss falls by more than a share of the best one"""
    # With a threshold of ¼, a loss must be below ¾ of the best one.
    falling = [8.0, 6.5, 5.0, 4.5, 4.0, 3.5, 3.25, 2.5, 2.0, 1.75, 1.0, 0.8125, 0.5]
    large = [64.0, 63.0, 50.0, 48.5, 47.0, 46.0, 37.0, 34.0, 33.0, 27.0, 26.25, 26.0]
    drawn = sequence(inputs, 20, top=32).tolist()
    for name, losses in (("falling", falling), ("large", large), ("drawn", drawn)):
        for patience in (0, 2):
            case, lr0 = f"{name} losses, patience={patience}", inputs.number(0.2, 0.9)
            here = student.at(case)
            rates = here.reduce_on_plateau(losses=losses, lr0=lr0, factor=0.5, patience=patience, threshold=0.25)
            expect.reference(f"the rates ({case})", rates)


@reduce_on_plateau.check(points=3)
def uses_plateau_defaults(student, inputs, expect):
    """Without being told: a tenth, after more than 10 bad epochs, threshold 1e-4"""
    lr0 = inputs.number(0.2, 0.9)
    hardly_falling = [1.0] + [1.0625] * 10 + [0.99995] * 2 + [0.9997] + [0.99965] * 11 + [0.9]
    for case, losses in (("hardly falling", hardly_falling), ("one epoch", [0.5])):
        expect.reference(f"the rates ({case})", student.at(case).reduce_on_plateau(losses, lr0))


@reduce_on_plateau.check(points=2)
def only_falls(student, inputs, expect):
    """The rate never rises, and falls by the factor alone"""
    rates = student.reduce_on_plateau(sequence(inputs, 30).tolist(), 1.0, 0.6, 1)
    expect.reference("the rates", rates)
    ratio = rates[1:] / rates[:-1]
    fell = ratio < 0.8
    expect.that(fell.any(), "The rate never falls, although the loss has stopped falling.")
    expect.close("each rate over the one before", ratio, np.where(fell, 0.6, 1.0))


# ---- early_stopping


@early_stopping.check(points=4)
def many_sequences(student, inputs, expect):
    """Both epochs are right on many sequences, for every small patience"""
    for patience in (1, 2, 3, 4):
        for number in (1, 2, 3, 4):
            losses = sequence(inputs, 16)
            losses = losses if number == 4 else losses.tolist()
            expect_stop(student, expect, f"patience={patience}, sequence {number}", losses, patience=patience)


@early_stopping.check(points=3)
def smallest_improvement(student, inputs, expect):
    """An improvement is a loss that is below the best one by more than min_delta"""
    slowly = [1.0, 0.9375, 0.75, 0.6875, 0.5, 0.4375, 0.25, 0.1875, 0.0625, 0.0]
    drawn, again = sequence(inputs, 14).tolist(), sequence(inputs, 14).tolist()
    for name, losses in (("slowly falling", slowly), ("drawn", drawn), ("drawn again", again)):
        for patience in (1, 2, 3):
            case = f"{name}, patience={patience}"
            stop, best = student.at(case).early_stopping(val_losses=losses, patience=patience, min_delta=0.125)
            expect.reference(f"stop_epoch ({case})", stop)
            expect.reference(f"best_epoch ({case})", best)


@early_stopping.check(points=2)
def any_losses(student, inputs, expect):
    """Losses may be of any size, 0, and negative"""
    for patience, min_delta in ((1, 0.0), (2, 0.125), (4, 0.0), (4, 2.0)):
        case = f"patience={patience}, min_delta={min_delta}"
        expect_stop(student, expect, case, list(FAR), patience=patience, min_delta=min_delta)
    below = [3.0, -1.0, -4.5, -4.25, -7.0, -6.0, -6.5, -8.0]
    expect_stop(student, expect, "below zero", below, patience=2, min_delta=0.0625)


@early_stopping.check(points=2)
def runs_to_the_end(student, inputs, expect):
    """It runs to the last epoch where nothing stops it; patience is 5 without being told"""
    expect_stop(student, expect, "one epoch", [0.5])
    expect_stop(student, expect, "always better", [2.0, 1.5, 1.0, 0.75, 0.5, 0.25, 0.125])
    expect_stop(student, expect, "never better", [0.5, 0.75, 0.5625, 1.0, 0.625, 0.6875, 0.8125, 0.875, 0.25])
    expect_stop(student, expect, "too short to stop", [1.0, 0.5, 0.75, 0.8125, 0.875, 0.6875])
    expect_stop(student, expect, "many epochs", [1.0 / (1 + epoch) for epoch in range(70)])


@early_stopping.check(points=2)
def ignores_the_future(student, inputs, expect):
    """What comes after the stop is never looked at"""
    others = [2.0, 1.5, 1.75, 1.25, 1.0, 1.5, 1.125, 1.0625, 0.5]
    expect_stop(student, expect, "another sequence", others, patience=3)
    start = [1.0, 0.5, 0.25, 0.5, 0.375, 0.75]
    for case, rest in (
        ("better later", [0.125, 0.0625]),
        ("worse later", [1.0, 2.0]),
        ("negative later", [-3.0, -4.0]),
    ):
        stop, best = student.at(case).early_stopping(start + rest, patience=3)
        expect.close(f"stop_epoch ({case})", stop, 5)
        expect.close(f"best_epoch ({case})", best, 2)
