"""The distributions of random functions: wrong samples are refused, right ones never are."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.authoring import Bernoulli, Choice, Normal, Permutation, Uniform
from autograder.distribution import scores, statistic_outside

pytestmark = pytest.mark.unit

SHAPE = (120, 75)
STD, BOUND, P, N = 0.3, 0.5, 0.35, 400


def rng(seed: int = 0) -> np.random.Generator:
    """Return a generator."""
    return np.random.default_rng(seed)


def correlated(seed: int) -> np.ndarray:
    """Return normal draws, each of which depends a little on its neighbor."""
    draws = rng(seed).normal(size=(SHAPE[0], SHAPE[1] + 1))
    return (0.9 * draws[:, 1:] + np.sqrt(1 - 0.81) * draws[:, :-1]) * STD


def whitened(seed: int) -> np.ndarray:
    """Return normal draws whose mean and spread were made exact."""
    draws = rng(seed).normal(size=SHAPE)
    return (draws - draws.mean()) / draws.std() * STD


def mirrored(seed: int) -> np.ndarray:
    """Return normal draws whose second half repeats the first with the other sign."""
    half = rng(seed).normal(0, STD, (SHAPE[0] // 2, SHAPE[1]))
    return np.concatenate([half, -half])


def truncated(seed: int) -> np.ndarray:
    """Return normal draws without those beyond two deviations, scaled back to the right spread."""
    draws = rng(seed).normal(size=40 * SHAPE[0] * SHAPE[1])
    kept = draws[np.abs(draws) < 2][: SHAPE[0] * SHAPE[1]].reshape(SHAPE)
    return kept / kept.std() * STD * 1.001


def orthogonal(seed: int) -> np.ndarray:
    """Return a matrix with orthogonal columns, scaled to the right spread."""
    return np.linalg.qr(rng(seed).normal(size=SHAPE))[0] * np.sqrt(SHAPE[0]) * STD


def box_muller(seed: int) -> np.ndarray:
    """Return normal draws, each made of two uniform ones."""
    first, second = rng(seed).random((2, *SHAPE))
    return STD * np.sqrt(-2 * np.log(1 - first)) * np.cos(2 * np.pi * second)


WRONG_NORMAL = {
    "other_spread": lambda s: rng(s).normal(0, 1.1 * STD, SHAPE),
    "other_mean": lambda s: rng(s).normal(0.1 * STD, STD, SHAPE),
    "uniform": lambda s: rng(s).uniform(-np.sqrt(3) * STD, np.sqrt(3) * STD, SHAPE),
    "two_points": lambda s: rng(s).choice([-STD, STD], SHAPE),
    "laplace": lambda s: rng(s).laplace(0, STD / np.sqrt(2), SHAPE),
    "folded": lambda s: np.abs(rng(s).normal(0, STD, SHAPE)),
    "truncated": truncated,
    "one_row_repeated": lambda s: np.tile(rng(s).normal(0, STD, (1, SHAPE[1])), (SHAPE[0], 1)),
    "one_column_repeated": lambda s: np.tile(rng(s).normal(0, STD, (SHAPE[0], 1)), (1, SHAPE[1])),
    "constant": lambda _: np.full(SHAPE, STD),
    "zeros": lambda _: np.zeros(SHAPE),
    "correlated": correlated,
    "whitened": whitened,
    "mirrored": mirrored,
    "orthogonal": orthogonal,
    "rows_of_one_length": lambda s: (d := rng(s).normal(0, STD, SHAPE)) * STD / d.std(axis=1, keepdims=True),
    "triangular": lambda s: rng(s).triangular(-np.sqrt(6) * STD, 0, np.sqrt(6) * STD, SHAPE),
    "two_bells": lambda s: (rng(s).choice([-0.9, 0.9], SHAPE) + np.sqrt(0.19) * rng(s + 99).normal(size=SHAPE)) * STD,
}
RIGHT_NORMAL = {
    "generator": lambda s: rng(s).normal(0, STD, SHAPE),
    "legacy": lambda s: np.random.RandomState(s).randn(*SHAPE) * STD,  # a method a student may use
    "single_precision": lambda s: (rng(s).standard_normal(SHAPE, np.float32) * np.float32(STD)).astype(float),
    "transposed": lambda s: rng(s).normal(0, STD, SHAPE[::-1]).T,
    "box_muller": box_muller,
}


@pytest.mark.parametrize("name", WRONG_NORMAL)
def test_wrong_normal_sample_is_refused(name):
    """Another spread, mean or shape, or a dependence, is noticed with every one of 20 seeds."""
    assert all(statistic_outside(WRONG_NORMAL[name](seed), Normal(0.0, STD)) for seed in range(20))


@pytest.mark.parametrize("name", RIGHT_NORMAL)
def test_right_normal_sample_passes_whatever_the_method(name):
    """300 samples of each right method pass."""
    assert not [seed for seed in range(300) if statistic_outside(RIGHT_NORMAL[name](seed), Normal(0.0, STD))]


@pytest.mark.parametrize(
    "sample",
    [
        lambda s: rng(s).uniform(-BOUND / 3**0.5, BOUND / 3**0.5, SHAPE),
        lambda s: rng(s).uniform(0, BOUND, SHAPE),
        lambda s: rng(s).uniform(-1.02 * BOUND, 1.02 * BOUND, SHAPE),
        lambda s: rng(s).normal(0, BOUND / 3**0.5, SHAPE),
        lambda s: np.clip(rng(s).normal(0, BOUND, SHAPE), -BOUND, BOUND),
        lambda s: BOUND * np.sqrt(2 / 3) * np.sin(rng(s).uniform(0, 2 * np.pi, SHAPE)),
        lambda s: rng(s).choice([-1, 1], SHAPE) * rng(s + 99).uniform(0.8, 1.2, SHAPE) * BOUND / 3**0.5,
        lambda s: np.clip(rng(s).uniform(-BOUND, BOUND, SHAPE), -0.98 * BOUND, 0.98 * BOUND),
        lambda s: (np.argsort(rng(s).random(SHAPE)) + rng(s + 99).random(SHAPE)) / SHAPE[1] * 2 * BOUND - BOUND,
    ],
)
def test_wrong_uniform_sample_is_refused(sample):
    """Another bound, side or shape is noticed with every one of 20 seeds."""
    assert all(statistic_outside(sample(seed), Uniform(-BOUND, BOUND)) for seed in range(20))


def test_right_uniform_sample_passes():
    """300 uniform samples pass, in double and in single precision."""
    for seed in range(300):
        single = (rng(seed).random(SHAPE, np.float32) * np.float32(2 * BOUND) - np.float32(BOUND)).astype(float)
        for sample in (rng(seed).uniform(-BOUND, BOUND, SHAPE), single):
            assert statistic_outside(sample, Uniform(-BOUND, BOUND)) is None


def fixed_count(seed: int) -> np.ndarray:
    """Return masks that have the same number of ones in every row."""
    row = np.arange(SHAPE[1]) < P * SHAPE[1]
    return np.array([rng(seed + 1000 * number).permutation(row) for number in range(SHAPE[0])], float)


@pytest.mark.parametrize(
    "sample",
    [
        lambda s: rng(s).random(SHAPE) < 1 - P,
        lambda s: rng(s).random(SHAPE) < P + 0.05,
        lambda s: rng(s).normal(size=SHAPE) < P,
        lambda s: np.tile(rng(s).random((SHAPE[0], 1)) < P, (1, SHAPE[1])),
        lambda s: np.tile(rng(s).random((1, SHAPE[1])) < P, (SHAPE[0], 1)),
        fixed_count,
    ],
)
def test_wrong_mask_is_refused(sample):
    """Another share, and rows or columns that depend on one another, are noticed with every one of 20 seeds."""
    assert all(statistic_outside(np.asarray(sample(seed), float), Bernoulli(P)) for seed in range(20))


def test_right_mask_passes():
    """300 independent masks pass."""
    masks = ((rng(seed).random(SHAPE) < P).astype(float) for seed in range(300))
    assert not [mask for mask in masks if statistic_outside(mask, Bernoulli(P))]


@pytest.mark.parametrize(
    "order",
    [
        lambda _: np.arange(N),
        lambda _: np.arange(N)[::-1],
        lambda s: np.roll(np.arange(N), rng(s).integers(N)),
        lambda s: np.concatenate([rng(s + k).permutation(10) + 10 * k for k in range(N // 10)]),
        lambda s: np.concatenate([np.arange(8) + 8 * k for k in rng(s).permutation(N // 8)]),
        lambda _: np.arange(N).reshape(20, -1).T.ravel(),
        lambda s: np.argsort(np.arange(N) + rng(s).normal(0, 40, N)),
    ],
)
def test_order_that_is_no_shuffle_is_refused(order):
    """Orders that are sorted, reversed, rotated, block-wise shuffled or nearly sorted are noticed with all 20 seeds."""
    assert all(statistic_outside(np.asarray(order(seed), float), Permutation(8)) for seed in range(20))


def swapped(seed: int, partner) -> np.ndarray:
    """Return twelve orders of 900, each made by one exchange for each place, with `partner(place, generator)`."""
    generator, orders = rng(seed), np.tile(np.arange(900), (12, 1))
    for order in orders:
        for place in range(900):
            other = partner(place, generator)
            order[place], order[other] = order[other], order[place]
    return orders


@pytest.mark.parametrize(
    "orders",
    [
        lambda s: swapped(s, lambda _, generator: generator.integers(900)),
        lambda s: swapped(s, lambda place, generator: generator.integers(max(0, place - 60), place + 1)),
        lambda s: np.array([np.argsort(rng(s + k).integers(256, size=900), kind="stable") for k in range(12)]),
        lambda s: np.array([np.concatenate([k := rng(s + i).permutation(450), k + 450]) for i in range(12)]),
        lambda s: np.full((12, 900), 1e300 * s),
        lambda s: np.full((12, 900), -1e300 * (s - 1) * np.inf),
    ],
)
def test_orders_that_are_nearly_uniform_are_refused(orders):
    """Wrong exchanges, keys of eight bits, pairs, and numbers that are not indices are noticed with every seed."""
    with np.errstate(all="ignore"):
        assert all(statistic_outside(np.asarray(orders(seed), float), Permutation(7)) for seed in range(1, 4))


def test_right_orders_pass():
    """200 times twelve orders pass, by whatever method."""
    for seed in range(200):
        generator = rng(seed)
        for orders in (generator.permuted(np.tile(np.arange(900), (12, 1)), axis=1), generator.random((12, 900))):
            assert statistic_outside(np.argsort(orders, axis=1).astype(float), Permutation(7)) is None


def test_right_order_passes():
    """500 random permutations pass, by whatever method."""
    for seed in range(500):
        for order in (rng(seed).permutation(N), np.argsort(rng(seed).random(N))):
            assert statistic_outside(order.astype(float), Permutation(7)) is None


@pytest.mark.parametrize(
    "sample",
    [
        lambda s: rng(s).integers(0, 8, 3000),
        lambda s: rng(s).integers(1, 9, 3000),
        lambda s: np.rint(rng(s).uniform(0, 8, 3000)),
        lambda s: np.minimum(rng(s).integers(0, 10, 3000), 8),
        lambda s: np.repeat(rng(s).integers(0, 9, 1500), 2),
        lambda s: (np.arange(3000) + rng(s).integers(9)) % 9,
        lambda s: np.sort(rng(s).integers(0, 9, 3000)),
        lambda s: np.full(3000, rng(s).integers(9)),
        lambda s: rng(s).permutation(np.arange(2700) % 9),
        lambda s: rng(s).uniform(0, 8, 3000),
    ],
)
def test_wrong_choice_is_refused(sample):
    """Missing or rare numbers, pairs, turns, blocks, constants, fractions are noticed with each of 20 seeds."""
    assert all(statistic_outside(np.asarray(sample(seed), float), Choice(9)) for seed in range(20))


@pytest.mark.parametrize(("count", "size"), [(2, 500), (4, 200), (9, 2600), (25, 3600), (8, 2600)])
def test_right_choice_passes(count, size):
    """500 samples of independent, equally likely numbers pass."""
    samples = (rng(seed).integers(0, count, size).astype(float) for seed in range(500))
    assert not [sample for sample in samples if statistic_outside(sample, Choice(count))]


def test_statistic_that_is_outside_is_told_with_its_range():
    """What is refused is named by the first statistic outside its range, with the value and both ends."""
    found = statistic_outside(WRONG_NORMAL["other_mean"](0), Normal(0.0, STD))
    assert found.name == "mean"
    assert found.low < 0 < found.high < found.value


def test_scores_tell_how_far_out_a_sample_is():
    """Right samples score near zero, whatever is drawn; a wrong one scores far from zero in what is wrong with it."""
    for seed in range(20):
        location, spread, *_ = scores(RIGHT_NORMAL["generator"](seed), Normal(0.0, STD))
        assert abs(location) < 1 > abs(spread)
        location, spread, *_ = scores(WRONG_NORMAL["other_spread"](seed), Normal(0.0, STD))
        assert abs(location) < 1 < spread
        location, spread, *_ = scores(WRONG_NORMAL["other_mean"](seed), Normal(0.0, STD))
        assert abs(spread) < 1 < location


@pytest.mark.parametrize("values", [np.nan, np.inf, 1e300, 0.0])
def test_numbers_that_nobody_draws_are_refused_without_an_error(values):
    """NaN, infinity, endless numbers and constants are outside every distribution of independent draws."""
    sample = np.full(SHAPE, values)
    with np.errstate(all="ignore"):
        for distribution in (Normal(0.0, 1.0), Uniform(-1.0, 1.0), Bernoulli(0.5)):
            assert statistic_outside(sample, distribution) is not None
        assert statistic_outside(sample.ravel(), Choice(9)) is not None
