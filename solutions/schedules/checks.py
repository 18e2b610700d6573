"""What is asked of schedules and of monitoring, and what must hold of the answers.

Rates and factors are not the defaults, epochs stand just before, at and after every change. Losses are multiples of
1/16: whether one is better than another is never a matter of rounding, and ties are meant. Random sequences over few
values, with every small patience, tell each off-by-one from the rule.
"""

from __future__ import annotations

import numpy as np

from autograder.ask import Suite, equal, holds, returns, same

suite = Suite(
    {
        "step_decay": returns("rate"),
        "exponential_decay": returns("rate"),
        "inverse_time_decay": returns("rate"),
        "cosine_decay": returns("rate"),
        "reduce_on_plateau": returns("rates"),
        "early_stopping": returns("stop_epoch", "best_epoch"),
    }
)


# ---- decay


def rate_claims(ask, name, lr0, epochs, *args, scale=None, **options):
    """The rate of each epoch is the reference's; `scale` is the size that a rate near zero is measured by."""
    for epoch in epochs:
        rate = getattr(ask.at(f"epoch {epoch}"), name)(lr0, epoch, *args, **options)
        yield same(f"the rate of epoch {epoch}", rate, scale=scale)


@suite.public(
    "step_decay", "reference", "The rate is constant between the steps, and a step is multiplied in", points=4
)
def steps_down(ask, draw):
    yield from rate_claims(ask, "step_decay", draw.number(0.2, 0.9), (0, 3, 4, 5, 7, 8, 13), factor=0.4, every=4)


@suite.hidden("step_decay", "reference", "Every step comes at its epoch, neither before nor after", points=6)
def steps_at_the_epoch(ask, draw):
    for factor, every in ((0.3, 1), (0.7, 5), (1.5, 3)):
        epochs = (0, every - 1, every, every + 1, 2 * every - 1, 2 * every, 6 * every + 1)
        lr0 = draw.number(0.1, 2.0)
        for epoch in dict.fromkeys(epochs):
            ask.at(f"epoch {epoch}, every={every}")
            rate = ask.step_decay(lr0=lr0, epoch=epoch, factor=factor, every=every)
            yield same(f"the rate of epoch {epoch} for factor={factor}, every={every}", rate)


@suite.hidden("step_decay", "reference", "Without being told, a tenth is left after every 30 epochs", points=2)
def uses_step_defaults(ask, draw):
    yield from rate_claims(ask, "step_decay", draw.number(0.2, 0.9), (0, 29, 30, 59, 60, 95))


@suite.public("exponential_decay", "reference", "Every epoch's rate is γ times the one before", points=4)
def shrinks_by_gamma(ask, draw):
    yield from rate_claims(ask, "exponential_decay", draw.number(0.2, 0.9), (0, 1, 2, 5, 11), gamma=0.8)


@suite.hidden(
    "exponential_decay", "reference", "It is right for other factors, and for γ = 0.95 without being told", points=5
)
def other_gammas(ask, draw):
    for gamma in (0.5, 0.99, 1.0):
        lr0 = draw.number(0.05, 3.0)
        for epoch in (0, 1, 7, 40):
            rate = ask.at(f"epoch {epoch}, gamma={gamma}").exponential_decay(lr0=lr0, epoch=epoch, gamma=gamma)
            yield same(f"the rate of epoch {epoch} for gamma={gamma}", rate)
    yield from rate_claims(ask, "exponential_decay", draw.number(0.2, 0.9), (1, 14))


@suite.public("inverse_time_decay", "reference", "The rate is lr0 over 1 + k·epoch", points=4)
def falls_with_time(ask, draw):
    yield from rate_claims(ask, "inverse_time_decay", draw.number(0.2, 0.9), (0, 1, 2, 6, 25), k=0.3)


@suite.hidden("inverse_time_decay", "reference", "It is right for other k, and for k = 1 without being told", points=5)
def other_speeds(ask, draw):
    for k in (0.01, 2.5, 0.0):
        lr0 = draw.number(0.05, 3.0)
        for epoch in (0, 1, 8, 50):
            rate = ask.at(f"epoch {epoch}, k={k}").inverse_time_decay(lr0=lr0, epoch=epoch, k=k)
            yield same(f"the rate of epoch {epoch} for k={k}", rate)
    yield from rate_claims(ask, "inverse_time_decay", draw.number(0.2, 0.9), (1, 12))


@suite.public("cosine_decay", "reference", "The rate falls along half a cosine from lr0 to lr_min", points=6)
def half_a_cosine(ask, draw):
    lr0 = draw.number(0.4, 0.9)
    yield from rate_claims(ask, "cosine_decay", lr0, (0, 1, 4, 7, 11, 12), total=12, lr_min=0.1)


@suite.hidden("cosine_decay", "reference", "It is right for other lengths, a single epoch among them", points=6)
def other_lengths(ask, draw):
    for total, lr_min in ((1, 0.05), (2, 0.3), (9, 0.02), (50, 0.2)):
        lr0 = draw.number(0.5, 2.0)
        for epoch in sorted({0, 1, total // 3, total - 1, total}):
            ask.at(f"epoch {epoch}, total={total}")
            rate = ask.cosine_decay(lr0=lr0, epoch=epoch, total=total, lr_min=lr_min)
            yield same(f"the rate of epoch {epoch} for total={total}, lr_min={lr_min}", rate)


@suite.hidden("cosine_decay", "reference", "After `total` the rate stays at lr_min, and does not rise again", points=5)
def stays_at_the_minimum(ask, draw):
    for total, lr_min in ((5, 0.1), (8, 0.03)):
        epochs = (total // 2, total, total + 1, total + 3, 2 * total, 3 * total + 1)
        yield from rate_claims(ask, "cosine_decay", draw.number(0.4, 0.9), epochs, total, lr_min)


@suite.hidden("cosine_decay", "reference", "Without being told, it falls to 0", points=2)
def falls_to_zero(ask, draw):
    lr0 = draw.number(0.4, 0.9)
    yield from rate_claims(ask, "cosine_decay", lr0, (0, 3, 9, 10, 14), 10, scale=lr0)


# ---- reduce_on_plateau


def sequence(draw, length, *, top=32):
    """Losses that fall on the whole, with ties and relapses; multiples of 1/16."""
    level = np.linspace(top, top // 3, length)
    return list(np.maximum(np.rint(level + 4 * draw.normal(length)), 1) / 16)


def plateau_claims(ask, name, losses, lr0, **options):
    """The rates are the reference's, element by element."""
    rates = ask.at(name).reduce_on_plateau(losses, lr0, **options)
    yield same(f"the rates ({name})", rates)


@suite.public(
    "reduce_on_plateau",
    "reference",
    "After more than `patience` bad epochs the rate falls, and they count anew",
    points=8,
)
def falls_on_a_plateau(ask, draw):
    losses = [1.0, 0.75, 0.875, 0.75, 1.0, 0.5, 0.625, 0.5, 0.5, 0.75, 0.5, 0.625, 0.25]
    yield from plateau_claims(ask, "patience=2", losses, draw.number(0.2, 0.9), factor=0.3, patience=2)


@suite.hidden(
    "reduce_on_plateau", "reference", "It agrees with PyTorch on many sequences, for every small patience", points=9
)
def agrees_with_pytorch(ask, draw):
    for patience in (0, 1, 2, 3):
        for number in range(3):
            # The first rates are so small that PyTorch's `eps`, which the contract does without, would stop their fall.
            losses, lr0 = sequence(draw, 24), draw.number(0.2, 0.9) * (1e-7 if number == 0 else 1.0)
            losses = np.array(losses) if number == 2 else losses
            name = f"patience={patience}, sequence {number + 1}"
            yield from plateau_claims(ask, name, losses, lr0, factor=0.6, patience=patience, threshold=0.0)


@suite.hidden(
    "reduce_on_plateau",
    "reference",
    "An epoch is good when the loss falls by more than a share of the best one",
    points=7,
)
def threshold_is_relative(ask, draw):
    # With a threshold of ¼, a loss must lie below ¾ of the best one; exactly there it is not good.
    falling = [8.0, 6.0, 5.0, 4.5, 4.0, 3.375, 3.25, 2.5, 2.0, 1.75, 1.0, 0.75, 0.5]
    large = [64.0, 63.0, 50.0, 48.0, 47.0, 46.0, 36.0, 35.0, 34.0, 27.0, 26.25, 26.0]
    for name, losses in (("falling", falling), ("large", large), ("drawn", sequence(draw, 20, top=64))):
        for patience in (0, 2):
            what, lr0 = f"{name} losses, patience={patience}", draw.number(0.2, 0.9)
            ask.at(what)
            rates = ask.reduce_on_plateau(losses=losses, lr0=lr0, factor=0.5, patience=patience, threshold=0.25)
            yield same(f"the rates ({what})", rates)


@suite.hidden(
    "reduce_on_plateau",
    "reference",
    "Without being told: a tenth, after more than 10 bad epochs, threshold 1e-4",
    points=3,
)
def uses_plateau_defaults(ask, draw):
    lr0 = draw.number(0.2, 0.9)
    flat = [1.0] * 11 + [0.99995] * 2 + [0.9997] + [0.99965] * 11 + [0.9]
    yield from plateau_claims(ask, "hardly falling", flat, lr0)
    yield from plateau_claims(ask, "one epoch", [0.5], lr0)


@suite.hidden("reduce_on_plateau", "property", "The rate never rises, and falls by the factor alone", points=2)
def only_falls(ask, draw):
    rates = ask.reduce_on_plateau(sequence(draw, 30), 1.0, 0.25, 1)
    yield same("the rates", rates)
    ratio = rates[1:] / rates[:-1]
    fell = np.less(ratio, 0.5)
    yield holds(np.any(fell), "The rate never falls, although the loss has stopped falling.")
    yield equal("each rate over the one before", ratio, np.where(fell, 0.25, 1.0))


# ---- early_stopping


def stopping_claims(ask, name, losses, *args, asked=("stop_epoch", "best_epoch"), **options):
    """Both epochs are the reference's."""
    found = dict(zip(("stop_epoch", "best_epoch"), ask.at(name).early_stopping(losses, *args, **options), strict=True))
    for what in asked:
        yield same(f"{what} ({name})", found[what])


@suite.public(
    "early_stopping", "reference", "Training stops after `patience` epochs in a row without a new best loss", points=7
)
def stops_in_time(ask, draw):
    losses = [1.0, 0.75, 0.875, 0.5, 0.625, 0.5, 0.375, 0.5, 0.4375, 0.75, 0.25, 0.125]
    for patience in (1, 2, 3):
        yield from stopping_claims(ask, f"patience={patience}", losses, patience=patience)


@suite.hidden(
    "early_stopping", "reference", "Both epochs are right on many sequences, for every small patience", points=6
)
def many_sequences(ask, draw):
    for patience in (1, 2, 3, 4):
        for number in range(4):
            losses = sequence(draw, 16)
            losses = np.array(losses) if number == 3 else losses
            yield from stopping_claims(ask, f"patience={patience}, sequence {number + 1}", losses, patience)


@suite.hidden(
    "early_stopping",
    "reference",
    "An improvement is a loss that lies below the best one by more than min_delta",
    points=4,
)
def smallest_improvement(ask, draw):
    slowly = [1.0, 0.875, 0.75, 0.625, 0.5, 0.4375, 0.25, 0.1875, 0.125, 0.0]
    for name, losses in (
        ("slowly falling", slowly),
        ("drawn", sequence(draw, 14)),
        ("drawn again", sequence(draw, 14)),
    ):
        for patience in (1, 2, 3):
            what = f"{name}, patience={patience}"
            ask.at(what)
            stop, best = ask.early_stopping(val_losses=losses, patience=patience, min_delta=0.125)
            yield same(f"stop_epoch ({what})", stop)
            yield same(f"best_epoch ({what})", best)


@suite.hidden(
    "early_stopping",
    "reference",
    "It runs to the last epoch where nothing stops it; patience is 5 without being told",
    points=3,
)
def runs_to_the_end(ask, draw):
    yield from stopping_claims(ask, "one epoch", [0.5])
    yield from stopping_claims(ask, "always better", [2.0, 1.5, 1.0, 0.75, 0.5, 0.25, 0.125])
    yield from stopping_claims(ask, "never better", [0.5, 0.75, 0.5, 1.0, 0.625, 0.5, 0.75, 0.5, 0.25])
    yield from stopping_claims(ask, "too short to stop", [1.0, 0.5, 0.75, 0.75, 0.75, 0.75])


@suite.hidden("early_stopping", "property", "What comes after the stop is never looked at", points=2)
def ignores_the_future(ask, draw):
    yield from stopping_claims(
        ask, "another sequence", [2.0, 1.5, 1.75, 1.25, 1.0, 1.5, 1.125, 1.0625, 0.5], patience=3
    )
    start = [1.0, 0.5, 0.25, 0.5, 0.375, 0.75]
    for name, rest in (
        ("better later", [0.125, 0.0625]),
        ("worse later", [1.0, 2.0]),
        ("negative later", [-3.0, -4.0]),
    ):
        stop, best = ask.at(name).early_stopping(start + rest, patience=3)
        yield equal(f"stop_epoch ({name})", stop, 5.0)
        yield equal(f"best_epoch ({name})", best, 2.0)
